import {
  isObject,
  type JsonObject,
  objectIn,
  objectsIn,
  plainText,
  property,
  textIn,
} from "../json/json-value.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { COMPUTE_TYPES } from "./compute.js";
import { brokenPlan } from "./errors.js";
import { HOLDERS } from "./grants.js";
import { IAM_TYPES, type IamFile, type IamResource, OUTSIDE_TYPES } from "./iam-file.js";
import {
  eachModuleResource,
  lookedUpPolicies,
  type ModuleResource,
  moduleResources,
  nameInModule,
} from "./module-resources.js";
import { mayNotBeMade } from "./notes.js";
import { partitionOf } from "./partition.js";
import { type PlanChanges, planChanges } from "./plan-changes.js";
import { PlanConfiguration } from "./plan-configuration.js";
import { type DeferredData, PlanDocuments } from "./plan-documents.js";
import { type Place, PlanReferences, type Trace } from "./plan-references.js";
import { ResourceInstances } from "./resource-instances.js";
import { putOff } from "./unread.js";
import { UnreadInstances } from "./unread-instances.js";

/** Why a plan does not tell a value, and what to give for it. */
const AFTER_APPLY = "it is known only after the apply";
const GIVE = "the plan after the apply";

/** Why it is not told whether something is made. */
const PUT_OFF = "it is put off to a later apply";

/** The data source that policy documents are written with. */
const DOCUMENT = "aws_iam_policy_document";

/** The types of the resources and data sources that are read. */
const READ_TYPES = [IAM_TYPES, COMPUTE_TYPES, OUTSIDE_TYPES, new Set([DOCUMENT])];

/** Arguments of a role that the provider fills with what the role has, whoever gave it. */
const FILLED_IN = new Set(["inline_policy", "managed_policy_arns"]);

/** Arguments of a bucket that the provider fills with what other resources say of it. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  policy: "aws_s3_bucket_policy",
  server_side_encryption_configuration: "aws_s3_bucket_server_side_encryption_configuration",
};

/**
 * IAM as it will be after a plan is applied.
 *
 * @param unread instances of resources that are not read, and that the plan is without. @default none
 * @throws {UnreadableFile} when Terraform says that the plan broke off
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(plan: JsonObject, unread = new UnreadInstances()): IamFile {
  if (plan["errored"] === true) {
    throw brokenPlan();
  }
  const planned = new PlannedResources(plan, unread);
  const before = moduleResources(
    objectIn(objectIn(objectIn(plan, "prior_state"), "values"), "root_module"),
  );
  const resources = planned.ofTypes(IAM_TYPES);
  const { deferred } = planned;
  return {
    resources,
    compute: planned.ofTypes(COMPUTE_TYPES),
    outside: planned.ofTypes(OUTSIDE_TYPES),
    lookedUp: lookedUpPolicies([...before, ...planned.data]),
    partition: partitionOf(resources, regionIn(plan)),
    give: GIVE,
    moduleSources: (module) => planned.configuration.sources(module),
    untold: new Map(
      resources
        .filter(({ address, type }) => deferred.has(address) && type in HOLDERS)
        .map(({ address }) => [address, [putOff(address, GIVE)]]),
    ),
    takingOf: planned.changes.takingOf,
  };
}

/** What a plan says of its resources: their values, and what these are made from. */
class PlannedResources {
  readonly configuration: PlanConfiguration;
  readonly changes: PlanChanges;
  /** Addresses of what is put off to a later apply. */
  readonly deferred: ReadonlySet<string>;
  /** Data sources that are read, and known only in part. */
  readonly data: readonly ModuleResource[];
  /** The managed resources that tell who may do what, or what runs as whom. */
  readonly #managed: readonly ModuleResource[];
  readonly #references: PlanReferences;
  readonly #documents: PlanDocuments;

