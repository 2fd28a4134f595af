import { type Actor, API_ROWS, type ApiCall, type ApiRow, apiName } from "./api-calls.js";
import { OPTION_STATEMENTS, PROFILES_WITHOUT_OPTIONS } from "./option-statements.js";
import type { RoleProfile, UserProfile } from "./profile-names.js";
import { covers, profileRows, roleStatements, userStatements } from "./profiles.js";
import type { StatementFact } from "./statement-fact.js";

/** What one statement of a policy is for. */
export interface Explanation {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly scope: string;
  readonly reason: string;
  /** The Remotion APIs and commands that make one of these calls, of those that the profile is for. */
  readonly neededBy: readonly string[];
  /** The option that the statement is there for; undefined where it always is. */
  readonly option?: string;
}

/**
 * What the policy of a user, or of a caller, is for, statement by statement, options last.
 *
 * @param statements the policy's. @default those of the newest release
 */
export function explainUser(
  profile: UserProfile,
  statements = userStatements(profile),
): Explanation[] {
  return explain(statements, profile, "user", ["deployer", "caller", "either"]);
}

/**
 * What the policy of the role that Remotion's functions run as is for.
 *
 * @param statements the policy's. @default those of the newest release
 */
export function explainRole(
  profile: RoleProfile,
  statements = roleStatements(profile),
): Explanation[] {
  return explain(statements, profile, "role", ["function"]);
}

function explain(
  facts: readonly StatementFact[],
  profile: UserProfile | RoleProfile,
  principal: "user" | "role",
  actors: readonly Actor[],
): Explanation[] {
  const rows =
    profile === "full"
      ? API_ROWS.filter(({ actor }) => actors.includes(actor))
      : profileRows(profile);
  const statements = facts.map(({ sid, actions, scope, reason, calledOn }) => ({
    sid,
    actions,
    scope,
    reason,
    neededBy: apisMaking(rows, ({ action, resource }) => {
      const isThere = calledOn?.some((wide) => wide === resource || covers(wide, resource)) ?? true;
      return isThere && actions.includes(action);
    }),
  }));
  const usable = PROFILES_WITHOUT_OPTIONS.includes(profile) ? [] : OPTION_STATEMENTS;
  const options = usable
    .filter((option) => option.principal === principal)
    .map(({ sid, actions, scope, reason, option, callOption }) => ({
      sid,
      actions,
      scope,
      reason,
      neededBy: apisMaking(rows, (call) => call.option === callOption),
      option,
    }));
  return [...statements, ...options];
}

/** The APIs that make one of some calls, in alphabetical order. */
function apisMaking(rows: readonly ApiRow[], isOne: (call: ApiCall) => boolean): string[] {
  const making = rows.filter(({ calls }) => calls.some(isOne));
  return [...new Set(making.map(({ api }) => apiName(api)))].sort();
}
