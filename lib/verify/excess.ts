import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import type { PolicyDocument } from "../iam/policy-document.js";
import { allowStatements, listOf, type WrittenStatement } from "./statements.js";

/** Something that a policy allows and its profile does not. */
export interface Excess {
  readonly policy: string;
  /** An action or a pattern of actions; after "not " where a statement allows all but it. */
  readonly action: string;
  /** A resource or a pattern of resources, likewise. */
  readonly resource: string;
}

/**
 * What the Allow statements of a policy name and the reference does not cover, pair by pair. A pattern
 * is covered by the same pattern, or by a wider one; conditions are not looked at.
 */
export function excessOf(policy: string, document: unknown, reference: PolicyDocument): Excess[] {
  return allowStatements(document).flatMap((statement) => {
    const actions = named(statement, "Action");
    const resources = named(statement, "Resource");
    return actions.flatMap((action) =>
      resources
        .filter((resource) => !isCovered(action, resource, reference))
        .map((resource) => ({ policy, action, resource })),
    );
  });
}

function isCovered(action: string, resource: string, { Statement }: PolicyDocument): boolean {
  return Statement.some(
    ({ Action, Resource }) =>
      Action.some((known) => covers(known.toLowerCase(), action.toLowerCase())) &&
      Resource.some((known) => covers(known, resource)),
  );
}

/** Whether a pattern matches whatever the other one matches: its stars take the other's stars. */
function covers(wide: string, narrow: string): boolean {
  return matchesGlob(parseGlob(wide), narrow);
}

function named(statement: WrittenStatement, element: string): string[] {
  const all = listOf(statement[element]);
  const except = listOf(statement[`Not${element}`]).map((value) => `not ${value}`);
  return [...all, ...except];
}
