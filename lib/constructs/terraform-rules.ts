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
}

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
  const holds = holdsRule(value, rule, nullable === true);
  return {
    condition: `\${${nullable ? `${value} == null || ${holds}` : holds}}`,
    errorMessage: `${name} ${shownValue(value, rule, nullable)}, which is not ${rule.subject}: ${rule.requirement}`,
    ...(rule.note === undefined ? {} : { comment: rule.note }),
  };
}

/** The value as a message shows it, with its verb. Terraform works it out for null, too. */
function shownValue(value: string, { shownLength }: ValueRule, nullable = false): string {
  if (shownLength !== undefined) {
    return `begins with \${jsonencode(try(substr(${value}, 0, ${shownLength}), null))}`;
  }
  return nullable ? `is \${jsonencode(${value})}` : `is "\${${value}}"`;
}

/** Refuses a value that is none of the choices. */
export function choiceRule(
  { name, value }: CheckedValue,
  choices: readonly string[],
): TerraformRule {
  return {
    condition: `\${contains(${hclStrings(choices)}, ${value})}`,
    errorMessage: `${name} is "\${${value}}": give ${quotedChoices(choices)}.`,
  };
}

/** Refuses a number outside the bounds, both included, or with a fraction. */
export function wholeNumberRule(
  { name, value }: CheckedValue,
  from: number,
  to: number,
  unit: string,
): TerraformRule {
  return {
    condition: `\${${value} >= ${from} && ${value} <= ${to} && floor(${value}) == ${value}}`,
    errorMessage: `${name} is \${${value}}: give a whole number of ${unit} from ${from} to ${to}.`,
  };
}

/** The strings in a list or map. */
export interface CheckedItems {
  /** Name of the iteration's variable. */
  readonly each: string;
  /** What is iterated over: the strings. */
  readonly of: string;
  /** Subject of the message: "tags has invalid keys". */
  readonly what: string;
}

/**
 * Refuses a list or map in which some string breaks the rule, and names those that do: a rule for what a string must
 * match, and one for what it must not.
 */
export function everyRule(rule: ValueRule, { each, of, what }: CheckedItems): TerraformRule[] {
  const { forbidden, requirement } = rule;
  const { patternRequirement = requirement, forbiddenBecause = requirement } = rule;
  const items = { each, of, what };
  return [
    {
      ...itemsRule({ ...items, holds: keepsPattern(each, rule), wayOut: patternRequirement }),
      ...(rule.note === undefined ? {} : { comment: rule.note }),
    },
    ...(forbidden === undefined
      ? []
      : [itemsRule({ ...items, holds: `!${matches(each, forbidden)}`, wayOut: forbiddenBecause })]),
  ];
}

/** What must hold of every item of a list or map. */
export interface ItemsRule extends Omit<CheckedItems, "each"> {
  /** Name of the iteration's variable, or of two: `name, status`. */
  readonly each: string;
  /** The condition on an item. */
  readonly holds: string;
  /** What a message shows of an item. @default the item as JSON */
  readonly shown?: string;
  /** The rest of the message, from the rule on. */
  readonly wayOut: string;
}

/** Items that a message names at most. */
const MOST_SHOWN = 10;

/** Refuses a list or map in which the condition does not hold of every item, and names the first of those. */
export function itemsRule(rule: ItemsRule): TerraformRule {
  const { each, of, holds, what, wayOut } = rule;
  const { shown = `jsonencode(${each})` } = rule;
  const first = `\${join(", ", slice(wrong, 0, min(${MOST_SHOWN}, length(wrong))))}`;
  const more = `\${length(wrong) > ${MOST_SHOWN} ? " and \${length(wrong) - ${MOST_SHOWN}} more" : ""}`;
  const message = `${inQuotes(what)}: ${first}${more}. ${inQuotes(sentence(wayOut))}`;
  return {
    condition: `\${alltrue([\n  for ${each} in ${of} : ${holds}\n])}`,
    // A list in a list, which gives it a name.
    errorMessage: `\${join("", [for wrong in [[for ${each} in ${of} : ${shown} if ${negated(holds)}]] : "${message}"])}`,
  };
}

/** Refuses a list of strings in which some break the rule. @param each what a string is called */
export function listRule(
  { name, value }: CheckedValue,
  rule: ValueRule,
  each = "value",
): TerraformRule[] {
  return everyRule(rule, { each, of: value, what: `${name} has invalid values` });
}

/** Refuses tags that AWS would not take. */
export function tagRules({ name, value }: CheckedValue): TerraformRule[] {
  return [
    {
      condition: `\${length(${value}) <= ${QUOTAS.tags}}`,
      errorMessage: `${name} has \${length(${value})} tags: AWS allows ${QUOTAS.tags}.`,
    },
    ...everyRule(TAG_KEY, {
      each: "key",
      of: `keys(${value})`,
      what: `${name} has invalid keys`,
    }),
    ...everyRule(TAG_VALUE, { each: "text", of: value, what: `${name} has invalid values` }),
  ];
}

/** Refuses output buckets of which anything breaks its rule. Their attributes are in snake case. */
export function outputBucketRules(checked: CheckedValue): TerraformRule[] {
  return bucketRules(checked, BUCKET_ACCESSES, `give ${quotedChoices(BUCKET_ACCESSES)}.`);
}

/** The same of the buckets of a caller, which reads and deletes, and never writes. */
export function callerBucketRules(checked: CheckedValue): TerraformRule[] {
  return bucketRules(
    checked,
    CALLER_ACCESSES,
    `give ${quotedChoices(CALLER_ACCESSES)}; what writes videos is remotion-lambda-role, and ${quotedChoices(WRITER_ACCESSES)} belongs into the module of that name, or into remotion-bucket-grants.`,
  );
}

