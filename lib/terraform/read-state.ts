import { type JsonObject, objectIn, objectsIn, property, textIn } from "../json/json-value.js";
import { COMPUTE_TYPES } from "./compute.js";
import { emptyState, oldState } from "./errors.js";
import { givenPairs, pairKey } from "./given-pairs.js";
import { ATTACHMENTS, EXCLUSIVE_NAMES, HOLDERS } from "./grants.js";
import { IAM_TYPES, type IamFile, type IamResource, OUTSIDE_TYPES } from "./iam-file.js";
import { lookedUpPolicies, type ModuleResource, moduleResources } from "./module-resources.js";
import { deposedIsLeft } from "./notes.js";
import { partitionOf } from "./partition.js";

/** The format that Terraform has written since 0.12. */
const RAW_STATE_VERSION = 4;

/**
 * IAM in a state as `terraform show -json` prints it.
 *
 * @throws {UnreadableFile} when the state is empty
 */
export function readState(state: JsonObject): IamFile {
  return iamFile(filled(instancesOfState(state)));
}

/**
 * IAM in a `terraform.tfstate`.
 *
 * @throws {UnreadableFile} when its format is another, or it is empty
 */
export function readRawState(state: JsonObject): IamFile {
  return iamFile(filled(instancesOfRawState(state)));
}

/** @throws {UnreadableFile} when nothing is in the state */
function filled(all: readonly ModuleResource[]): readonly ModuleResource[] {
  if (all.length === 0) {
    throw emptyState();
  }
  return all;
}

/** The resource instances of a state as `terraform show -json` prints it, without deposed ones. */
export function stateResources(state: JsonObject): readonly ModuleResource[] {
  return instancesOfState(state).filter(isCurrent);
}

/**
 * The resource instances of a `terraform.tfstate`, without deposed ones.
 *
 * @throws {UnreadableFile} when its format is another
 */
export function rawStateResources(state: JsonObject): readonly ModuleResource[] {
  return instancesOfRawState(state).filter(isCurrent);
}

/** Whether an instance is no remains of a replacement that broke off, which the next apply deletes. */
function isCurrent({ resource }: ModuleResource): boolean {
  return (property(resource, "deposed_key") ?? undefined) === undefined;
}

function instancesOfState(state: JsonObject): readonly ModuleResource[] {
  return moduleResources(objectIn(objectIn(state, "values"), "root_module"));
}

function instancesOfRawState(state: JsonObject): readonly ModuleResource[] {
  const version = Number(state["version"]);
  if (version !== RAW_STATE_VERSION) {
    throw oldState(version);
  }
  return objectsIn(state, "resources").flatMap(rawInstances);
}

/** The instances of a resource of a raw state, in the form of `terraform show -json`. */
function rawInstances(resource: JsonObject): readonly ModuleResource[] {
  return objectsIn(resource, "instances").map((instance) => rawInstance(resource, instance));
}

/** An instance of a resource of a raw state, likewise. */
export function rawInstance(resource: JsonObject, instance: unknown): ModuleResource {
  const module = textIn(resource, "module") ?? "";
  const [mode = "", type = "", name = ""] = ["mode", "type", "name"].map((key) =>
    textIn(resource, key),
  );
  const within = [...(module === "" ? [] : [module]), ...(mode === "data" ? ["data"] : [])];
  const key = property(instance, "index_key");
  const index = key === undefined || key === null ? "" : `[${JSON.stringify(key)}]`;
  const address = `${[...within, type, name].join(".")}${index}`;
  const values = property(instance, "attributes");
  return {
    module,
    resource: { address, mode, type, values, deposed_key: property(instance, "deposed") },
  };
}

function iamFile(all: readonly ModuleResource[]): IamFile {
  const current = all.filter(isCurrent);
  const deposed = all.filter((found) => !isCurrent(found) && givesSomething(found));
  const resources = resourcesOf([...current, ...deposed], IAM_TYPES);
  return {
    resources,
    compute: resourcesOf(current, COMPUTE_TYPES),
    outside: resourcesOf(current, OUTSIDE_TYPES),
    lookedUp: lookedUpPolicies(current),
    partition: partitionOf(resources, undefined),
    give: "a plan",
    moduleSources: () => [],
    takingOf: takenWith(deposed),
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
    .map((found) => new StateResource(found));
}

const NO_ORIGINS: readonly string[] = [];

/** A resource instance as it is in the state: there may be hundreds of thousands. */
class StateResource implements IamResource {
  readonly address: string;
  readonly module: string;
  readonly type: string;
  readonly caveat?: string;
  readonly #values: unknown;

  constructor(found: ModuleResource) {
    const { module, resource } = found;
    this.address = textIn(resource, "address") ?? "";
    this.module = module;
    this.type = textIn(resource, "type") ?? "";
    if (!isCurrent(found)) {
      this.caveat = deposedIsLeft(this.address);
    }
    this.#values = resource["values"];
  }

  get fate(): "kept" {
    return "kept";
  }

  argument(name: string): unknown {
    return property(this.#values, name) ?? undefined;
  }

  origins(): readonly string[] {
    return NO_ORIGINS;
  }
}

/** Whether a deposed instance may still count: of holders and policies there are others, and lists do nothing. */
function givesSomething({ resource }: ModuleResource): boolean {
  const type = textIn(resource, "type") ?? "";
  const isList = type in EXCLUSIVE_NAMES || ATTACHMENTS[type]?.isExclusive === true;
  return !isList && !(type in HOLDERS) && type !== "aws_iam_policy";
}

/** The next apply deletes what is deposed, and with it the same of an instance that stays. */
function takenWith(deposed: readonly ModuleResource[]): NonNullable<IamFile["takingOf"]> {
  const takers = new Map<string, string>();
  for (const { resource } of deposed) {
    const address = textIn(resource, "address") ?? "";
    const type = textIn(resource, "type") ?? "";
    for (const pair of givenPairs(type, objectIn(resource, "values"))) {
      takers.set(pairKey(pair), address);
    }
  }
  return (_resource, _holder, key) => {
    const address = takers.get(key);
    return address === undefined
      ? undefined
      : { address, isDeleted: true, isDeposed: true, isSure: false };
  };
}
