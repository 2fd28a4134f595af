import { brokenPlan } from "./errors.js";
import { IAM_TYPES, type IamFile, type IamResource } from "./iam-file.js";
import { isObject, type JsonObject, objectIn, property, textIn } from "./json-value.js";
import { lastStep } from "./module-path.js";
import { lookedUpPolicies, type ModuleResource, moduleResources } from "./module-resources.js";
import { partitionOf } from "./partition.js";
import { type PlanChanges, planChanges } from "./plan-changes.js";
import { PlanConfiguration } from "./plan-configuration.js";
import { type Place, PlanReferences } from "./plan-references.js";
import { Unknown } from "./unknown.js";

/** Why a plan does not tell a value. */
const AFTER_APPLY = "it is known only after the apply";

/** Arguments of a role that the provider fills with what the role has, whoever gave it. */
const FILLED_IN = new Set(["inline_policy", "managed_policy_arns"]);

/**
 * IAM as it will be after a plan is applied.
 *
 * @throws {UnreadableFile} when Terraform says that the plan broke off
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(plan: JsonObject): IamFile {
  if (plan["errored"] === true) {
    throw brokenPlan();
  }
  const all = moduleResources(objectIn(objectIn(plan, "planned_values"), "root_module"));
  const configuration = new PlanConfiguration(objectIn(plan, "configuration"));
  const references = new PlanReferences(configuration, instancesOf(all));
  const changes = planChanges(plan);
  const resources = all
    .filter(
      ({ resource }) =>
        textIn(resource, "mode") === "managed" && IAM_TYPES.has(textIn(resource, "type") ?? ""),
    )
    .map((found) => plannedResource(found, configuration, references, changes));
  const before = moduleResources(
    objectIn(objectIn(objectIn(plan, "prior_state"), "values"), "root_module"),
  );
  return {
    resources,
    lookedUp: lookedUpPolicies([...before, ...all]),
    partition: partitionOf(resources, regionIn(plan)),
  };
}

function plannedResource(
  { module, resource }: ModuleResource,
  configuration: PlanConfiguration,
  references: PlanReferences,
  changes: PlanChanges,
): IamResource {
  const type = textIn(resource, "type") ?? "";
  const index = property(resource, "index");
  const configured = configuration.resource(module, `${type}.${textIn(resource, "name") ?? ""}`);
  const expressions = objectIn(configured, "expressions");
  const place: Place = {
    module,
    key: index === undefined ? undefined : String(index),
    loop: property(configured, "for_each_expression"),
  };
  const address = textIn(resource, "address") ?? "";
  const values = changes.forgotten.get(address) ?? objectIn(resource, "values");
  const origins = (name: string) => references.origins(property(expressions, name), place);
  return {
    address,
    module,
    type,
    origins,
    argument: (name) => {
      const isConfigured = Object.hasOwn(expressions, name);
      if (Object.hasOwn(values, name)) {
        const value = values[name] ?? undefined;
        if (FILLED_IN.has(name) && !isConfigured) {
          return changes.without(textIn(values, "name") ?? "", value);
        }
        return Array.isArray(value) && isConfigured
          ? listWithUnknowns(value, origins(name))
          : value;
      }
      // A plan leaves out what it does not know.
      return isConfigured ? new Unknown(AFTER_APPLY, origins(name)) : undefined;
    },
  };
}

/**
 * A list that is known in part: a plan has null for an item that it does not know, and leaves an
 * argument of a block out. Each reference in the list is taken for one of its items.
 */
function listWithUnknowns(
  list: readonly unknown[],
  origins: readonly string[],
): readonly unknown[] {
  const known = list
    .filter((item) => item !== null)
    .map((item) => (isObject(item) ? { policy: new Unknown(AFTER_APPLY), ...item } : item));
  const count = list.length - known.length;
  const unknown = origins.map((origin) => new Unknown(AFTER_APPLY, [origin]));
  const rest = count > unknown.length ? [new Unknown(AFTER_APPLY)] : [];
  return count === 0 ? known : [...known, ...unknown, ...rest];
}

/** The instances of every resource and module, by their address without a key. */
function instancesOf(all: readonly ModuleResource[]): Map<string, Map<string, string>> {
  const instances = new Map<string, Map<string, string>>();
  const add = (module: string, name: string, key: string, address: string) => {
    const path = module === "" ? name : `${module}.${name}`;
    const others = instances.get(path) ?? new Map<string, string>();
    instances.set(path, others.set(key, address));
  };
  const modules = new Set<string>();
  for (const { module, resource } of all) {
    modules.add(module);
    const name = `${textIn(resource, "type") ?? ""}.${textIn(resource, "name") ?? ""}`;
    if (textIn(resource, "mode") === "managed") {
      const key = String(property(resource, "index") ?? "");
      add(module, name, key, textIn(resource, "address") ?? "");
    }
  }
  // Grows as it goes: a module without resources can call one with some.
  for (const module of modules) {
    const step = lastStep(module);
    if (step !== undefined) {
      modules.add(step.parent);
      add(step.parent, `module.${step.name}`, step.key ?? "", module);
    }
  }
  return instances;
}

/** The region of the AWS provider, where it is written out. */
function regionIn(plan: JsonObject): unknown {
  const providers = objectIn(objectIn(plan, "configuration"), "provider_config");
  const provider = Object.values(providers).find((one) => textIn(one, "name") === "aws");
  return property(objectIn(objectIn(provider, "expressions"), "region"), "constant_value");
}
