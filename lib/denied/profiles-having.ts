import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { isPartition } from "../iam/partition.js";
import type { PolicyDocument } from "../iam/policy-document.js";
import type { PolicyExtras } from "../remotion/option-statements.js";
import { rolePolicy, userPolicy } from "../remotion/policies.js";
import { ROLE_PROFILES, USER_PROFILES } from "../remotion/profile-names.js";
import type { ResourceScope } from "../remotion/resource-scope.js";
import { isSameAction } from "./calls-like.js";

/** Which profiles have a request, and which have not. The narrowest stands first. */
export interface Profiles {
  readonly having: readonly string[];
  readonly lacking: readonly string[];
}

/** What the policies are made for. */
export type Made = PolicyExtras &
  Pick<ResourceScope, "lambdaRoleName" | "lambdaRolePath" | "bucketNames">;

/** How the policies of a principal come by a profile's name, the narrowest first. */
const NARROWEST: Readonly<Record<string, number>> = { minimal: 0, render: 0, deploy: 1, full: 2 };

/**
 * The profiles whose policies allow a request, with nothing narrowed.
 *
 * @param principal whose policies
 * @param made what they are made for besides
 */
export function profilesHaving(
  principal: "user" | "role",
  action: string,
  resource: string,
  made: Made = {},
): Profiles {
  const partition = resource.split(":")[1] ?? "";
  const options = { ...made, ...(isPartition(partition) ? { partition } : {}) };
  const policies: readonly (readonly [string, PolicyDocument])[] =
    principal === "user"
      ? USER_PROFILES.map((profile) => [profile, userPolicy({ ...options, profile })])
      : ROLE_PROFILES.map((profile) => [profile, rolePolicy({ ...options, profile })]);
  const names = (having: boolean) =>
    policies
      .filter(([, policy]) => allows(policy, action, resource) === having)
      .map(([profile]) => profile)
      .sort((one, other) => (NARROWEST[one] ?? 0) - (NARROWEST[other] ?? 0));
  return { having: names(true), lacking: names(false) };
}

/** Whether a policy allows it; its conditions are those that Remotion's requests keep. */
function allows({ Statement }: PolicyDocument, action: string, resource: string): boolean {
  return Statement.some(
    (statement) =>
      statement.Action.some((allowed) => isSameAction(allowed, action)) &&
      statement.Resource.some((pattern) => matchesGlob(parseGlob(pattern), resource)),
  );
}
