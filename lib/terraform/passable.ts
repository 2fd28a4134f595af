import { type JsonObject, property, textIn } from "../json/json-value.js";
import type { Bystanders } from "./bystanders.js";
import { HOLDERS, INLINE_POLICIES } from "./grants.js";
import { nameInArn } from "./iam-name.js";

/** Who can be passed over. */
export type PassableKind = "user" | "role";

/** Whom a resource is, or is for. */
export interface Whose {
  readonly kind: PassableKind;
  readonly name: string;
}

/** A resource of which is seen by itself that it makes nobody more than a bystander. */
export interface Passable extends Whose {
  /** Whether it is that user or role, and not something for it. */
  readonly isHolder: boolean;
  /** ARNs of the managed policies that it gives. */
  readonly attached: readonly string[];
  /** ARN of the permissions boundary, where it has one. */
  readonly boundary: string | undefined;
  /** Whether something may be told of it in another place. */
  readonly lacks: boolean;
}

/** What IAM lets a name have: no star, which would stand for what is not told. */
const NAME = /^[\w+=,.@-]+$/;

/** The resource types that can be passed over: users and roles, and what is for one of them alone. */
export const PASSABLE_TYPES: ReadonlySet<string> = new Set(
  (["user", "role"] as const).flatMap((kind) => [
    `aws_iam_${kind}`,
    `aws_iam_${kind}_policy`,
    `aws_iam_${kind}_policy_attachment`,
  ]),
);

/** The arguments of users and roles that give them something, and that a plan may leave out. */
export const GIVING_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_user: ["permissions_boundary"],
  aws_iam_role: ["permissions_boundary", "inline_policy", "managed_policy_arns"],
};

/** Whom a resource of one of these types is, or is for; undefined where the name is not told, or not all of it. */
export function whose(type: string, values: unknown): Whose | undefined {
  const kind = type.startsWith("aws_iam_user") ? "user" : "role";
  const name = textIn(values, type in HOLDERS ? "name" : kind);
  return name !== undefined && NAME.test(name) ? { kind, name } : undefined;
}

/**
 * What a resource of one of these types is, where all that decides is told in it; undefined where something is not, or
 * it may have to do with what is asked.
 */
export function passable(
  type: string,
  address: string,
  values: JsonObject,
  bystanders: Bystanders,
): Passable | undefined {
  const owner = whose(type, values);
  if (owner === undefined) {
    return undefined;
  }
  const one = { ...owner, type, address, values };
  return type in HOLDERS ? somebody(one, bystanders) : forSomebody(one, bystanders);
}

/** A resource, and whose it is. */
interface Owned extends Whose {
  readonly type: string;
  readonly address: string;
  readonly values: JsonObject;
}

function somebody(
  { kind, name, type, address, values }: Owned,
  { mayBeMeant, mayConcern }: Bystanders,
): Passable | undefined {
  const boundary = values["permissions_boundary"] ?? "";
  const attached = listIn(values, "managed_policy_arns");
  const blocks = listIn(values, "inline_policy");
  const isOfOthers = (block: unknown) => {
    const [policy, text] = [textIn(block, "name"), textIn(block, "policy")];
    // A block without anything says that there are no inline policies.
    const isTold = policy !== undefined && text !== undefined;
    return isTold && (policy + text === "" || !(mayBeMeant(policy, address) || mayConcern(text)));
  };
  const isSure =
    typeof boundary === "string" &&
    attached?.every((arn) => typeof arn === "string") === true &&
    !mayBeMeant(name, address) &&
    blocks?.every(isOfOthers) === true;
  return isSure
    ? {
        kind,
        name,
        isHolder: true,
        attached,
        boundary: boundary === "" ? undefined : boundary,
        lacks: (GIVING_ARGUMENTS[type] ?? []).some((argument) => !Object.hasOwn(values, argument)),
      }
    : undefined;
}

function forSomebody(
  { kind, name, type, address, values }: Owned,
  { mayBeMeant, mayConcern }: Bystanders,
): Passable | undefined {
  const inline = INLINE_POLICIES[type];
  const policy = textIn(values, inline === undefined ? "policy_arn" : "name") ?? "";
  const isSure =
    policy !== "" &&
    !mayBeMeant(inline === undefined ? nameInArn(policy) : policy, address) &&
    (inline === undefined || !mayConcern(textIn(values, inline.text)));
  const attached = inline === undefined ? [policy] : [];
  return isSure
    ? { kind, name, isHolder: false, attached, boundary: undefined, lacks: false }
    : undefined;
}

/** A list; an empty one where nothing is given, and undefined for what is no list. */
function listIn(values: JsonObject, key: string): readonly unknown[] | undefined {
  const list = property(values, key) ?? [];
  return Array.isArray(list) ? list : undefined;
}