  constructor(plan: JsonObject, unread: UnreadInstances) {
    const later = deferredResources(plan);
    this.deferred = new Set(later.map(({ resource }) => textIn(resource, "address") ?? ""));
    const root = objectIn(objectIn(plan, "planned_values"), "root_module");
    const read = [...this.#all(root, later)].filter(isRead);
    this.#managed = read.filter(({ resource }) => isManaged(resource));
    this.data = read.filter(({ resource }) => !isManaged(resource));
    this.configuration = new PlanConfiguration(objectIn(plan, "configuration"));
    this.changes = planChanges(plan, this.#managed);
    this.#references = new PlanReferences(
      this.configuration,
      new ResourceInstances(this.#all(root, later), unread),
    );
    const documents = this.data.filter(({ resource }) => textIn(resource, "type") === DOCUMENT);
    this.#documents = new PlanDocuments(
      documents.map((found) => this.#deferred(found)),
      AFTER_APPLY,
    );
  }

  /** The resources and data sources as they are planned, and those that are put off. */
  *#all(root: JsonObject, later: readonly ModuleResource[]): Generator<ModuleResource> {
    for (const found of eachModuleResource(root)) {
      if (!this.deferred.has(textIn(found.resource, "address") ?? "")) {
        yield found;
      }
    }
    yield* later;
  }

  /** The managed resources of some types. */
  ofTypes(types: ReadonlySet<string>): readonly IamResource[] {
    return this.#managed
      .filter(({ resource }) => types.has(textIn(resource, "type") ?? ""))
      .map((found) => this.#resource(found));
  }

  #resource(found: ModuleResource): IamResource {
    const { module, resource } = found;
    const { expressions, place } = this.#configured(found);
    const address = textIn(resource, "address") ?? "";
    const values = this.changes.forgotten.get(address) ?? objectIn(resource, "values");
    const traces = new Map<string, Trace>();
    const trace = (name: string) => {
      const known = traces.get(name) ?? this.#references.trace(property(expressions, name), place);
      traces.set(name, known);
      return known;
    };
    return {
      address,
      module,
      type: textIn(resource, "type") ?? "",
      fate: this.changes.fateOf(address),
      ...(this.deferred.has(address) ? { caveat: mayNotBeMade(address, PUT_OFF) } : {}),
      origins: (name) => trace(name).origins,
      argument: (name) => {
        const expression = property(expressions, name);
        if (Object.hasOwn(values, name)) {
          const value = values[name] ?? undefined;
          if (expression === undefined && this.#isTaken(textIn(resource, "type") ?? "", name)) {
            return undefined;
          }
          const isFilledIn = FILLED_IN.has(name) && expression === undefined;
          return isFilledIn
            ? this.#found(textIn(values, "name") ?? "", value)
            : this.#withUnknowns(value, expression, place);
        }
        // A plan leaves out what it does not know.
        return expression === undefined || (FILLED_IN.has(name) && isNull(expression, trace(name)))
          ? undefined
          : this.#unknown(trace(name));
      },
    };
  }

  /** Whether what a bucket was found to have may be what the plan takes from it by another resource. */
  #isTaken(type: string, name: string): boolean {
    const by = type === "aws_s3_bucket" ? OF_OTHERS[name] : undefined;
    return by !== undefined && this.changes.deletedTypes.has(by);
  }

