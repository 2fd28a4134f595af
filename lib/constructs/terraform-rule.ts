import { quotedChoices } from "../iam/shown.js";
import type { ValueRule } from "../iam/value-rule.js";

/*
 * Rules as Terraform checks them: by a module's validations, and by a resource's preconditions where
 * a construct is given a token. Both say the same of the same value.
 */

/** A rule that Terraform checks. Both are Terraform strings: `${…}` is an expression. */
export interface TerraformRule {
  /** Must be true. */
  readonly condition: string;
  /** Names the value, the rule and the way out. */
  readonly errorMessage: string;
  /** What the condition does not say by itself, for the reader of the Terraform. @default nothing */
  readonly comment?: string;
  /** What it refuses, and no other rule of the same value does. @default nothing */
  readonly refused?: RefusedValue;
}

/** What a rule refuses. */
interface RefusedValue {
  /** The whole value, in Terraform's JSON syntax. */
  readonly value: TerraformValue;
  /** What Terraform then says. */
  readonly message: string;
}

/** A value in Terraform's JSON syntax: in a string, `${…}` is an expression. */
export type TerraformValue =
  | null
  | boolean
  | number
  | string
  | readonly TerraformValue[]
  | { readonly [name: string]: TerraformValue };

/** A value that Terraform checks. */
export interface CheckedValue {
  /** What a message calls it. */
  readonly name: string;
  /** The value in HCL, as in `var.name`. */
  readonly value: string;
  /** Null keeps the rule. @default false */
  readonly nullable?: boolean;
}

/** Refuses a string that breaks the rule. */
export function textRule({ name, value, nullable }: CheckedValue, rule: ValueRule): TerraformRule {
  const { note, refused, shownLength } = rule;
  const holds = holdsRule(value, rule, nullable === true);
  const rest = `, which is not ${rule.subject}: ${rule.requirement}`;
  const shown = refused && JSON.stringify(refused.pattern.slice(0, shownLength));
  const verb = shownLength === undefined ? "is" : "begins with";
  return {
    condition: `\${${nullable ? `${value} == null || ${holds}` : holds}}`,
    errorMessage: `${name} ${shownValue(value, rule, nullable)}${rest}`,
    ...(note === undefined ? {} : { comment: note }),
    ...(refused === undefined
      ? {}
      : { refused: { value: refused.pattern, message: `${name} ${verb} ${shown}${rest}` } }),
  };
}

/** The value as a message shows it, with its verb. Terraform works it out for null, too. */
function shownValue(value: string, { shownLength }: ValueRule, nullable = false): string {
  if (shownLength !== undefined) {
    return `begins with \${jsonencode(try(substr(${value}, 0, ${shownLength}), null))}`;
  }
  return nullable ? `is \${jsonencode(${value})}` : `is "\${${value}}"`;
}

/** None of any choices. */
export const NO_CHOICE = "other";

/** Refuses a value that is none of the choices. */
export function choiceRule(
  { name, value }: CheckedValue,
  choices: readonly string[],
): TerraformRule {
  const rest = `: give ${quotedChoices(choices)}.`;
  return {
    condition: `\${contains(${hclStrings(choices)}, ${value})}`,
    errorMessage: `${name} is "\${${value}}"${rest}`,
    refused: { value: NO_CHOICE, message: `${name} is "${NO_CHOICE}"${rest}` },
  };
}

/** Refuses a number outside the bounds, both included, or with a fraction. */
export function wholeNumberRule(
  { name, value }: CheckedValue,
  from: number,
  to: number,
  unit: string,
): TerraformRule {
  const rest = `: give a whole number of ${unit} from ${from} to ${to}.`;
  return {
    condition: `\${${value} >= ${from} && ${value} <= ${to} && floor(${value}) == ${value}}`,
    errorMessage: `${name} is \${${value}}${rest}`,
    refused: { value: from - 1, message: `${name} is ${from - 1}${rest}` },
  };
}

/** The strings in a list or map. */
export interface CheckedItems {
  /** Name of the iteration's variable. */
  readonly each: string;
  /** Names of the iteration's variables in the message, where it shows another one: `name, status`. @default each */
  readonly named?: string;
  /** What a message shows of an item. @default the item as JSON */
  readonly shown?: string;
  /** What is iterated over: the strings. */
  readonly of: string;
  /** Subject of the message: "tags has invalid keys". */
  readonly what: string;
  /** Null keeps the rule. @default false */
  readonly nullable?: boolean;
  /** The whole value in which one of the strings is this one. @default no example of what is refused */
  readonly holding?: (text: string) => TerraformValue;
  /** How a message shows that string. @default as JSON */
  readonly shownIn?: (text: string) => string;
}

/**
 * Refuses a list or map in which some string breaks the rule, and names those that do: a rule for what a string must
 * match, and one for what it must not, which null never does.
 */
export function everyRule(
  rule: ValueRule,
  { nullable = false, holding, shownIn, ...items }: CheckedItems,
): TerraformRule[] {
  const { forbidden, requirement, refused } = rule;
  const { patternRequirement = requirement, forbiddenBecause = requirement } = rule;
  const { each } = items;
  const example = (text: string | undefined) => exampleOf(text, holding, shownIn);
  return [
    {
      ...itemsRule({
        ...items,
        ...example(refused?.pattern),
        ...(nullable ? { only: `${each} != null` } : {}),
        holds: holdsRule(each, { ...rule, forbidden: undefined }),
        wayOut: patternRequirement,
      }),
      ...(rule.note === undefined ? {} : { comment: rule.note }),
    },
    ...(forbidden === undefined
      ? []
      : [
          itemsRule({
            ...items,
            ...example(refused?.forbidden),
            holds: `!${matches(each, forbidden)}`,
            wayOut: forbiddenBecause,
          }),
        ]),
  ];
}

