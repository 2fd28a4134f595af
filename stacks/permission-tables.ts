import type { PermissionTable } from "../lib/module/readme-edition.js";
import { BUCKET_GRANTS } from "../lib/remotion/bucket-grants.js";
import { CALLER_LOGS } from "../lib/remotion/caller-logs.js";
import { explainRole, explainUser } from "../lib/remotion/explain.js";
import { ROLE_PROFILES, USER_PROFILES } from "../lib/remotion/profile-names.js";

/** What a user may do, and whatever has the execution-role policy, profile by profile. */
export function userPermissions(title: string): PermissionTable[] {
  return USER_PROFILES.map((profile) => ({
    title: `${title}, with the profile \`${profile}\``,
    rows: explainUser(profile),
  }));
}

/** What Remotion's functions may do, profile by profile. */
export function rolePermissions(title: string): PermissionTable[] {
  return ROLE_PROFILES.map((profile) => ({
    title: `${title}, with the profile \`${profile}\``,
    rows: explainRole(profile),
  }));
}

/** What is granted on output buckets. */
export const grantPermissions: PermissionTable = {
  title: "On the output buckets",
  rows: BUCKET_GRANTS.map((grant) => ({ ...grant, neededBy: [] })),
};

/** What the role of callers may do of itself. */
export const callerRolePermissions: PermissionTable = {
  title: "Of the role itself",
  rows: [{ ...CALLER_LOGS, neededBy: [], option: "logFunctionNames" }],
};
