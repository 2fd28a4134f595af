import { isObject, type JsonObject, textIn, textsOf } from "../json/json-value.js";
import {
  ATTACHMENTS,
  BOUNDARIES,
  type HolderArgument,
  INLINE_POLICIES,
  MEMBERSHIPS,
  REFERENCE_BLOCKS,
} from "./grants.js";
import { takenKey } from "./iam-file.js";

/** One thing that somebody has by a resource. */
export interface GivenPair {
  readonly kind: HolderArgument["kind"];
  /** The name of the holder; of a permission set, its ARN. */
  readonly holder: string;
  /** An inline policy by its name, a managed one by its ARN, or by its name where it is attached by that. */
  readonly policy: string;
}

/** The arguments of a role that say all that it has of one kind. */
const LISTS_OF_ROLE = ["inline_policy", "managed_policy_arns"];

/** Stands for the boundary of somebody: there is one at the most. A space is in no name of IAM's. */
export const BOUNDARY_OF_IT = "the boundary";

/** Stands for the membership in a group. */
export function inGroup(group: string): string {
  return `in ${group}`;
}

/** All that a resource gives to whom, as far as its values tell. */
export function* givenPairs(type: string, values: JsonObject): Generator<GivenPair> {
  const attachment = ATTACHMENTS[type];
  for (const { kind, argument } of attachment?.holders ?? []) {
    const policies = policiesAt(values, attachment?.policies ?? "");
    for (const holder of textsAt(values, argument)) {
      for (const policy of policies) {
        yield { kind, holder, policy };
      }
    }
  }
  const inline = INLINE_POLICIES[type];
  const name = inline?.name ?? textIn(values, "name");
  if (inline !== undefined && name !== undefined) {
    yield* eachAt(values, inline.holder, [name]);
  }
  const membership = MEMBERSHIPS[type];
  if (membership !== undefined) {
    yield* eachAt(
      values,
      membership.users,
      textsAt(values, membership.groups.argument).map(inGroup),
    );
  }
  const boundary = BOUNDARIES[type];
  if (boundary !== undefined) {
    yield* eachAt(values, boundary, [BOUNDARY_OF_IT]);
  }
  if (type === "aws_iam_role") {
    const holder = textIn(values, "name") ?? "";
    for (const item of LISTS_OF_ROLE.flatMap((list) => [values[list]].flat())) {
      const policy = isObject(item) ? textIn(item, "name") : item;
      if (typeof policy === "string") {
        yield { kind: "role", holder, policy };
      }
    }
  }
}

/** Whether all is told of what a resource gives to holders of a kind: nothing is missing from what is not. */
export function tellsAllPairs(type: string, kind: GivenPair["kind"], values: JsonObject): boolean {
  const attachment = ATTACHMENTS[type];
  const membership = MEMBERSHIPS[type];
  const inline = INLINE_POLICIES[type];
  const boundary = BOUNDARIES[type];
  const holders = (attachment?.holders ?? []).filter((holder) => holder.kind === kind);
  const names = [
    ...(type === "aws_iam_role" ? LISTS_OF_ROLE : []),
    ...(attachment === undefined ? [] : [attachment.policies, ...namesOf(holders)]),
    ...(membership === undefined ? [] : namesOf([membership.users, membership.groups])),
    ...(inline === undefined ? [] : namesOf([inline.holder])),
    ...(inline === undefined || inline.name !== undefined ? [] : ["name"]),
    ...(boundary === undefined ? [] : namesOf([boundary])),
  ];
  return names.every((name) => !hasUnknown(values[name]));
}

/** What makes two pairs one and the same. */
export function pairKey({ kind, holder, policy }: GivenPair): string {
  return takenKey(kind, holder, policy);
}

function* eachAt(
  values: JsonObject,
  { kind, argument }: HolderArgument,
  policies: readonly string[],
): Generator<GivenPair> {
  for (const holder of textsAt(values, argument)) {
    for (const policy of policies) {
      yield { kind, holder, policy };
    }
  }
}

function policiesAt(values: JsonObject, argument: string): readonly string[] {
  return argument === REFERENCE_BLOCKS
    ? [values[argument]].flat().flatMap((block) => textIn(block, "name") ?? [])
    : textsAt(values, argument);
}

/** The texts of an argument: of one that is no list one at the most, whatever the file has there. */
function textsAt(values: JsonObject, argument: string): readonly string[] {
  const value = values[argument];
  return textsOf(argument.endsWith("s") ? value : [value]);
}

function namesOf(holders: readonly HolderArgument[]): readonly string[] {
  return holders.map(({ argument }) => argument);
}

/** A plan leaves out what it does not know, and has null for an item. */
function hasUnknown(value: unknown): boolean {
  return (
    value === undefined ||
    (Array.isArray(value) &&
      value.some((item) => item === null || (isObject(item) && !("name" in item))))
  );
}
