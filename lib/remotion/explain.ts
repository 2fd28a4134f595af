import { type Actor, API_ROWS, apiName } from "./api-calls.js";
import { OPTION_STATEMENTS, PROFILES_WITHOUT_OPTIONS } from "./option-statements.js";
import type { RoleProfile, UserProfile } from "./profile-names.js";
import { roleStatements, userStatements } from "./profiles.js";
import type { StatementFact } from "./statement-fact.js";

/** What one statement of a policy is for. */
export interface Explanation {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly scope: string;
  readonly reason: string;
  /** The Remotion APIs and commands that need any of the actions. */
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
  profile: string,
  principal: "user" | "role",
  actors: readonly Actor[],
): Explanation[] {
  const statements = facts.map(({ sid, actions, scope, reason }) => ({
    sid,
    actions,
    scope,
    reason,
    neededBy: apisNeeding(actions, actors),
  }));
  const usable = PROFILES_WITHOUT_OPTIONS.includes(profile) ? [] : OPTION_STATEMENTS;
  const options = usable
    .filter((option) => option.principal === principal)
    .map(({ sid, actions, scope, reason, option }) => ({
      sid,
      actions,
      scope,
      reason,
      neededBy: apisNeeding(actions, actors),
      option,
    }));
  return [...statements, ...options];
}

/** The APIs that make one of these calls, in alphabetical order. */
function apisNeeding(actions: readonly string[], actors: readonly Actor[]): string[] {
  const rows = API_ROWS.filter(
    ({ actor, calls }) =>
      actors.includes(actor) && calls.some(({ action }) => actions.includes(action)),
  );
  return [...new Set(rows.map(({ api }) => apiName(api)))].sort();
}
