import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import type { Excess, Finding } from "./answer.js";
import { patternsOverlap } from "./patterns-overlap.js";
import { isAllow, listOf, statementsOf } from "./statements.js";
import type { VerifyOptions } from "./verify-options.js";
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
      boundary?.document === undefined ||
      unknownIn(boundary.document, ACTIONS).length > 0 ||
      grantsIn("", boundary.document, pattern).length > 0;
    return denied || !withinBoundary
      ? []
      : principal.policies.flatMap(({ name, document }) => grantsIn(name, document, pattern));
  });
}

/**
 * What keeps from telling what else a principal is granted than the report says; nothing where nobody asks.
 *
 * @param forbid actions that nobody is to have, wherever
 * @param excessFails whether all that is granted has to be told, resources included
 */
export function grantsUntold(
  { principal }: Known,
  { forbid, excessFails = false }: Pick<VerifyOptions, "forbid" | "excessFails">,
): readonly Finding[] {
  const asked = [
    ...(forbid.length === 0 ? [] : [`has ${forbid.join(", ")} (--forbid)`]),
    ...(excessFails ? ["has more than its profile (--fail-on excess)"] : []),
  ];
  if (asked.length === 0) {
    return [];
  }
  const elements = excessFails ? [...ACTIONS, ...RESOURCES] : ACTIONS;
  const [open] = [
    ...principal.unread,
    ...principal.policies.flatMap(({ document }) => unknownIn(document, elements)),
  ];
  return open === undefined
    ? []
    : [
        {
          answer: "untold",
          sentence: `whether it ${asked.join(" or ")}: ${open.cause}`,
          give: open.give,
        },
      ];
}

const ACTIONS = ["Effect", "Action", "NotAction"];
const RESOURCES = ["Resource", "NotResource"];

/** What is not told of what a document allows: whole statements, and these elements of them. */
function unknownIn(document: unknown, elements: readonly string[]): readonly UnknownPart[] {
  const parts = (value: unknown) =>
    [value].flat().filter((part): part is UnknownPart => part instanceof UnknownPart);
  if (document instanceof UnknownPart) {
    return [document];
  }
  const all =
    typeof document === "object" && document !== null && "Statement" in document
      ? document.Statement
      : undefined;
  return [
    ...parts(all),
    ...statementsOf(document)
      .filter(({ Effect }) => Effect !== "Deny")
      .flatMap((statement) => elements.flatMap((element) => parts(statement[element]))),
  ];
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
          ? resourcesOf(statement["Resource"])
          : listOf(statement["NotResource"]).map((resource) => `not ${resource}`);
      return actions.flatMap((action) =>
        resources.map((resource) => ({ policy, action, resource })),
      );
    });
}

/** What a statement names; what is not told of it is something, too. */
function resourcesOf(resource: unknown): string[] {
  return [resource]
    .flat()
    .flatMap((one) =>
      one instanceof UnknownPart
        ? [one.pieces?.join("…") ?? "a resource that is not told"]
        : listOf(one),
    );
}

function overlap(one: string, other: string): boolean {
  return patternsOverlap(one.toLowerCase(), other.toLowerCase());
}

/** Whether a pattern takes all that another one takes, told by the plain forms that cover. */
function covers(wide: string, narrow: string): boolean {
  const [one, other] = [wide.toLowerCase(), narrow.toLowerCase()];
  return one === "*" || one === other || (one.endsWith("*") && other.startsWith(one.slice(0, -1)));
}
