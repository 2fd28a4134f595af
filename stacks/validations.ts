import type { ValueRule } from "../lib/iam/value-rule.js";
import type { Validation } from "../lib/module/module-variable.js";

/** Refuses a string that breaks the rule. A nullable variable may be null. */
export function stringRule(variable: string, rule: ValueRule, nullable = false): Validation {
  const value = `var.${variable}`;
  const holds = keepsRule(value, rule);
  return {
    condition: `\${${nullable ? `${value} == null || ${holds}` : holds}}`,
    errorMessage: `${variable} ${shownValue(value, rule, nullable)}, which is not ${rule.subject}: ${rule.requirement}`,
  };
}

/** The value as a message shows it, with its verb. Terraform works it out for null, too. */
function shownValue(value: string, { shownLength }: ValueRule, nullable: boolean): string {
  if (shownLength !== undefined) {
    return `begins with \${jsonencode(try(substr(${value}, 0, ${shownLength}), null))}`;
  }
  return nullable ? `is \${jsonencode(${value})}` : `is "\${${value}}"`;
}

/** Refuses a value that is none of the choices. */
export function choiceRule(variable: string, choices: readonly string[]): Validation {
  return {
    condition: `\${contains(${hclStrings(choices)}, var.${variable})}`,
    errorMessage: `${variable} is "\${var.${variable}}": give ${quotedChoices(choices)}.`,
  };
}

/** Refuses a number outside the bounds, both included, or with a fraction. */
export function wholeNumberRule(
  variable: string,
  from: number,
  to: number,
  unit: string,
): Validation {
  const value = `var.${variable}`;
  return {
    condition: `\${${value} >= ${from} && ${value} <= ${to} && floor(${value}) == ${value}}`,
    errorMessage: `${variable} is \${${value}}: give a whole number of ${unit} from ${from} to ${to}.`,
  };
}

/** Refuses a list or map in which some string breaks the rule, and names those that do. */
export function everyRule(
  variable: string,
  rule: ValueRule,
  items: {
    /** Name of the iteration's variable. */
    readonly each: string;
    /** What is iterated over. @default the variable */
    readonly of?: string;
    /** The string of an item. @default the item */
    readonly value?: string;
    /** Subject of the message: "tags has the keys". */
    readonly what: string;
  },
): Validation {
  const { each, of = `var.${variable}`, value = each, what } = items;
  const holds = keepsRule(value, rule);
  const broken = `join(", ", [for ${each} in ${of} : jsonencode(${value}) if !(${holds})])`;
  return {
    condition: everyHolds(each, of, holds),
    errorMessage: `${what} \${${broken}}, not ${rule.subject}: ${rule.requirement}`,
  };
}

/** A condition on every item of a list or map, over three lines. */
export function everyHolds(each: string, of: string, holds: string): string {
  return `\${alltrue([\n  for ${each} in ${of} : ${holds}\n])}`;
}

/** A list of choices as prose: `"a" or "b"`. */
export function quotedChoices(choices: readonly string[]): string {
  return choices.map((choice) => `"${choice}"`).join(" or ");
}

/** Strings as an HCL list. None of them may need escaping. */
export function hclStrings(strings: readonly string[]): string {
  return `[${strings.map((text) => `"${text}"`).join(", ")}]`;
}

/** The rule as an HCL condition on a value: operands of `&&`. */
function keepsRule(value: string, { pattern, forbidden, maxLength }: ValueRule): string {
  const matches = (regex: string) => `can(regex("${regex.replaceAll("\\", "\\\\")}", ${value}))`;
  return [
    matches(pattern),
    ...(forbidden === undefined ? [] : [`!${matches(forbidden)}`]),
    ...(maxLength === undefined ? [] : [`try(length(${value}) <= ${maxLength}, false)`]),
  ].join(" && ");
}
