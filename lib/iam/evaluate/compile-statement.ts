import { actionMatcher } from "./action-matcher.js";
import { type Answer, both } from "./answer.js";
import { conditionMatcher } from "./condition-matcher.js";
import { notAnObject, principalNotAllowed, unknownElement } from "./errors.js";
import { isJsonObject } from "./json-object.js";
import type { TextSyntax } from "./policy-text.js";
import type { PreparedRequest } from "./request.js";
import { resourceMatcher } from "./resource-matcher.js";
import { type Effect, effectOf, inDoubt, oneOf, statementId } from "./statement-elements.js";
import type { StatementSyntax } from "./statement-syntax.js";
import { UnknownPart } from "./unknown-part.js";

/** A statement that has been checked and made ready for many requests. */
export interface CompiledStatement {
  /** Its place in the policy, from 0. */
  readonly index: number;
  /** Its id, when it has one. */
  readonly sid?: string;
  readonly effect: Effect;
  /**
   * Whether the statement is about this action, in lower case, on whatever resource, or may be, as
   * far as it is told.
   */
  readonly concerns: (action: string) => boolean;
  /** Whether the statement is about this request, conditions included. */
  readonly applies: (request: PreparedRequest) => Answer;
  /** Sentences about what IAM takes in it and nothing ever matches. @default none */
  readonly remarks?: readonly string[];
}

const ELEMENTS = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

/**
 * Checks one statement of an identity policy or permissions boundary and makes it ready.
 *
 * @param statement the statement, from wherever; may hold an `UnknownPart` in any place, or be one
 * @param where what it is, as it begins an error message
 * @throws PolicyError when it is not a statement of such a policy
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
export function compileStatement(
  statement: unknown,
  index: number,
  { variables }: Pick<TextSyntax, "variables">,
  where: string,
): CompiledStatement {
  if (statement instanceof UnknownPart) {
    return unknownStatement(statement, index);
  }
  if (!isJsonObject(statement)) {
    throw notAnObject(where, statement);
  }
  checkElements(statement, where);
  const { effect, doubt } = effectOf(statement["Effect"], `${where}.Effect`);
  const sid = statementId(statement["Sid"], `${where}.Sid`);
  const remarks: string[] = [];
  const remark = (sentence: string): void => void remarks.push(sentence);
  const syntax: StatementSyntax = { variables, allows: effect === "Allow", remark };
  const matchesAction = actionMatcher(oneOf(statement, "Action", "NotAction", where), syntax);
  const resources = oneOf(statement, "Resource", "NotResource", where);
  const matchesResource = resourceMatcher(resources, syntax);
  const { Condition: condition } = statement;
  const fulfils =
    condition === undefined ? undefined : conditionMatcher(condition, syntax, `${where}.Condition`);
  const applies = (request: PreparedRequest): Answer => {
    const action = matchesAction(request.action);
    if (action === false) {
      return false;
    }
    const resource = matchesResource(request);
    if (resource === false || fulfils === undefined) {
      return both(action, resource);
    }
    return both(both(action, resource), fulfils(request.context));
  };
  return {
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    concerns: (action) => matchesAction(action) !== false,
    applies: doubt === undefined ? applies : (request) => inDoubt(applies(request), doubt),
    ...(remarks.length === 0 ? {} : { remarks }),
  };
}

function checkElements(statement: Readonly<Record<string, unknown>>, where: string): void {
  for (const key of Object.keys(statement)) {
    if (key === "Principal" || key === "NotPrincipal") {
      throw principalNotAllowed(`${where}.${key}`);
    }
    if (!ELEMENTS.some((element) => element === key)) {
      throw unknownElement(where, key, ELEMENTS);
    }
  }
}

/** A statement of which nothing is told: it may allow and deny anything. */
function unknownStatement(part: UnknownPart, index: number): CompiledStatement {
  const doubts = [part];
  return { index, effect: "Allow or Deny", concerns: () => true, applies: () => doubts };
}
