import { ATTACHMENTS } from "./grants.js";
import { isObject, type JsonObject, objectIn, objectsIn, textIn, textsOf } from "./json-value.js";

/** What a plan's roles no longer have once it is applied. */
export interface Detached {
  /** The inline policies or ARNs that a role was found to have, without those that go. */
  readonly without: (role: string, found: unknown) => unknown;
}

/**
 * What a plan takes from roles. The provider reads back what a role has before the plan: an inline
 * policy that the plan deletes is still among it.
 *
 * @param plan the plan
 */
export function detachedBy(plan: JsonObject): Detached {
  const names = new Map<string, Set<string>>();
  const add = (role: string | undefined, name: string | undefined) => {
    if (role !== undefined && name !== undefined) {
      names.set(role, (names.get(role) ?? new Set()).add(name));
    }
  };
  for (const resource of objectsIn(plan, "resource_changes")) {
    const change = objectIn(resource, "change");
    const before = objectIn(change, "before");
    // What Terraform only forgets stays as it is.
    if (textsOf(change["actions"]).includes("forget")) {
      continue;
    }
    const type = textIn(resource, "type") ?? "";
    if (type === "aws_iam_role_policy") {
      add(textIn(before, "role"), textIn(before, "name"));
    }
    const attachment = ATTACHMENTS[type];
    for (const { kind, argument } of attachment?.holders ?? []) {
      const roles = kind === "role" ? [before[argument]].flat() : [];
      const arns = [before[attachment?.policies ?? ""]].flat();
      for (const role of textsOf(roles)) {
        for (const arn of textsOf(arns)) {
          add(role, arn);
        }
      }
    }
  }
  return {
    without: (role, found) => {
      const gone = names.get(role);
      return Array.isArray(found) && gone !== undefined
        ? found.filter((item) => !gone.has(String(isObject(item) ? item["name"] : item)))
        : found;
    },
  };
}
