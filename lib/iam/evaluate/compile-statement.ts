import { actionMatcher } from "./action-matcher.js";
import { conditionMatcher } from "./condition-matcher.js";
import {
  invalidEffect,
  invalidSid,
  needsExactlyOne,
  notAnObject,
  notStringList,
  principalNotAllowed,
  unknownElement,
} from "./errors.js";
import { isJsonObject } from "./json-object.js";
import type { TextSyntax } from "./policy-text.js";
import type { PreparedRequest } from "./request.js";
import { resourceMatcher } from "./resource-matcher.js";

/** A statement that has been checked and made ready for many requests. */
export interface CompiledStatement {
  /** Its place in the policy, from 0. */
  readonly index: number;
  /** Its id, when it has one. */
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** Whether the statement is about this action, in lower case, on whatever resource. */
  readonly concerns: (action: string) => boolean;
  /** Whether the statement is about this request, conditions included. */
  readonly applies: (request: PreparedRequest) => boolean;
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
 * @param statement the statement, from wherever
 * @param where what it is, as it begins an error message
 * @throws PolicyError when it is not a statement of such a policy
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html
 */
export function compileStatement(
  statement: unknown,
  index: number,
  syntax: Pick<TextSyntax, "variables">,
  where: string,
): CompiledStatement {
  if (!isJsonObject(statement)) {
    throw notAnObject(where, statement);
  }
  for (const key of Object.keys(statement)) {
    if (key === "Principal" || key === "NotPrincipal") {
      throw principalNotAllowed(`${where}.${key}`);
    }
    if (!ELEMENTS.some((element) => element === key)) {
      throw unknownElement(where, key, ELEMENTS);
    }
  }
  const { Effect: effect, Sid, Condition } = statement;
  if (effect !== "Allow" && effect !== "Deny") {
    throw invalidEffect(`${where}.Effect`, effect);
  }
  const sid = statementId(Sid, `${where}.Sid`);
  const action = oneOf(statement, "Action", "NotAction", where);
  const resource = oneOf(statement, "Resource", "NotResource", where);
  const matchesAction = actionMatcher(action.patterns, action.where);
  const matchesResource = resourceMatcher(resource.patterns, syntax, resource.where);
  const fulfils =
    Condition === undefined ? undefined : conditionMatcher(Condition, syntax, `${where}.Condition`);
  const concerns = (name: string) => matchesAction(name) !== action.negated;
  return {
    index,
    ...(sid === undefined ? {} : { sid }),
    effect,
    concerns,
    applies: (request) =>
      concerns(request.action) &&
      matchesResource(request) !== resource.negated &&
      (fulfils === undefined || fulfils(request.context)),
  };
}

/** The id, or undefined when there is none; an empty one, which older tools write, is none. */
function statementId(sid: unknown, where: string): string | undefined {
  if (sid === undefined || sid === "") {
    return undefined;
  }
  if (typeof sid !== "string" || !/^[A-Za-z0-9]+$/.test(sid)) {
    throw invalidSid(where, sid);
  }
  return sid;
}

interface Patterns {
  readonly patterns: readonly string[];
  readonly negated: boolean;
  readonly where: string;
}

function oneOf(
  statement: Readonly<Record<string, unknown>>,
  element: string,
  negatedElement: string,
  where: string,
): Patterns {
  const plain = statement[element];
  const negated = statement[negatedElement];
  if ((plain === undefined) === (negated === undefined)) {
    throw needsExactlyOne(where, element, negatedElement);
  }
  const name = plain === undefined ? negatedElement : element;
  const site = `${where}.${name}`;
  return {
    patterns: stringList(plain === undefined ? negated : plain, site),
    negated: plain === undefined,
    where: site,
  };
}

function stringList(value: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    throw notStringList(where, value);
  }
  return list.map((entry) => {
    if (typeof entry !== "string") {
      throw notStringList(where, value);
    }
    return entry;
  });
}
