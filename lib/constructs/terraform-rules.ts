import { QUOTAS } from "../iam/quotas.js";
import {
  BUCKET_NAME,
  KEY_PREFIX,
  KMS_KEY_ARN,
  OIDC_AUDIENCE,
  OIDC_CLAIM_VALUE,
  OIDC_OWNER,
  OIDC_PROVIDER_ARN,
  OIDC_SUBJECT,
  TAG_KEY,
  TAG_VALUE,
} from "../iam/rules.js";
import { quotedChoices } from "../iam/shown.js";
import type { ValueRule } from "../iam/value-rule.js";
import { BUCKET_ACCESSES, CALLER_ACCESSES, WRITER_ACCESSES } from "../remotion/output-bucket.js";

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
type TerraformValue =
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
const NO_CHOICE = "other";

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
  { nullable = false, holding, shownIn = (text) => JSON.stringify(text), ...items }: CheckedItems,
): TerraformRule[] {
  const { forbidden, requirement, refused } = rule;
  const { patternRequirement = requirement, forbiddenBecause = requirement } = rule;
  const { each } = items;
  const example = (text: string | undefined) =>
    text === undefined || holding === undefined
      ? {}
      : { refused: { value: holding(text), shown: shownIn(text) } };
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
  /** A whole value with one item of which the condition does not hold, and how a message shows that item. @default none */
  readonly refused?: { readonly value: TerraformValue; readonly shown: string };
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
    ...(refused === undefined
      ? {}
      : { refused: { value: refused.value, message: `${what}: ${refused.shown}${rest}` } }),
  };
}

/** Strings of which there may be thousands. */
type ManyStrings = Pick<CheckedItems, "of" | "what" | "holding">;

/** Strings that a message names at most where there may be thousands. */
const MOST_SHOWN = 10;

/** Why they are looked at in another way than in other lists, for the reader of the Terraform. */
const AS_ONE_TEXT = `Terraform compiles a pattern with every call, and works messages out even of what is right: so the names are one text in JSON, from which the right ones are taken out. The message has ${MOST_SHOWN} wrong ones at most; they are the only item of a list, whose for gives them a name.`;

/** A string in JSON, or none. */
const JSON_STRING = '"(?:[^"\\\\]|\\\\.)*"|null';

/**
 * Says what {@link everyRule} says, of thousands of strings, without a call for each.
 *
 * @param rule with its length in its pattern
 */
function everyOfManyRule(
  rule: ValueRule & { readonly maxLength?: never },
  { of, what, holding }: ManyStrings,
): TerraformRule[] {
  const { pattern, forbidden, requirement, refused } = rule;
  const { patternRequirement = requirement, forbiddenBecause = requirement } = rule;
  const all = `jsonencode(${of})`;
  const others = `replace(${all}, "/${inQuotes(inJson(pattern))},?/", "")`;
  const example = (text: string | undefined) =>
    text === undefined || holding === undefined
      ? {}
      : { refused: { value: holding(text), shown: JSON.stringify(text) } };
  const forbiddenOnes = `regexall(join("|", ${hclStrings(alternatives(forbidden ?? "").map(inJson))}), ${all})`;
  return [
    {
      ...wrongOnesRule({
        condition: `${others} == "[]"`,
        wrong: `regexall("${inQuotes(JSON_STRING)}", ${others})`,
        what,
        wayOut: patternRequirement,
        ...example(refused?.pattern),
      }),
      comment: AS_ONE_TEXT,
    },
    ...(forbidden === undefined
      ? []
      : [
          wrongOnesRule({
            condition: `length(${forbiddenOnes}) == 0`,
            wrong: forbiddenOnes,
            what,
            wayOut: forbiddenBecause,
            ...example(refused?.forbidden),
          }),
        ]),
  ];
}

/** A condition, and how the strings that break it are named. */
interface WrongOnesRule extends Pick<ItemsRule, "what" | "wayOut" | "refused"> {
  readonly condition: string;
  /** Those that break it, in JSON: an expression for a list. */
  readonly wrong: string;
}

function wrongOnesRule({ condition, wrong, what, wayOut, refused }: WrongOnesRule): TerraformRule {
  const rest = `. ${sentence(wayOut)}`;
  return {
    condition: `\${${condition}}`,
    errorMessage: `\${join("", [for wrong in [${wrong}] : "${inQuotes(what)}: ${SHOWN}${inQuotes(rest)}"])}`,
    ...(refused === undefined
      ? {}
      : { refused: { value: refused.value, message: `${what}: ${refused.shown}${rest}` } }),
  };
}

