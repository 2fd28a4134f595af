import type { Excess } from "./answer.js";
import { patternsOverlap } from "./patterns-overlap.js";
import { isAllow, listOf, statementsOf } from "./statements.js";
import type { Known } from "./who-is-who.js";

/**
 * What the policies of a principal grant of actions that nobody is to have. A boundary that leaves the action
 * out takes it away, and so does a Deny of it on everything without a condition.
 *
 * @param patterns actions, perhaps with wildcards
 */
export function forbiddenOf(
  { principal, policies }: Known,
  patterns: readonly string[],
): readonly Excess[] {
  if (patterns.length === 0) {
    return [];
  }
  const { boundary } = principal;
  return patterns.flatMap((pattern) => {
    const denied = policies.documents.some((document) =>
      statementsOf(document).some(
        (statement) =>
          statement["Effect"] === "Deny" &&
          statement["Condition"] === undefined &&
          listOf(statement["Resource"]).includes("*") &&
          listOf(statement["Action"]).some((action) => covers(action, pattern)),
      ),
    );
    const withinBoundary =
      boundary?.document === undefined || grantsIn("", boundary.document, pattern).length > 0;
    return denied || !withinBoundary
      ? []
      : principal.policies.flatMap(({ name, document }) => grantsIn(name, document, pattern));
  });
}

function grantsIn(policy: string, document: unknown, pattern: string): Excess[] {
  return statementsOf(document)
    .filter(isAllow)
    .flatMap((statement) => {
      const actions =
        statement["NotAction"] === undefined
          ? listOf(statement["Action"]).filter((action) => overlap(action, pattern))
          : listOf(statement["NotAction"]).some((action) => covers(action, pattern))
            ? []
            : [pattern];
      const resources =
        statement["NotResource"] === undefined
          ? listOf(statement["Resource"])
          : listOf(statement["NotResource"]).map((resource) => `not ${resource}`);
      return actions.flatMap((action) =>
        resources.map((resource) => ({ policy, action, resource })),
      );
    });
}

function overlap(one: string, other: string): boolean {
  return patternsOverlap(one.toLowerCase(), other.toLowerCase());
}

/** Whether a pattern takes all that another one takes, told by the plain forms that cover. */
function covers(wide: string, narrow: string): boolean {
  const [one, other] = [wide.toLowerCase(), narrow.toLowerCase()];
  return one === "*" || one === other || (one.endsWith("*") && other.startsWith(one.slice(0, -1)));
}
