import { type JsonObject, objectIn, objectsIn, property, textIn } from "../json/json-value.js";
import { COMPUTE_TYPES } from "./compute.js";
import { emptyState, oldState } from "./errors.js";
import { IAM_TYPES, type IamFile, type IamResource } from "./iam-file.js";
import { lookedUpPolicies, type ModuleResource, moduleResources } from "./module-resources.js";
import { partitionOf } from "./partition.js";

/** The format that Terraform has written since 0.12. */
const RAW_STATE_VERSION = 4;

/**
 * IAM in a state as `terraform show -json` prints it.
 *
 * @throws {UnreadableFile} when the state is empty
 */
export function readState(state: JsonObject): IamFile {
  return iamFile(filled(stateResources(state)));
}

/**
 * IAM in a `terraform.tfstate`.
 *
 * @throws {UnreadableFile} when its format is another, or it is empty
 */
export function readRawState(state: JsonObject): IamFile {
  return iamFile(filled(rawStateResources(state)));
}

/** @throws {UnreadableFile} when nothing is in the state */
function filled(all: readonly ModuleResource[]): readonly ModuleResource[] {
  if (all.length === 0) {
    throw emptyState();
  }
  return all;
}

/** The resource instances of a state as `terraform show -json` prints it. */
export function stateResources(state: JsonObject): readonly ModuleResource[] {
  return moduleResources(objectIn(objectIn(state, "values"), "root_module"));
}

/**
 * The resource instances of a `terraform.tfstate`.
 *
 * @throws {UnreadableFile} when its format is another
 */
export function rawStateResources(state: JsonObject): readonly ModuleResource[] {
  const version = Number(state["version"]);
  if (version !== RAW_STATE_VERSION) {
    throw oldState(version);
  }
  return objectsIn(state, "resources").flatMap(rawInstances);
}

/** The instances of a resource of a raw state, in the form of `terraform show -json`. */
function rawInstances(resource: JsonObject): readonly ModuleResource[] {
  const module = textIn(resource, "module") ?? "";
  const [mode = "", type = "", name = ""] = ["mode", "type", "name"].map((key) =>
    textIn(resource, key),
  );
  const within = [...(module === "" ? [] : [module]), ...(mode === "data" ? ["data"] : [])];
  return (
    objectsIn(resource, "instances")
      // The remains of a replacement that broke off: the next apply deletes them.
      .filter((instance) => property(instance, "deposed") === undefined)
      .map((instance) => {
        const key = property(instance, "index_key");
        const index = key === undefined || key === null ? "" : `[${JSON.stringify(key)}]`;
        const address = `${[...within, type, name].join(".")}${index}`;
        return { module, resource: { address, mode, type, values: instance["attributes"] } };
      })
  );
}

function iamFile(all: readonly ModuleResource[]): IamFile {
  const resources = resourcesOf(all, IAM_TYPES);
  return {
    resources,
    compute: resourcesOf(all, COMPUTE_TYPES),
    lookedUp: lookedUpPolicies(all),
    partition: partitionOf(resources, undefined),
    give: "a plan",
    moduleSources: () => [],
  };
}

function resourcesOf(
  all: readonly ModuleResource[],
  types: ReadonlySet<string>,
): readonly IamResource[] {
  return all
    .filter(
      ({ resource }) =>
        textIn(resource, "mode") === "managed" && types.has(textIn(resource, "type") ?? ""),
    )
    .map(({ module, resource }) => ({
      address: textIn(resource, "address") ?? "",
      module,
      type: textIn(resource, "type") ?? "",
      argument: (name) => property(resource["values"], name) ?? undefined,
      origins: () => [],
      fate: "kept",
    }));
}
