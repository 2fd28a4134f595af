import type { Answer } from "./answer.js";
import { invalidEffect, invalidSid, needsExactlyOne, notStringList } from "./errors.js";
import type { NamedTexts, Texts } from "./statement-syntax.js";
import { UnknownPart } from "./unknown-part.js";

/** What a statement does where it applies; one that is not told may do either. */
export type Effect = "Allow" | "Deny" | "Allow or Deny";

/** A statement's effect, and what is not told of it. */
export interface ToldEffect {
  readonly effect: Effect;
  readonly doubt: UnknownPart | undefined;
}

/** The effect, or either of them where it is not told. */
export function effectOf(value: unknown, where: string): ToldEffect {
  if (value instanceof UnknownPart) {
    return { effect: "Allow or Deny", doubt: value };
  }
  if (value !== "Allow" && value !== "Deny") {
    throw invalidEffect(where, value);
  }
  return { effect: value, doubt: undefined };
}

/** The id, or undefined when there is none; an empty one, which older tools write, is none. */
export function statementId(sid: unknown, where: string): string | undefined {
  if (sid === undefined || sid === "" || sid instanceof UnknownPart) {
    return undefined;
  }
  if (typeof sid !== "string" || !/^[A-Za-z0-9]+$/.test(sid)) {
    throw invalidSid(where, sid);
  }
  return sid;
}

/** The texts of the one of two elements that a statement has. */
export function oneOf(
  statement: Readonly<Record<string, unknown>>,
  element: string,
  negatedElement: string,
  where: string,
): NamedTexts {
  const plain = statement[element];
  const negated = statement[negatedElement];
  if ((plain === undefined) === (negated === undefined)) {
    throw needsExactlyOne(where, element, negatedElement);
  }
  const site = `${where}.${plain === undefined ? negatedElement : element}`;
  return {
    texts: textsOf(plain === undefined ? negated : plain, site),
    negated: plain === undefined,
    where: site,
  };
}

/** A string or a list of strings, with what is not told of them. */
export function textsOf(value: unknown, where: string): Texts {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    throw notStringList(where, value);
  }
  return list.map((entry) => {
    if (typeof entry !== "string" && !(entry instanceof UnknownPart)) {
      throw notStringList(where, value);
    }
    return entry;
  });
}

/** An answer that may also be the other way, where it is not no. */
export function inDoubt(answer: Answer, doubt: UnknownPart): Answer {
  if (answer === false) {
    return false;
  }
  return answer === true ? [doubt] : [doubt, ...answer];
}
