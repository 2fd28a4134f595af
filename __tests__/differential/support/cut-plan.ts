/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>;

/** A plan as `terraform show -json` has it, as far as it is cut. */
interface WholePlan extends Json {
  readonly planned_values: { readonly root_module?: Json };
  readonly prior_state?: { readonly values?: { readonly root_module?: Json } };
  readonly resource_changes?: readonly Json[];
  readonly configuration: { readonly root_module: Json };
}

/** Keys whose value is an address, or a part of one. */
const ADDRESSES = new Set(["address", "module_address", "previous_address"]);

/**
 * The plan of one module call, as if the module were planned alone: what is in its folder is the same in both.
 *
 * @param name of the call, in the root of the plan
 */
export function cutPlan(plan: unknown, name: string): Json {
  const whole = plan as WholePlan;
  const { planned_values, prior_state, resource_changes = [], configuration, ...rest } = whole;
  const calls = configuration.root_module["module_calls"] as Readonly<Record<string, Json>>;
  return {
    ...rest,
    planned_values: { root_module: valuesOf(planned_values.root_module, name) },
    ...(prior_state === undefined
      ? {}
      : {
          prior_state: {
            ...prior_state,
            values: { root_module: valuesOf(prior_state.values?.root_module, name) },
          },
        }),
    resource_changes: resource_changes
      .filter(({ module_address }) => isIn(module_address, name))
      .map((change) => withoutPrefix(change, name)),
    resource_drift: [],
    relevant_attributes: [],
    checks: [],
    configuration: { ...configuration, root_module: calls[name]?.["module"] ?? {} },
  };
}

/** The state of one module call, likewise. */
export function cutState(state: unknown, name: string): Json {
  const { values, ...rest } = state as Json & { readonly values?: { readonly root_module?: Json } };
  return { ...rest, values: { root_module: valuesOf(values?.root_module, name) } };
}

function isIn(address: unknown, name: string): boolean {
  return typeof address === "string" && `${address}.`.startsWith(`module.${name}.`);
}

function valuesOf(root: Json | undefined, name: string): unknown {
  const children = (root?.["child_modules"] ?? []) as readonly Json[];
  const child = children.find(({ address }) => address === `module.${name}`);
  const { address: _own, ...module } = child ?? {};
  return withoutPrefix(module, name);
}

/** The same with addresses as they are where the module is the root. */
function withoutPrefix(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withoutPrefix(item, name));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const prefix = `module.${name}`;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === "module_address" && inner === prefix))
      .map(([key, inner]) => [
        key,
        ADDRESSES.has(key) && typeof inner === "string" && inner.startsWith(`${prefix}.`)
          ? inner.slice(prefix.length + 1)
          : key === "depends_on" && Array.isArray(inner)
            ? inner.map((one) => String(one).replace(`${prefix}.`, ""))
            : withoutPrefix(inner, name),
      ]),
  );
}
