import { quotedChoices, shown } from "./shown.js";
import type { ValueRule } from "./value-rule.js";

/*
 * What is said of values from outside: where the value is, what it is, and what it should be. `where`
 * is its path, behind the construct's where there is one.
 */

/** A value does not keep AWS's rule for it. */
export function brokenRule(where: string, value: unknown, rule: ValueRule): Error {
  const { shownLength } = rule;
  const verb = shownLength === undefined || typeof value !== "string" ? "is" : "begins with";
  const text = typeof value === "string" ? shown(value.slice(0, shownLength)) : shown(value);
  return new Error(`${where} ${verb} ${text}, which is not ${rule.subject}: ${rule.requirement}`);
}

/** A value is not one of those that there are. */
export function unknownChoice(where: string, value: unknown, choices: readonly string[]): Error {
  const list = quotedChoices(choices);
  return new Error(`${where} is ${shown(value)}: give ${list}.`);
}

/** There is no such prop. */
export function unknownProp(where: string, value: unknown, known: readonly string[]): Error {
  return new Error(
    `${where} is ${shown(value)}, and there is no such prop: there are ${known.join(", ")}.`,
  );
}

/** A value is of another type than it can be. */
export function wrongKind(where: string, value: unknown, expected: string): Error {
  return new Error(`${where} is ${shown(value)}: give ${expected}.`);
}

/** A number is out of bounds, has a fraction, or is none. */
export function wrongNumber(where: string, value: unknown, from: number, to: number): Error {
  return new Error(`${where} is ${shown(value)}: give a whole number from ${from} to ${to}.`);
}

/** There are more tags than AWS allows on one thing. */
export function tooManyTags(where: string, count: number, quota: number): Error {
  return new Error(
    `${where} has ${count} tags, and AWS allows ${quota} on a user, role or policy: leave some out.`,
  );
}
