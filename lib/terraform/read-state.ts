import { oldState } from "./errors.js";
import { IAM_TYPES, type IamFile, type IamResource } from "./iam-file.js";
import { type JsonObject, objectIn, objectsIn, property, textIn } from "./json-value.js";
import { lookedUpPolicies, type ModuleResource, moduleResources } from "./module-resources.js";
import { partitionOf } from "./partition.js";

/** The format that Terraform has written since 0.12. */
const RAW_STATE_VERSION = 4;

/** IAM in a state as `terraform show -json` prints it. */
export function readState(state: JsonObject): IamFile {
  return iamFile(stateResources(state));
}

/**
 * IAM in a `terraform.tfstate`.
 *
 * @throws {UnreadableFile} when its format is another
 */
export function readRawState(state: JsonObject): IamFile {
  return iamFile(rawStateResources(state));
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
  const resources = all
    .filter(
      ({ resource }) =>
        textIn(resource, "mode") === "managed" && IAM_TYPES.has(textIn(resource, "type") ?? ""),
    )
    .map(
      ({ module, resource }): IamResource => ({
        address: textIn(resource, "address") ?? "",
        module,
        type: textIn(resource, "type") ?? "",
        argument: (name) => property(resource["values"], name) ?? undefined,
        origins: () => [],
      }),
    );
  return {
    resources,
    lookedUp: lookedUpPolicies(all),
    partition: partitionOf(resources, undefined),
  };
}
