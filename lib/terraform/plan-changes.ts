import { ATTACHMENTS } from "./grants.js";
import { isObject, type JsonObject, objectIn, objectsIn, textIn, textsOf } from "./json-value.js";

/** What a plan does to what is there already. */
export interface PlanChanges {
  /**
   * What a role was found to have, without what the plan says of it elsewhere. The provider reads a
   * role's policies back before the plan: one that the plan deletes is still among them.
   */
  readonly without: (role: string, found: unknown) => unknown;
  /** Address → the values of a resource that Terraform only forgets: it stays as it is. */
  readonly forgotten: ReadonlyMap<string, JsonObject>;
}

/** Reads `resource_changes` of a plan. */
export function planChanges(plan: JsonObject): PlanChanges {
  const forgotten = new Map<string, JsonObject>();
  const names = new Map<string, Set<string>>();
  const add = (role: string | undefined, name: string | undefined) => {
    if (role !== undefined && name !== undefined) {
      names.set(role, (names.get(role) ?? new Set()).add(name));
    }
  };
  for (const resource of objectsIn(plan, "resource_changes")) {
    const change = objectIn(resource, "change");
    const before = objectIn(change, "before");
    if (textsOf(change["actions"]).includes("forget")) {
      forgotten.set(textIn(resource, "address") ?? "", before);
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
    forgotten,
    without: (role, found) => {
      const gone = names.get(role);
      return Array.isArray(found) && gone !== undefined
        ? found.filter((item) => !gone.has(String(isObject(item) ? item["name"] : item)))
        : found;
    },
  };
}
