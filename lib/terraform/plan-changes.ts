import {
  isObject,
  type JsonObject,
  objectIn,
  objectsIn,
  plainText,
  textIn,
  textsOf,
} from "../json/json-value.js";
import { givenPairs, pairKey, tellsAllPairs } from "./given-pairs.js";
import { ATTACHMENTS, BOUNDARIES, INLINE_POLICIES, MEMBERSHIPS } from "./grants.js";
import { IAM_TYPES, type IamFile, type IamResource, type Taking } from "./iam-file.js";
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
  readonly takingOf: NonNullable<IamFile["takingOf"]>;
  /** Types of which a resource is deleted. */
  readonly deletedTypes: ReadonlySet<string>;
}

/** Something that the apply takes away by a resource. */
interface Taker {
  readonly address: string;
  /** What it does: another resource may be made after an update that it refers to, and after no delete. */
  readonly does: "updates" | "deletes" | "deletes last";
  /** Whether it surely does so. */
  readonly isSure: boolean;
}

/** More than these say nothing new. */
const MAX_TAKERS = 20;

/** The arguments that name those whom a resource is for. */
const HOLDER_ARGUMENTS = [
  ...new Set([
    ...Object.values(ATTACHMENTS).flatMap(({ holders }) => holders.map((one) => one.argument)),
    ...Object.values(INLINE_POLICIES).map(({ holder }) => holder.argument),
    ...Object.values(MEMBERSHIPS).flatMap(({ users, groups }) => [users.argument, groups.argument]),
    ...Object.values(BOUNDARIES).map(({ argument }) => argument),
  ]),
];

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
  readonly deletedTypes = new Set<string>();
  readonly #planned: readonly ModuleResource[];
  /** Address → values after the apply, once they are asked for. */
  #after: ReadonlyMap<string, JsonObject> | undefined;
  readonly #fates = new Map<string, IamResource["fate"]>();
  /** Names and ARNs of what a role was found to have, and is said of it elsewhere. */
  readonly #elsewhere = new Map<string, Set<string>>();
  /** ARNs of managed policies that are deleted. */
  readonly #deleted = new Set<string>();
  /** Key of a pair → by what it is taken. */
  readonly #takers = new Map<string, Taker[]>();
  /** Address of a resource that is updated → keys of what it gives as before, without doing it again. */
  readonly #untouched = new Map<string, ReadonlySet<string>>();

  constructor(planned: readonly ModuleResource[]) {
    this.#planned = planned;
  }

  add(resource: JsonObject): void {
    const type = textIn(resource, "type") ?? "";
    const address = textIn(resource, "address") ?? "";
    const change = objectIn(resource, "change");
    const before = objectIn(change, "before");
    const actions = textsOf(change["actions"]);
    const isDeposed = textIn(resource, "deposed") !== undefined;
    if (actions.includes("forget")) {
      if (!isDeposed) {
        this.forgotten.set(address, before);
      }
      return;
    }
    if (actions.includes("delete")) {
      this.deletedTypes.add(type);
    }
    if (!IAM_TYPES.has(type)) {
      return;
    }
    if (!isDeposed) {
      this.#addFate(address, fateOf(actions));
    }
    if (type === "aws_iam_policy" && actions.includes("delete")) {
      this.#deleted.add(textIn(before, "arn") ?? "");
    }
    for (const { kind, holder, policy } of givenPairs(type, before)) {
      if (kind === "role" && type !== "aws_iam_role") {
        this.#addElsewhere(holder, policy);
      }
    }
    if (actions.includes("update")) {
      this.#addUpdate(type, address, before);
    } else if (actions.includes("delete") && givesUntilDeleted(type)) {
      const isReplaced = !isDeposed && actions.includes("create");
      const isFirst = isReplaced && actions[0] === "delete";
      const does = isReplaced && !isFirst ? "deletes last" : "deletes";
      this.#take({ type, address, does }, before, isFirst ? this.#valuesAfter(address) : undefined);
    }
  }

  readonly fateOf = (address: string) => this.#fates.get(address) ?? "kept";

  readonly without = (role: string, found: unknown) => {
    const elsewhere = this.#elsewhere.get(role);
    return Array.isArray(found)
      ? found.filter((item) => {
          const name = plainText(isObject(item) ? item["name"] : item);
          return elsewhere?.has(name) !== true && !this.#deleted.has(name);
        })
      : found;
  };

  /**
   * What is deleted is gone where the twin that gives it, too, stays as it is. Where that one is made in the
   * same apply, either may come last, but for what Terraform does one after the other.
   */
  readonly takingOf = (resource: IamResource, holder: IamResource, key: string) => {
    const takers = this.#takers.get(key) ?? [];
    const itself = takers.find(
      ({ address, does }) => address === resource.address && does === "deletes last",
    );
    if (itself !== undefined) {
      return taking(itself, itself.isSure);
    }
    if (this.#isUntouched(resource, key)) {
      const sure = takers.find(({ isSure }) => isSure);
      const [first] = takers;
      return first === undefined ? undefined : taking(sure ?? first, sure !== undefined);
    }
    const unordered = takers.find(({ address, does }) =>
      // What is deleted of the old holder is gone before the new one is made.
      does === "updates" ? !refersTo(resource, address) : holder.fate === "kept",
    );
    return unordered === undefined ? undefined : taking(unordered, false);
  };

  #isUntouched({ address, fate }: IamResource, key: string): boolean {
    return fate === "kept" && this.#untouched.get(address)?.has(key) !== false;
  }

  /** What is kept is most of a plan, and is so where nothing is known. */
  #addFate(address: string, fate: IamResource["fate"]): void {
    if (fate === "kept") {
      this.#fates.delete(address);
    } else {
      this.#fates.set(address, fate);
    }
  }

  #addElsewhere(role: string, name: string): void {
    this.#elsewhere.set(role, (this.#elsewhere.get(role) ?? new Set()).add(name));
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

  #addUpdate(type: string, address: string, before: JsonObject): void {
    const pairs = isWrittenAnew(type) ? [] : Array.from(givenPairs(type, before), pairKey);
    this.#untouched.set(address, new Set(pairs));
    this.#take({ type, address, does: "updates" }, before, this.#valuesAfter(address));
  }

  /**
   * Notes what one resource had, and has no longer.
   *
   * @param after undefined where nothing of it is there at the end
   */
  #take(
    { type, address, does }: Pick<Taker, "address" | "does"> & { readonly type: string },
    before: JsonObject,
    after: JsonObject | undefined,
  ): void {
    const left = new Set(Array.from(givenPairs(type, after ?? {}), pairKey));
    for (const pair of givenPairs(type, before)) {
      const key = pairKey(pair);
      const isSure = after === undefined || tellsAllPairs(type, pair.kind, after);
      // What the provider finds a role to have is not told before an update, and stays.
      if (!left.has(key) && (isSure || type !== "aws_iam_role")) {
        const takers = this.#takers.get(key) ?? [];
        if (takers.length < MAX_TAKERS) {
          this.#takers.set(key, [...takers, { address, does, isSure }]);
        }
      }
    }
  }
}

function taking({ address, does }: Taker, isSure: boolean): Taking {
  return { address, isDeleted: does !== "updates", isSure };
}

function fateOf(actions: readonly string[]): IamResource["fate"] {
  if (actions.includes("create")) {
    return actions.includes("delete") ? "replaced" : "made";
  }
  return "kept";
}

/** Whether the apply takes something away when it deletes such a resource: a list is only left alone. */
function givesUntilDeleted(type: string): boolean {
  return type !== "aws_iam_role" && ATTACHMENTS[type]?.isExclusive !== true;
}

/** Whether an update of such a resource does again all that it did. */
function isWrittenAnew(type: string): boolean {
  return type in INLINE_POLICIES || type in BOUNDARIES || ATTACHMENTS[type]?.isExclusive === true;
}

function refersTo(resource: IamResource, address: string): boolean {
  return HOLDER_ARGUMENTS.some((name) => resource.origins(name).includes(address));
}
