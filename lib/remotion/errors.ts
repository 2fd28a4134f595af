import type { ValueRule } from "../iam/value-rule.js";

/** An option does not keep AWS's rule for it. */
export function invalidOption(option: string, value: unknown, rule: ValueRule): Error {
  return new Error(
    `${option} is ${JSON.stringify(value)}, which is not ${rule.subject}: ${rule.requirement}`,
  );
}

/** An option is not one of the values that it can have. */
export function unknownChoice(option: string, value: unknown, choices: readonly string[]): Error {
  const list = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  return new Error(`${option} is ${JSON.stringify(value)}: give ${list}.`);
}
