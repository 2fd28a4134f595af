import type { PermissionTable } from "../lib/module/readme-edition.js";
import type { RemotionApi } from "../lib/remotion/api.js";
import { BUCKET_GRANTS } from "../lib/remotion/bucket-grants.js";
import { ROLE_STATEMENTS } from "../lib/remotion/role-statements.js";
import type { StatementFact } from "../lib/remotion/statement-fact.js";
import { USER_STATEMENTS } from "../lib/remotion/user-statements.js";

/** What a user may do, and whatever has the execution-role policy. */
export function userPermissions(title: string): PermissionTable {
  return { title, rows: rowsOf(USER_STATEMENTS) };
}

/** What Remotion's functions may do. */
export function rolePermissions(title: string): PermissionTable {
  return { title, rows: rowsOf(ROLE_STATEMENTS) };
}

/** What is granted on output buckets. */
export const grantPermissions: PermissionTable = {
  title: "On the output buckets",
  rows: BUCKET_GRANTS,
};

function rowsOf(facts: readonly StatementFact[]): PermissionTable["rows"] {
  return facts.map(({ actions, scope, reason, apis }) => ({
    actions,
    scope,
    reason: `${reason} Needed by ${apis.map(apiName).join(", ")}.`,
  }));
}

function apiName(api: RemotionApi): string {
  return api.endsWith("()") ? `\`${api}\`` : api;
}