/** @param wayOut of a bucket with another access */
function bucketRules(
  { name, value }: CheckedValue,
  accesses: readonly string[],
  wayOut: string,
): TerraformRule[] {
  return [
    ...everyRule(BUCKET_NAME, {
      each: "name",
      of: `${value}[*].name`,
      what: `${name} has invalid names`,
    }),
    // Many buckets have few prefixes, accesses and keys: each is looked at once, as Terraform compiles a pattern
    // with every call.
    ...everyRule(KEY_PREFIX, {
      each: "prefix",
      of: `toset(${value}[*].prefix)`,
      what: `${name} has invalid prefixes`,
    }),
    itemsRule({
      each: "access",
      of: `toset(${value}[*].access)`,
      holds: isOneOf(accesses, "access"),
      what: `${name} has invalid accesses`,
      wayOut,
    }),
    aclRule({ name, value }, accesses),
    ...everyRule(KMS_KEY_ARN, {
      each: "arn",
      of: `toset([for key in ${value}[*].kms_key_arn : key if key != null])`,
      what: `${name} has invalid keys`,
    }),
  ];
}

/** An ACL is for what writes: nobody else sends one. */
function aclRule({ name, value }: CheckedValue, accesses: readonly string[]): TerraformRule {
  const bucket = { each: "bucket", shown: "jsonencode(bucket.name)" };
  return WRITER_ACCESSES.some((access) => accesses.includes(access))
    ? itemsRule({
        ...bucket,
        of: `[for each in ${value} : each if each.acl]`,
        holds: isOneOf(WRITER_ACCESSES, "bucket.access"),
        what: `${name} has acl beside an access that does not write, for`,
        wayOut: `leave acl out, or give the access ${quotedChoices(WRITER_ACCESSES)}.`,
      })
    : itemsRule({
        ...bucket,
        of: value,
        holds: "!bucket.acl",
        what: `${name} has acl for`,
        wayOut:
          "leave it out, for it belongs to what writes videos, which is remotion-lambda-role.",
      });
}

/** That an access is one of some. What is null is none. */
function isOneOf(accesses: readonly string[], access: string): string {
  return `try(contains(${hclStrings(accesses)}, ${access}), false)`;
}

/** That an item of the input limits who of the provider may come: an empty list would match nobody, or everybody. */
const NAMES_IDENTITIES =
  "try(min(length(trust.audiences), length(trust.subjects), [for values in trust.claims : length(values)]...), 0) > 0";

/** Refuses trusted OIDC identities of which anything breaks its rule. Their attributes are in snake case. */
export function oidcTrustRules({ name, value }: CheckedValue): TerraformRule[] {
  return [
    ...everyRule(OIDC_PROVIDER_ARN, {
      each: "arn",
      of: `${value}[*].provider_arn`,
      what: `${name} has invalid providers`,
    }),
    itemsRule({
      // By their places: the ARN of a provider of the same apply is not known yet.
      each: "index, trust",
      of: value,
      holds: NAMES_IDENTITIES,
      shown: "index",
      what: `${name} has empty lists in items, counted from 0`,
      wayOut:
        "without audiences or subjects every identity of the provider could assume the role, and with an empty claim none; give at least one of each, and leave such a claim out.",
    }),
    ...everyRule(OIDC_AUDIENCE, {
      each: "audience",
      of: `flatten(${value}[*].audiences)`,
      what: `${name} has invalid audiences`,
    }),
    ...everyRule(OIDC_SUBJECT, {
      each: "subject",
      of: `flatten(${value}[*].subjects)`,
      what: `${name} has invalid subjects`,
    }),
    ...everyRule(OIDC_CLAIM_VALUE, {
      each: "value",
      of: `flatten([for trust in ${value} : values(trust.claims)])`,
      what: `${name} has invalid values of claims`,
    }),
    ...everyRule(OIDC_OWNER, {
      each: "owner",
      of: `[for given in ${value}[*].owner : given if given != null]`,
      what: `${name} has invalid owners`,
    }),
  ];
}

/** A list of choices as prose: `"a" or "b"`. */
function quotedChoices(choices: readonly string[]): string {
  return choices.map((choice) => `"${choice}"`).join(" or ");
}

/** Strings as an HCL list. None of them may need escaping. */
function hclStrings(strings: readonly string[]): string {
  return `[${strings.map((text) => `"${text}"`).join(", ")}]`;
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
  { pattern, forbidden, maxLength }: ValueRule,
  mayBeNull = true,
): string {
  const isShort = `length(${value}) <= ${maxLength}`;
  return [
    matches(value, pattern),
    ...(forbidden === undefined ? [] : [`!${matches(value, forbidden)}`]),
    ...(maxLength === undefined ? [] : [mayBeNull ? `try(${isShort}, false)` : isShort]),
  ].join(" && ");
}

/**
 * That a value has the rule's pattern and length, as one call: in a list it stands twice. Without groups, a pattern
 * gives back the text that it matches.
 */
function keepsPattern(value: string, { pattern, maxLength }: ValueRule): string {
  if (maxLength === undefined) {
    return matches(value, pattern);
  }
  return pattern.includes("(")
    ? `${matches(value, pattern)} && try(length(${value}) <= ${maxLength}, false)`
    : `try(length(${match(value, pattern)}) <= ${maxLength}, false)`;
}

/** That a value matches a pattern; null does not. */
function matches(value: string, pattern: string): string {
  return `can(${match(value, pattern)})`;
}

function match(value: string, pattern: string): string {
  return `regex("${pattern.replaceAll("\\", "\\\\")}", ${value})`;
}

/** A text as it stands between quotes in HCL. */
function inQuotes(text: string): string {
  return text.replaceAll(/["\\]/g, "\\$&");
}

/** The rest of a message as a sentence of its own. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
