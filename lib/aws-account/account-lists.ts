import type { RepeatedKeys } from "../json/repeated-key.js";
import { items, members, type Selection } from "../json/selection.js";
import type { EntityKind } from "./identity.js";

/** The lists of an answer of `aws iam get-account-authorization-details`, and where inline policies are in their entries. */
export const ACCOUNT_LISTS = [
  { key: "UserDetailList", kind: "user", inline: "UserPolicyList" },
  { key: "GroupDetailList", kind: "group", inline: "GroupPolicyList" },
  { key: "RoleDetailList", kind: "role", inline: "RolePolicyList" },
  { key: "Policies", kind: "policy" },
] as const;

/** AWS leaves this one out where it would be empty, and no other: https://github.com/boto/boto3/issues/1303 */
export const LEFT_OUT_WHERE_EMPTY = "UserPolicyList";

/** What is held of an entry of one of the lists, by the objects so far in which a key stood twice. */
export type HoldEntry = (kind: EntityKind, entry: unknown, repeated: RepeatedKeys) => unknown;

/**
 * What is read of the lists, each of which is as long as the account is large: all of it, entry by entry, with policy
 * documents as texts, which are the same again and again.
 *
 * @param hold what is held of an entry. @default all of it
 */
export function accountLists(
  hold: HoldEntry = (_kind, entry) => entry,
): Readonly<Record<string, Selection>> {
  return Object.fromEntries(
    ACCOUNT_LISTS.map(({ key, kind, ...list }) => {
      const documents: Readonly<Record<string, Selection>> =
        "inline" in list
          ? { AssumeRolePolicyDocument: "text", [list.inline]: eachWith("PolicyDocument") }
          : { PolicyVersionList: eachWith("Document") };
      return [key, items(entryWith(documents), (entry, repeated) => hold(kind, entry, repeated))];
    }),
  );
}

function eachWith(document: string): Selection {
  return items(entryWith({ [document]: "text" }));
}

/** A key that stands twice in an entry concerns whom that is about, and nobody else. */
function entryWith(selections: Readonly<Record<string, Selection>>): Selection {
  return members({ ...NOT_READ, ...selections }, "all", "told");
}

/** What says nothing of who may do what. */
const NOT_READ = Object.fromEntries(
  [
    "CreateDate",
    "GroupId",
    "InstanceProfileList",
    "PasswordLastUsed",
    "PolicyId",
    "RoleId",
    "RoleLastUsed",
    "UpdateDate",
    "UserId",
  ].map((key): [string, Selection] => [key, "nothing"]),
);