/** A whole value with one item that is refused, and how a message shows that item. */
interface RefusedItem {
  readonly value: TerraformValue;
  readonly shown: string;
}

/**
 * The example of an item that a rule refuses; nothing where the rule names none, or no value is made of it.
 *
 * @param shownIn how a message shows it. @default as JSON
 */
export function exampleOf(
  text: string | undefined,
  holding: CheckedItems["holding"],
  shownIn: (text: string) => string = (shown) => JSON.stringify(shown),
): { readonly refused?: RefusedItem } {
  return text === undefined || holding === undefined
    ? {}
    : { refused: { value: holding(text), shown: shownIn(text) } };
}

/** The same with what a rule's message says around the item. */
export function refusedBy(
  refused: RefusedItem | undefined,
  what: string,
  rest: string,
): Pick<TerraformRule, "refused"> {
  return refused === undefined
    ? {}
    : { refused: { value: refused.value, message: `${what}: ${refused.shown}${rest}` } };
}

/** What must hold of every item of a list or map. */
export interface ItemsRule extends Omit<CheckedItems, "nullable" | "holding" | "shownIn"> {
  /** The condition on an item. */
  readonly holds: string;
  /** Of which items. @default all */
  readonly only?: string;
  /** The rest of the message, from the rule on. */
  readonly wayOut: string;
  /** There may be thousands of them. @default false */
  readonly many?: boolean;
  /** One of which the condition does not hold. @default none */
  readonly refused?: RefusedItem;
}

/**
 * Refuses a list or map in which the condition does not hold of every item, and names those of which it does not.
 */
export function itemsRule(rule: ItemsRule): TerraformRule {
  const { each, of, only, holds, what, wayOut, many = false } = rule;
  const { named = each, shown = `jsonencode(${each})`, refused } = rule;
  const isWrong = [...(only === undefined ? [] : [only]), negated(holds)].join(" && ");
  const wrong = `[for ${named} in ${of} : ${shown} if ${isWrong}]`;
  const rest = `. ${sentence(wayOut)}`;
  return {
    // A function like alltrue makes a list of what a for gives, whose types Terraform compares, each with every other.
    condition: many
      ? `\${length([for ${each} in ${of} : ${each} if ${isWrong}]) == 0}`
      : `\${alltrue([for ${each} in ${of} : ${holds}${only === undefined ? "" : ` if ${only}`}])}`,
    errorMessage: `${what}: \${join(", ", ${wrong})}${rest}`,
    ...refusedBy(refused, what, rest),
  };
}

/** Refuses a list of strings in which some break the rule. @param each what a string is called */
export function listRule(
  { name, value }: CheckedValue,
  rule: ValueRule,
  each = "value",
): TerraformRule[] {
  return everyRule(rule, {
    each,
    of: value,
    what: `${name} has invalid values`,
    holding: (text) => [text],
  });
}

/** How many numbers stand on a line. */
const NUMBERS_IN_LINE = 20;

/**
 * The items that an expression makes of the first numbers, as the variables of a test have them: OpenTofu 1.9 calls no
 * function there, such as `range`.
 *
 * @param made what stands behind the colon of the `for`
 */
export function forFirstNumbers(count: number, made: string): string {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const lines = numbers
    .filter((number) => number % NUMBERS_IN_LINE === 0)
    .map((start) => `    ${numbers.slice(start, start + NUMBERS_IN_LINE).join(", ")},\n`);
  return `\n  for number in [\n${lines.join("")}  ] : ${made}\n`;
}

/** That a text is one of some. What is null is none: `contains` fails of it. */
export function isOneOf(choices: readonly string[], value: string): string {
  return `try(contains(${hclStrings(choices)}, ${value}), false)`;
}

/** Strings as an HCL list. */
export function hclStrings(strings: readonly string[]): string {
  return `[${strings.map((text) => `"${inQuotes(text)}"`).join(", ")}]`;
}

/** That a condition does not hold; a single call or value needs no brackets for that. */
function negated(condition: string): string {
  const isSimple =
    /^!?((can|try)\(.*\)$|[a-z_.]+$)/.test(condition) && !/ (&&|\|\|) /.test(condition);
  return isSimple ? `!${condition}`.replace(/^!!/, "") : `!(${condition})`;
}

/**
 * The rule as an HCL condition on a value: operands of `&&`.
 *
 * @param mayBeNull `length` knows no null, and Terraform works out all operands. @default true
 */
function holdsRule(
  value: string,
  {
    pattern,
    forbidden,
    maxLength,
  }: Pick<ValueRule, "pattern" | "maxLength"> & {
    readonly forbidden?: string | undefined;
  },
  mayBeNull = true,
): string {
  const isShort = `length(${value}) <= ${maxLength}`;
  return [
    matches(value, pattern),
    ...(forbidden === undefined ? [] : [`!${matches(value, forbidden)}`]),
    ...(maxLength === undefined ? [] : [mayBeNull ? `try(${isShort}, false)` : isShort]),
  ].join(" && ");
}

/** That a value matches a pattern; null does not. */
function matches(value: string, pattern: string): string {
  return `can(regex("${pattern.replaceAll("\\", "\\\\")}", ${value}))`;
}

/** A text as it stands between quotes in HCL. */
export function inQuotes(text: string): string {
  return text.replaceAll(/["\\]/g, "\\$&");
}

/** The rest of a message as a sentence of its own. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
