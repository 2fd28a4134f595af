import { brokenPlan } from "./errors.js";
import { IAM_TYPES, type IamFile, type IamResource } from "./iam-file.js";
import { type JsonObject, objectIn, property, textIn } from "./json-value.js";
import { lastStep } from "./module-path.js";
import { lookedUpPolicies, type ModuleResource, moduleResources } from "./module-resources.js";
import { partitionOf } from "./partition.js";
import { PlanConfiguration } from "./plan-configuration.js";
import { type Place, PlanReferences } from "./plan-references.js";
import { type Detached, detachedBy } from "./plan-removals.js";
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
  const removals = detachedBy(plan);
  const resources = all
    .filter(
      ({ resource }) =>
        textIn(resource, "mode") === "managed" && IAM_TYPES.has(textIn(resource, "type") ?? ""),
    )
    .map((found) => plannedResource(found, configuration, references, removals));
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
  removals: Detached,
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
  const values = objectIn(resource, "values");
  const origins = (name: string) => references.origins(property(expressions, name), place);
  return {
    address: textIn(resource, "address") ?? "",
    module,
    type,
    origins,
    argument: (name) => {
      const isConfigured = Object.hasOwn(expressions, name);
      if (Object.hasOwn(values, name)) {
        const value = values[name] ?? undefined;
        if (FILLED_IN.has(name) && !isConfigured) {
          return removals.without(textIn(values, "name") ?? "", value);
        }
        return name === "inline_policy" ? withUnknownTexts(value) : value;
      }
      // A plan leaves out what it does not know.
      return isConfigured ? new Unknown(AFTER_APPLY, origins(name)) : undefined;
    },
  };
}

/** Blocks without a text: a plan leaves it out of them, too. */
function withUnknownTexts(blocks: unknown): unknown {
  return Array.isArray(blocks)
    ? blocks.map((block) => ({ policy: new Unknown(AFTER_APPLY), ...block }))
    : blocks;
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
