/** A resource of a plan, as `terraform show -json` has it, in short. */
export interface PlannedResource {
  readonly address: string;
  readonly values?: object;
  /** Arguments that are made from something else: argument → references. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
}

/** A plan's text: resources of the root module, what is known and what is referred to. */
export function planOf(resources: readonly PlannedResource[], more: object = {}): string {
  return JSON.stringify({
    format_version: "1.2",
    planned_values: { root_module: { resources: resources.map(planned) } },
    resource_changes: [],
    configuration: { root_module: { resources: resources.map(configured) } },
    ...more,
  });
}

/** A policy document with one statement of this Sid. */
export function policyText(sid: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: sid, Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
  });
}

function planned({ address, values }: PlannedResource): object {
  const [, type, name, index] = /^(\w+)\.(\w+)(?:\[(.*)\])?$/.exec(address) ?? [];
  return {
    address,
    mode: "managed",
    type,
    name,
    ...(index === undefined ? {} : { index: JSON.parse(index) }),
    values,
  };
}

function configured({ address, values = {}, from = {} }: PlannedResource): object {
  const [type, name] = address.replace(/\[.*/, "").split(".");
  const expressions = {
    ...Object.fromEntries(Object.keys(values).map((argument) => [argument, {}])),
    ...Object.fromEntries(
      Object.entries(from).map(([argument, references]) => [argument, { references }]),
    ),
  };
  return { address: `${type}.${name}`, mode: "managed", type, name, expressions };
}
