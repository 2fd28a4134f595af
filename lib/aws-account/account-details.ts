import { isObject, type JsonObject, property, textIn } from "../json/json-value.js";
import { Unknown } from "../terraform-expression/unknown.js";
import type { Account, HolderKind } from "./account.js";
import { ACCOUNT_LISTS, LEFT_OUT_WHERE_EMPTY } from "./account-lists.js";
import { notAnswered } from "./errors.js";
import { type Identity, isName } from "./identity.js";
import { NOT_HELD } from "./passed-over.js";

/** The lists of an answer; with `--filter` some are empty, and none is left out. */
export const DETAIL_LISTS: readonly string[] = ACCOUNT_LISTS.map(({ key }) => key);

/**
 * Adds what an answer of `aws iam get-account-authorization-details` tells.
 *
 * @throws {UnreadableFile} when it is not as AWS answers
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export function addAccountDetails(account: Account, content: JsonObject): void {
  for (const { key, kind, ...list } of ACCOUNT_LISTS) {
    for (const [index, entry] of listIn(content, key).entries()) {
      if (entry === NOT_HELD) {
        continue;
      }
      const where = `${key}[${index}]`;
      if (kind === "policy") {
        account.addPolicy(entry, where, defaultDocument(entry));
        continue;
      }
      const identity = account.addHolder(kind, entry, where);
      if (identity !== undefined && "inline" in list) {
        addPoliciesOf(account, kind, identity, entry, list.inline);
      }
    }
  }
}

function addPoliciesOf(
  account: Account,
  kind: HolderKind,
  identity: Identity,
  entry: unknown,
  inline: string,
): void {
  const each = (key: string, isRead: (item: unknown) => boolean) => {
    const value = property(entry, key);
    if (value === undefined && key === LEFT_OUT_WHERE_EMPTY) {
      return;
    }
    if (!Array.isArray(value)) {
      account.doubt(identity.arn, `its ${key} is ${value === undefined ? "left out" : "no list"}`);
    } else if (!value.map(isRead).every(Boolean)) {
      account.doubt(identity.arn, `its ${key} has an entry that is not as AWS answers it`);
    }
  };
  each(inline, (policy) => account.addInline(kind, identity.arn, identity.name, policy));
  each("AttachedManagedPolicies", (policy) => account.addAttached(kind, identity, policy));
  if (kind === "user") {
    const groups: string[] = [];
    each("GroupList", (group) => isName(group) && groups.push(group) > 0);
    account.addMembership(identity, groups);
  }
}

/** The document of the version that is in force; unknown where the answer does not say which that is. */
function defaultDocument(policy: unknown): unknown {
  const list = property(policy, "PolicyVersionList");
  const versions = (Array.isArray(list) ? list : []).filter(
    (version) => property(version, "IsDefaultVersion") === true,
  );
  const [version] = versions;
  const id = textIn(policy, "DefaultVersionId");
  const isTold = versions.length === 1 && (id === undefined || id === textIn(version, "VersionId"));
  return isTold && property(version, "Document") !== undefined
    ? property(version, "Document")
    : new Unknown("its version in force is not in the answer");
}

/** A list of an answer; nothing where it is left out. */
function listIn(content: JsonObject, key: string): readonly unknown[] {
  const list = property(content, key) ?? [];
  if (!Array.isArray(list)) {
    throw notAnswered(key, isObject(list) ? "is an object, and no list" : "is no list");
  }
  return list;
}
