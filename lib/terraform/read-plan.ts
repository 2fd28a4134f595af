import { type JsonObject, objectIn, objectsIn, property, textIn } from "../json/json-value.js";
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
import { partitionOf } from "./partition.js";
import { GIVING_ARGUMENTS } from "./passable.js";
import { type PlanChanges, planChanges } from "./plan-changes.js";
import { PlanConfiguration } from "./plan-configuration.js";
import { type DeferredData, PlanDocuments } from "./plan-documents.js";
import { PlanReferences } from "./plan-references.js";
import {
  AFTER_APPLY,
  expressionsOf,
  PlannedResource,
  placeOf,
  type ResourcePlan,
} from "./planned-resource.js";
import { ResourceInstances } from "./resource-instances.js";
import { putOff } from "./unread.js";
import { UnreadInstances } from "./unread-instances.js";

/** What to give for what a plan does not tell. */
const GIVE = "the plan after the apply";

/** The data source that policy documents are written with. */
const DOCUMENT = "aws_iam_policy_document";

/** The types of the resources and data sources that are read. */
const READ_TYPES = [IAM_TYPES, COMPUTE_TYPES, OUTSIDE_TYPES, new Set([DOCUMENT])];

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
    configured: planned.configuration.having(GIVING_ARGUMENTS),
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
  readonly #plan: ResourcePlan;

  constructor(plan: JsonObject, unread: UnreadInstances) {
    const later = deferredResources(plan);
    this.deferred = new Set(later.map(({ resource }) => textIn(resource, "address") ?? ""));
    const root = objectIn(objectIn(plan, "planned_values"), "root_module");
    const read = [...this.#all(root, later)].filter(isRead);
    this.#managed = read.filter(({ resource }) => isManaged(resource));
    this.data = read.filter(({ resource }) => !isManaged(resource));
    this.configuration = new PlanConfiguration(objectIn(plan, "configuration"));
    this.changes = planChanges(plan, this.#managed);
    const references = new PlanReferences(
      this.configuration,
      new ResourceInstances(this.#all(root, later), unread),
    );
    const documents = this.data.filter(({ resource }) => textIn(resource, "type") === DOCUMENT);
    this.#plan = {
      changes: this.changes,
      references,
      documents: new PlanDocuments(
        documents.map((found) => this.#deferred(found, references)),
        AFTER_APPLY,
      ),
      deferred: this.deferred,
    };
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
      .map((found) => new PlannedResource(found, this.#configured(found), this.#plan));
  }

  /** A data source for which the plan knows some arguments. */
  #deferred(found: ModuleResource, references: PlanReferences): DeferredData {
    const configured = this.#configured(found);
    const place = placeOf(found, configured);
    return {
      address: textIn(found.resource, "address") ?? "",
      values: objectIn(found.resource, "values"),
      expressions: expressionsOf(configured),
      origins: (expression) => {
        const { origins, isOpaque } = references.trace(expression, place);
        return isOpaque ? [] : origins;
      },
    };
  }

  /** A resource in the configuration. */
  #configured({ module, resource }: ModuleResource): JsonObject | undefined {
    return this.configuration.resource(module, nameInModule(resource));
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