/** The first of those that are wrong, and how many more there are. */
const SHOWN = [
  `\${join(", ", slice(wrong, 0, min(${MOST_SHOWN}, length(wrong))))}`,
  `\${length(wrong) > ${MOST_SHOWN} ? " and \${length(wrong) - ${MOST_SHOWN}} more" : ""}`,
].join("");

/**
 * A pattern for a whole string of a list in JSON, in place of one for the string: with its quotes, up to which it reaches
 * where it has no anchor, and without a group of its own.
 */
function inJson(pattern: string): string {
  const [, start, inner = "", end] = /^(\^?)(.*?)(\$?)$/s.exec(pattern) ?? [];
  const groupless = inner.replaceAll(/(?<!\\)[(](?![?])/g, "(?:");
  return `"${start ? "" : '[^"]*'}${groupless}${end ? "" : '[^"]*'}"`;
}

/** What stands between the `|` of a pattern that are in no brackets. */
function alternatives(pattern: string): string[] {
  const found = [""];
  let depth = 0;
  for (const part of pattern.match(/\\.|\[(?:\\.|[^\]])*\]|./gs) ?? []) {
    depth += part === "(" ? 1 : part === ")" ? -1 : 0;
    if (part === "|" && depth === 0) {
      found.push("");
    } else {
      found.push(`${found.pop()}${part}`);
    }
  }
  return found;
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

/** Refuses tags that AWS would not take. */
export function tagRules({ name, value }: CheckedValue): TerraformRule[] {
  return [
    {
      condition: `\${length(${value}) <= ${QUOTAS.tags}}`,
      errorMessage: `${name} has \${length(${value})} tags: AWS allows ${QUOTAS.tags}.`,
      refused: {
        value: `\${{${forFirstNumbers(QUOTAS.tags + 1, '"key-${number}" => ""')}}}`,
        message: `${name} has ${QUOTAS.tags + 1} tags: AWS allows ${QUOTAS.tags}.`,
      },
    },
    ...everyRule(TAG_KEY, {
      each: "key",
      of: `keys(${value})`,
      what: `${name} has invalid keys`,
      holding: (key) => ({ [key]: "video" }),
    }),
    ...everyRule(TAG_VALUE, {
      each: "value",
      named: "key, value",
      of: value,
      what: `${name} has invalid values`,
      shown: '"${key} = ${jsonencode(value)}"',
      holding: (text) => ({ team: text }),
      shownIn: (text) => `team = ${JSON.stringify(text)}`,
    }),
  ];
}

/** Refuses output buckets of which anything breaks its rule. Their attributes are in snake case. */
export function outputBucketRules(checked: CheckedValue): TerraformRule[] {
  return bucketRules(checked, BUCKET_ACCESSES, `give ${quotedChoices(BUCKET_ACCESSES)}.`);
}

/** The same where there may be thousands of them. */
export function manyBucketRules(checked: CheckedValue): TerraformRule[] {
  return bucketRules(checked, BUCKET_ACCESSES, `give ${quotedChoices(BUCKET_ACCESSES)}.`, true);
}

/** The same of the buckets of a caller, which reads and deletes, and never writes. */
export function callerBucketRules(checked: CheckedValue): TerraformRule[] {
  return bucketRules(
    checked,
    CALLER_ACCESSES,
    `give ${quotedChoices(CALLER_ACCESSES)}. The role that writes videos takes ${quotedChoices(WRITER_ACCESSES)}, in the modules remotion-lambda-role and remotion-bucket-grants.`,
  );
}

/** @param wayOut of a bucket with another access @param many whether there may be thousands of them */
function bucketRules(
  { name, value }: CheckedValue,
  accesses: readonly string[],
  wayOut: string,
  many = false,
): TerraformRule[] {
  const [access = ""] = accesses;
  const bucket = (wrong: { readonly [attribute: string]: TerraformValue }) => [
    { name: "acme-videos", prefix: "", access, ...wrong },
  ];
  const names = {
    of: `${value}[*].name`,
    what: `${name} has invalid names`,
    holding: (text: string) => bucket({ name: text }),
  };
  return [
    ...(many
      ? everyOfManyRule(BUCKET_NAME, names)
      : everyRule(BUCKET_NAME, { ...names, each: "name" })),
    // Many buckets have few prefixes, accesses and keys: each is looked at once, as Terraform compiles a pattern
    // with every call.
    ...everyRule(KEY_PREFIX, {
      each: "prefix",
      of: `toset(${value}[*].prefix)`,
      what: `${name} has invalid prefixes`,
      holding: (prefix) => bucket({ prefix }),
    }),
    itemsRule({
      each: "access",
      of: `toset(${value}[*].access)`,
      holds: isOneOf(accesses, "access"),
      what: `${name} has invalid values of access`,
      wayOut,
      refused: { value: bucket({ access: NO_CHOICE }), shown: JSON.stringify(NO_CHOICE) },
    }),
    aclRule({ name, value }, accesses, many),
    ...everyRule(KMS_KEY_ARN, {
      each: "arn",
      of: `toset(${value}[*].kms_key_arn)`,
      what: `${name} has invalid keys`,
      nullable: true,
      holding: (arn) => bucket({ kms_key_arn: arn }),
    }),
  ];
}

/** An ACL is for what writes: nobody else sends one. */
function aclRule(
  { name, value }: CheckedValue,
  accesses: readonly string[],
  many: boolean,
): TerraformRule {
  const bucket = {
    each: "bucket",
    of: value,
    many,
    shown: "jsonencode(bucket.name)",
    refused: {
      value: [{ name: "acme-videos", prefix: "", access: "read", acl: true }],
      shown: '"acme-videos"',
    },
  };
  return WRITER_ACCESSES.some((access) => accesses.includes(access))
    ? itemsRule({
        ...bucket,
        only: "bucket.acl",
        holds: WRITER_ACCESSES.map((access) => `bucket.access == "${access}"`).join(" || "),
        what: `${name} has acl beside an access that does not write, for`,
        wayOut: `leave acl out, or give the access ${quotedChoices(WRITER_ACCESSES)}.`,
      })
    : itemsRule({
        ...bucket,
        holds: "!bucket.acl",
        what: `${name} has acl for`,
        wayOut:
          "leave it out: it is for the role that writes videos, in the modules remotion-lambda-role and remotion-bucket-grants.",
      });
}

/** That a text is one of some. What is null is none: `contains` fails of it. */
export function isOneOf(choices: readonly string[], value: string): string {
  return `try(contains(${hclStrings(choices)}, ${value}), false)`;
}

/** That an item of the input limits who of the provider may come: an empty list would match nobody, or everybody. */
const NAMES_IDENTITIES =
  "try(alltrue([for list in concat([trust.audiences, trust.subjects], values(trust.claims)) : length(list) > 0]), false)";

/** Refuses trusted OIDC identities of which anything breaks its rule. Their attributes are in snake case. */
export function oidcTrustRules({ name, value }: CheckedValue): TerraformRule[] {
  const trust = (wrong: { readonly [attribute: string]: TerraformValue }) => [
    {
      provider_arn: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
      audiences: ["sts.amazonaws.com"],
      subjects: ["repo:acme@123456/video@456789:ref:refs/heads/main"],
      claims: {},
      ...wrong,
    },
  ];
  return [
    ...everyRule(OIDC_PROVIDER_ARN, {
      each: "arn",
      of: `${value}[*].provider_arn`,
      what: `${name} has invalid providers`,
      holding: (arn) => trust({ provider_arn: arn }),
    }),
    itemsRule({
      // By their places: the ARN of a provider of the same apply is not known yet.
      each: "trust",
      named: "index, trust",
      of: value,
      holds: NAMES_IDENTITIES,
      shown: "index",
      what: `${name} has empty lists in items, counted from 0`,
      wayOut:
        "without audiences or subjects every identity of the provider could assume the role, and with an empty claim none; give at least one of each, and leave such a claim out.",
      refused: { value: trust({ audiences: [] }), shown: "0" },
    }),
    ...everyRule(OIDC_AUDIENCE, {
      each: "audience",
      of: `flatten(${value}[*].audiences)`,
      what: `${name} has invalid audiences`,
      holding: (audience) => trust({ audiences: [audience] }),
    }),
    ...everyRule(OIDC_SUBJECT, {
      each: "subject",
      of: `flatten(${value}[*].subjects)`,
      what: `${name} has invalid subjects`,
      holding: (subject) => trust({ subjects: [subject] }),
    }),
    ...everyRule(OIDC_CLAIM_VALUE, {
      each: "value",
      of: `flatten([for trust in ${value} : values(trust.claims)])`,
      what: `${name} has invalid values of claims`,
      holding: (claim) => trust({ claims: { repository_id: [claim] } }),
    }),
    ...everyRule(OIDC_OWNER, {
      each: "owner",
      of: `${value}[*].owner`,
      what: `${name} has invalid owners`,
      nullable: true,
      holding: (owner) => trust({ owner }),
    }),
  ];
}

/** Strings as an HCL list. */
function hclStrings(strings: readonly string[]): string {
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
function inQuotes(text: string): string {
  return text.replaceAll(/["\\]/g, "\\$&");
}

/** The rest of a message as a sentence of its own. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