  /** A data source for which the plan knows some arguments. */
  #deferred(found: ModuleResource): DeferredData {
    const { expressions, place } = this.#configured(found);
    return {
      address: textIn(found.resource, "address") ?? "",
      values: objectIn(found.resource, "values"),
      expressions,
      origins: (expression) => {
        const { origins, isOpaque } = this.#references.trace(expression, place);
        return isOpaque ? [] : origins;
      },
    };
  }

  /** What the arguments of a resource are made from, and where they stand. */
  #configured({ module, resource }: ModuleResource): { expressions: JsonObject; place: Place } {
    const configured = this.configuration.resource(module, nameInModule(resource));
    const index = property(resource, "index");
    return {
      expressions: objectIn(configured, "expressions"),
      place: {
        module,
        key: index === undefined ? undefined : plainText(index),
        loop: property(configured, "for_each_expression"),
      },
    };
  }

  /** What a role was found to have, or what dynamic blocks give it: the configuration has no trace of these. */
  #found(role: string, value: unknown): unknown {
    const found = this.changes.without(role, value);
    return Array.isArray(found)
      ? found.map((item) => (isObject(item) ? { policy: new Unknown(AFTER_APPLY), ...item } : item))
      : found;
  }

  /** A value that is not known: where it is the text of a document that is deferred, that is known in part. */
  #unknown({ origins, isOpaque, isConditional }: Trace): Unknown {
    const [only] = origins;
    const json =
      only === undefined || isOpaque || origins.length > 1 ? undefined : this.#documents.json(only);
    return json ?? new Unknown(AFTER_APPLY, origins, isConditional ? { isConditional } : {});
  }

  /**
   * A list that is known in part: a plan has null for an item that it does not know, and leaves an
   * argument of a block out. Each reference in a list of values is taken for one of its items.
   */
  #withUnknowns(value: unknown, expression: unknown, place: Place): unknown {
    if (!Array.isArray(value) || expression === undefined) {
      return value;
    }
    if (value.some(isObject)) {
      const blocks = Array.isArray(expression) ? expression : [];
      const inOrder = blocks.length === value.length ? blocks : [];
      return value.map((item, index) => this.#block(item, inOrder[index], place));
    }
    const known = value.filter((item) => item !== null);
    const count = value.length - known.length;
    if (count === 0) {
      return known;
    }
    const unknown = this.#references
      .origins(expression, place)
      .map((origin) => new Unknown(AFTER_APPLY, [origin]));
    const rest = count > unknown.length ? [new Unknown(AFTER_APPLY)] : [];
    return [...known, ...unknown, ...rest];
  }

  /** @param expressions undefined where it is not told which block of the configuration it is */
  #block(block: unknown, expressions: unknown, place: Place): unknown {
    if (!isObject(block)) {
      return new Unknown(AFTER_APPLY);
    }
    const unknown: [string, Unknown][] = [];
    const known = Object.entries(block).map(([name, value]): [string, unknown] => [
      name,
      this.#withUnknowns(value, property(expressions, name), place),
    ]);
    for (const [name, expression] of Object.entries(isObject(expressions) ? expressions : {})) {
      if (!Object.hasOwn(block, name)) {
        unknown.push([name, this.#unknown(this.#references.trace(expression, place))]);
      }
    }
    return { policy: new Unknown(AFTER_APPLY), ...Object.fromEntries([...unknown, ...known]) };
  }
}

/**
 * What Terraform does only in a later apply, for it cannot plan it yet: with its values then, as far as they
 * are known.
 */
function deferredResources(plan: JsonObject): readonly ModuleResource[] {
  return objectsIn(plan, "deferred_changes")
    .map((deferred) => objectIn(deferred, "resource_change"))
    .filter((resource) => {
      const type = textIn(resource, "type") ?? "";
      return isManaged(resource) && (IAM_TYPES.has(type) || OUTSIDE_TYPES.has(type));
    })
    .map(({ module_address: module, change, ...resource }) => ({
      module: typeof module === "string" ? module : "",
      resource: {
        ...resource,
        values: property(change, "after") ?? property(change, "before") ?? {},
      },
    }));
}

/** Whether all that a value is made from is known: where it is not told, null has been given for it. */
function isNull(expression: unknown, { origins, isOpaque }: Trace): boolean {
  return isObject(expression) && origins.length === 0 && !isOpaque;
}

function isRead({ resource }: ModuleResource): boolean {
  const type = textIn(resource, "type") ?? "";
  return READ_TYPES.some((types) => types.has(type));
}

function isManaged(resource: JsonObject): boolean {
  return textIn(resource, "mode") === "managed";
}

/** The region of the AWS provider, where it is written out. */
function regionIn(plan: JsonObject): unknown {
  const providers = objectIn(objectIn(plan, "configuration"), "provider_config");
  const provider = Object.values(providers).find((one) => textIn(one, "name") === "aws");
  return property(objectIn(objectIn(provider, "expressions"), "region"), "constant_value");
}
