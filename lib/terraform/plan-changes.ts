import {
  isObject,
  type JsonObject,
  objectIn,
  objectsIn,
  textIn,
  textsOf,
} from "../json/json-value.js";
import { ATTACHMENTS, type HolderKind } from "./grants.js";
import { IAM_TYPES, type IamResource, takenKey } from "./iam-file.js";
import type { ModuleResource } from "./module-resources.js";

/** What a plan does to what is there already. */
export interface PlanChanges {
  /**
   * What a role was found to have, without what the plan says of it elsewhere. The provider reads a
   * role's policies back before the plan: one that the plan deletes is still among them.
   */
  readonly without: (role: string, found: unknown) => unknown;
  /** Address → the values of a resource that Terraform only forgets: it stays as it is. */
  readonly forgotten: ReadonlyMap<string, JsonObject>;
  readonly fateOf: (address: string) => IamResource["fate"];
  readonly taken: ReadonlySet<string>;
}

/** The arguments of a role that say all that it has of one kind. */
const LISTS_OF_ROLE = ["inline_policy", "managed_policy_arns"];

/**
 * Reads `resource_changes` of a plan.
 *
 * @param planned what is there after the apply
 */
export function planChanges(plan: JsonObject, planned: readonly ModuleResource[]): PlanChanges {
  const changes = new Changes(planned);
  for (const change of objectsIn(plan, "resource_changes")) {
    changes.add(change);
  }
  return changes;
}

class Changes implements PlanChanges {
  readonly forgotten = new Map<string, JsonObject>();
  readonly taken = new Set<string>();
  readonly #planned: readonly ModuleResource[];
  /** Address → values after the apply, once they are asked for. */
  #after: ReadonlyMap<string, JsonObject> | undefined;
  readonly #fates = new Map<string, IamResource["fate"]>();
  /** Names and ARNs of what a role was found to have, and is said of it elsewhere. */
  readonly #elsewhere = new Map<string, Set<string>>();
  /** ARNs of managed policies that are deleted. */
  readonly #deleted = new Set<string>();

  constructor(planned: readonly ModuleResource[]) {
    this.#planned = planned;
  }

  add(resource: JsonObject): void {
    const type = textIn(resource, "type") ?? "";
    const address = textIn(resource, "address") ?? "";
    const change = objectIn(resource, "change");
    const before = objectIn(change, "before");
    const actions = new Set(textsOf(change["actions"]));
    if (actions.has("forget")) {
      this.forgotten.set(address, before);
      return;
    }
    if (!IAM_TYPES.has(type)) {
      return;
    }
    this.#fates.set(address, fateOf(actions));
    if (type === "aws_iam_role_policy") {
      this.#addElsewhere(textIn(before, "role"), textIn(before, "name"));
    } else if (type === "aws_iam_policy" && actions.has("delete")) {
      this.#deleted.add(textIn(before, "arn") ?? "");
    }
    for (const { kind, holder, policy } of attached(type, before)) {
      if (kind === "role" && type !== "aws_iam_role") {
        this.#addElsewhere(holder, policy);
      }
    }
    if (actions.has("update")) {
      this.#take(type, before, this.#valuesAfter(address));
    }
  }

  readonly fateOf = (address: string) => this.#fates.get(address) ?? "kept";

  readonly without = (role: string, found: unknown) => {
    const elsewhere = this.#elsewhere.get(role);
    return Array.isArray(found)
      ? found.filter((item) => {
          const name = String(isObject(item) ? item["name"] : item);
          return elsewhere?.has(name) !== true && !this.#deleted.has(name);
        })
      : found;
  };

  #addElsewhere(role: string | undefined, name: string | undefined): void {
    if (role !== undefined && name !== undefined) {
      this.#elsewhere.set(role, (this.#elsewhere.get(role) ?? new Set()).add(name));
    }
  }

  #valuesAfter(address: string): JsonObject {
    this.#after ??= new Map(
      this.#planned.map(({ resource }) => [
        textIn(resource, "address") ?? "",
        objectIn(resource, "values"),
      ]),
    );
    return this.#after.get(address) ?? {};
  }

  /** What one resource had, and has no longer, another one that stays as it is cannot give. */
  #take(type: string, before: JsonObject, after: JsonObject): void {
    const left = new Set(Array.from(attached(type, after), keyOf));
    for (const pair of attached(type, before)) {
      if (!left.has(keyOf(pair)) && isTold(type, pair.kind, after)) {
        this.taken.add(keyOf(pair));
      }
    }
  }
}

function fateOf(actions: ReadonlySet<string>): IamResource["fate"] {
  if (actions.has("create")) {
    return actions.has("delete") ? "replaced" : "made";
  }
  return "kept";
}

/** A policy that somebody has by a resource: an inline one by its name, a managed one by its ARN. */
interface Pair {
  readonly kind: HolderKind;
  readonly holder: string;
  readonly policy: string;
}

/** All that a resource gives to whom, as far as its values tell. */
function* attached(type: string, values: JsonObject): Generator<Pair> {
  const attachment = ATTACHMENTS[type];
  const arns = textsAt(values, attachment?.policies ?? "");
  for (const { kind, argument } of attachment?.holders ?? []) {
    for (const holder of textsAt(values, argument)) {
      for (const policy of arns) {
        yield { kind, holder, policy };
      }
    }
  }
  if (type === "aws_iam_role") {
    const holder = textIn(values, "name") ?? "";
    for (const item of LISTS_OF_ROLE.flatMap((name) => [values[name]].flat())) {
      const policy = isObject(item) ? textIn(item, "name") : item;
      if (typeof policy === "string") {
        yield { kind: "role", holder, policy };
      }
    }
  }
}

/** The texts of an argument: of one that is no list one at the most, whatever the file has there. */
function textsAt(values: JsonObject, argument: string): readonly string[] {
  const value = values[argument];
  return textsOf(argument.endsWith("s") ? value : [value]);
}

/** Whether the lists are told, without which nothing is missing from them. */
function isTold(type: string, kind: HolderKind, values: JsonObject): boolean {
  if (type === "aws_iam_role") {
    return LISTS_OF_ROLE.every((name) => !hasUnknown(values[name]));
  }
  const attachment = ATTACHMENTS[type];
  const names = (attachment?.holders ?? [])
    .filter((holder) => holder.kind === kind)
    .map(({ argument }) => argument);
  return [attachment?.policies ?? "", ...names].every((name) => !hasUnknown(values[name]));
}

/** A plan leaves out what it does not know, and has null for an item. */
function hasUnknown(value: unknown): boolean {
  return (
    value === undefined ||
    (Array.isArray(value) &&
      value.some((item) => item === null || (isObject(item) && !("name" in item))))
  );
}

function keyOf({ kind, holder, policy }: Pair): string {
  return takenKey(kind, holder, policy);
}
