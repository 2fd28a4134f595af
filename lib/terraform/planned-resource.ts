import {
  isObject,
  type JsonObject,
  objectIn,
  plainText,
  property,
  textIn,
} from "../json/json-value.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { IamResource } from "./iam-file.js";
import type { ModuleResource } from "./module-resources.js";
import { mayNotBeMade } from "./notes.js";
import type { PlanChanges } from "./plan-changes.js";
import type { PlanDocuments } from "./plan-documents.js";
import type { Place, PlanReferences, Trace } from "./plan-references.js";

/** Why a plan does not tell a value. */
export const AFTER_APPLY = "it is known only after the apply";

/** Why it is not told whether something is made. */
const PUT_OFF = "it is put off to a later apply";

/** Arguments of a role that the provider fills with what the role has, whoever gave it. */
const FILLED_IN = new Set(["inline_policy", "managed_policy_arns"]);

/** Arguments of a bucket that the provider fills with what other resources say of it. */
const OF_OTHERS: Readonly<Record<string, string>> = {
  policy: "aws_s3_bucket_policy",
  server_side_encryption_configuration: "aws_s3_bucket_server_side_encryption_configuration",
};

const NO_EXPRESSIONS: JsonObject = {};

/** What all resources of a plan have in common. */
export interface ResourcePlan {
  readonly changes: PlanChanges;
  readonly references: PlanReferences;
  readonly documents: PlanDocuments;
  /** Addresses of what is put off to a later apply. */
  readonly deferred: ReadonlySet<string>;
}

/** What the arguments of a resource are made from, as its configuration has it. */
export function expressionsOf(configured: JsonObject | undefined): JsonObject {
  return configured === undefined ? NO_EXPRESSIONS : objectIn(configured, "expressions");
}

/** Where the arguments of a resource stand. */
export function placeOf({ module, resource }: ModuleResource, configured: unknown): Place {
  const index = property(resource, "index");
  return {
    module,
    key: index === undefined ? undefined : plainText(index),
    loop: property(configured, "for_each_expression"),
  };
}

/**
 * A resource instance as it will be after the apply. A plan may have hundreds of thousands, so that each holds little
 * besides what the file says of it.
 */
export class PlannedResource implements IamResource {
  readonly address: string;
  readonly type: string;
  readonly fate: IamResource["fate"];
  readonly caveat?: string;
  readonly #found: ModuleResource;
  readonly #configured: JsonObject | undefined;
  readonly #plan: ResourcePlan;
  readonly #values: JsonObject;
  /** By the arguments that something was asked of. */
  #traces: Map<string, Trace> | undefined;

  /** @param configured the resource in the configuration; undefined where it is not there */
  constructor(found: ModuleResource, configured: JsonObject | undefined, plan: ResourcePlan) {
    const { changes, deferred } = plan;
    const { resource } = found;
    this.address = textIn(resource, "address") ?? "";
    this.type = textIn(resource, "type") ?? "";
    this.fate = changes.fateOf(this.address);
    if (deferred.has(this.address)) {
      this.caveat = mayNotBeMade(this.address, PUT_OFF);
    }
    this.#found = found;
    this.#configured = configured;
    this.#plan = plan;
    this.#values = changes.forgotten.get(this.address) ?? objectIn(resource, "values");
  }

  get module(): string {
    return this.#found.module;
  }

  origins(name: string): readonly string[] {
    return this.#trace(name).origins;
  }

  argument(name: string): unknown {
    const expression = property(expressionsOf(this.#configured), name);
    if (Object.hasOwn(this.#values, name)) {
      const value = this.#values[name] ?? undefined;
      if (expression === undefined && this.#isTaken(name)) {
        return undefined;
      }
      const isFilledIn = FILLED_IN.has(name) && expression === undefined;
      return isFilledIn
        ? this.#withoutOthers(textIn(this.#values, "name") ?? "", value)
        : this.#withUnknowns(value, expression);
    }
    // A plan leaves out what it does not know.
    return expression === undefined ||
      (FILLED_IN.has(name) && isNull(expression, this.#trace(name)))
      ? undefined
      : this.#unknown(this.#trace(name));
  }

  get #place(): Place {
    return placeOf(this.#found, this.#configured);
  }

  #trace(name: string): Trace {
    const expression = property(expressionsOf(this.#configured), name);
    const found = this.#traces?.get(name) ?? this.#plan.references.trace(expression, this.#place);
    this.#traces ??= new Map();
    this.#traces.set(name, found);
    return found;
  }

  /** Whether what a bucket was found to have may be what the plan takes from it by another resource. */
  #isTaken(name: string): boolean {
    const by = this.type === "aws_s3_bucket" ? OF_OTHERS[name] : undefined;
    return by !== undefined && this.#plan.changes.deletedTypes.has(by);
  }

  /** What a role was found to have, or what dynamic blocks give it: the configuration has no trace of these. */
  #withoutOthers(role: string, value: unknown): unknown {
    const found = this.#plan.changes.without(role, value);
    return Array.isArray(found)
      ? found.map((item) => (isObject(item) ? { policy: new Unknown(AFTER_APPLY), ...item } : item))
      : found;
  }

  /** A value that is not known: where it is the text of a document that is deferred, that is known in part. */
  #unknown({ origins, isOpaque, isConditional }: Trace): Unknown {
    const [only] = origins;
    const json =
      only === undefined || isOpaque || origins.length > 1
        ? undefined
        : this.#plan.documents.json(only);
    return json ?? new Unknown(AFTER_APPLY, origins, isConditional ? { isConditional } : {});
  }

  /**
   * A list that is known in part: a plan has null for an item that it does not know, and leaves an
   * argument of a block out. Each reference in a list of values is taken for one of its items.
   */
  #withUnknowns(value: unknown, expression: unknown): unknown {
    if (!Array.isArray(value) || expression === undefined) {
      return value;
    }
    if (value.some(isObject)) {
      const blocks = Array.isArray(expression) ? expression : [];
      const inOrder = blocks.length === value.length ? blocks : [];
      return value.map((item, index) => this.#block(item, inOrder[index]));
    }
    const known = value.filter((item) => item !== null);
    const count = value.length - known.length;
    if (count === 0) {
      return known;
    }
    const unknown = this.#plan.references
      .origins(expression, this.#place)
      .map((origin) => new Unknown(AFTER_APPLY, [origin]));
    const rest = count > unknown.length ? [new Unknown(AFTER_APPLY)] : [];
    return [...known, ...unknown, ...rest];
  }

  /** @param expressions undefined where it is not told which block of the configuration it is */
  #block(block: unknown, expressions: unknown): unknown {
    if (!isObject(block)) {
      return new Unknown(AFTER_APPLY);
    }
    const unknown: [string, Unknown][] = [];
    const known = Object.entries(block).map(([name, value]): [string, unknown] => [
      name,
      this.#withUnknowns(value, property(expressions, name)),
    ]);
    for (const [name, expression] of Object.entries(isObject(expressions) ? expressions : {})) {
      if (!Object.hasOwn(block, name)) {
        unknown.push([name, this.#unknown(this.#plan.references.trace(expression, this.#place))]);
      }
    }
    return { policy: new Unknown(AFTER_APPLY), ...Object.fromEntries([...unknown, ...known]) };
  }
}

/** Whether all that a value is made from is known: where it is not told, null has been given for it. */
function isNull(expression: unknown, { origins, isOpaque }: Trace): boolean {
  return isObject(expression) && origins.length === 0 && !isOpaque;
}
