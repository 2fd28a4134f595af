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
  /** What is iterated over. @default the whole value */
  readonly of?: string;
  /** The string of an item. @default the item */
  readonly value?: string;
  /** Subject of the message: "tags has the keys". */
  readonly what: string;
}

/** Refuses a list or map in which some string breaks the rule, and names those that do. */
export function everyRule(whole: string, rule: ValueRule, items: CheckedItems): TerraformRule {
  const { each, of = whole, value = each, what } = items;
  const holds = holdsRule(value, rule);
  const broken = `join(", ", [for ${each} in ${of} : jsonencode(${value}) if ${negated(holds)}])`;
  return {
    condition: everyHolds(each, of, holds),
    errorMessage: `${what} \${${broken}}, not ${rule.subject}: ${rule.requirement}`,
  };
}

/** A condition on every item of a list or map, over three lines. */
export function everyHolds(each: string, of: string, holds: string): string {
  return `\${alltrue([\n  for ${each} in ${of} : ${holds}\n])}`;
}

/** Refuses a list of strings in which some break the rule. */
export function listRule({ name, value }: CheckedValue, rule: ValueRule): TerraformRule {
  return everyRule(value, rule, { each: "value", what: `${name} has` });
}

/** Refuses tags that AWS would not take. */
export function tagRules({ name, value }: CheckedValue): TerraformRule[] {
  return [
    {
      condition: `\${length(${value}) <= ${QUOTAS.tags}}`,
      errorMessage: `${name} has \${length(${value})} tags: AWS allows ${QUOTAS.tags}.`,
    },
    everyRule(value, TAG_KEY, { each: "key", of: `keys(${value})`, what: `${name} has the keys` }),
    everyRule(value, TAG_VALUE, { each: "value", what: `${name} has the values` }),
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
    everyRule(value, BUCKET_NAME, {
      each: "bucket",
      value: "bucket.name",
      what: `${name} names`,
    }),
    // Many buckets have few prefixes, accesses and keys: each is looked at once, as Terraform compiles a pattern
    // with every call.
    everyRule(value, KEY_PREFIX, {
      each: "prefix",
      of: `toset(${value}[*].prefix)`,
      what: `${name} has the prefixes`,
    }),
    bucketRule({
      each: "access",
      of: `toset(${value}[*].access)`,
      breaks: `!${isOneOf("access", accesses)}`,
      shown: "access",
      what: `${name} has the accesses`,
      wayOut,
    }),
    aclRule({ name, value }, accesses),
    everyRule(value, KMS_KEY_ARN, {
      each: "arn",
      of: `toset(compact(${value}[*].kms_key_arn))`,
      what: `${name} has the keys`,
    }),
  ];
}

/** An ACL is for what writes: nobody else sends one. */
function aclRule({ name, value }: CheckedValue, accesses: readonly string[]): TerraformRule {
  const isForWriters = WRITER_ACCESSES.some((access) => accesses.includes(access));
  return bucketRule({
    each: "bucket",
    of: isForWriters ? `[for each in ${value} : each if each.acl]` : value,
    breaks: isForWriters ? `!${isOneOf("bucket.access", WRITER_ACCESSES)}` : "bucket.acl",
    shown: "bucket.name",
    what: isForWriters
      ? `${name} has acl with an access that does not write, for`
      : `${name} has acl for`,
    wayOut: isForWriters
      ? `leave acl out, or give the access ${quotedChoices(WRITER_ACCESSES)}.`
      : "leave it out, for it belongs to what writes videos, which is remotion-lambda-role.",
  });
}

/** That an access is one of some. What is null is none. */
function isOneOf(access: string, accesses: readonly string[]): string {
  return `try(contains(${hclStrings(accesses)}, ${access}), false)`;
}

/** That an item of the input limits who of the provider may come: an empty list would match nobody, or everybody. */
const NAMES_IDENTITIES =
  "try(min(length(trust.audiences), length(trust.subjects), [for values in trust.claims : length(values)]...), 0) > 0";

/** Refuses trusted OIDC identities of which anything breaks its rule. Their attributes are in snake case. */
export function oidcTrustRules({ name, value }: CheckedValue): TerraformRule[] {
  return [
    everyRule(value, OIDC_PROVIDER_ARN, {
      each: "trust",
      value: "trust.provider_arn",
      what: `${name} has the providers`,
    }),
    {
      condition: everyHolds("trust", value, NAMES_IDENTITIES),
      // By their places: the ARN of a provider of the same apply is not known yet.
      errorMessage: `${name} has an empty list at the places \${join(", ", [for index, trust in ${value} : index if !(${NAMES_IDENTITIES})])}, from 0: without audiences or subjects every identity of the provider could assume the role, and with an empty claim none; give at least one of each, and leave such a claim out.`,
    },
    everyRule(value, OIDC_AUDIENCE, {
      each: "audience",
      of: `flatten(${value}[*].audiences)`,
      what: `${name} has the audiences`,
    }),
    everyRule(value, OIDC_SUBJECT, {
      each: "subject",
      of: `flatten(${value}[*].subjects)`,
      what: `${name} has the subjects`,
    }),
    everyRule(value, OIDC_CLAIM_VALUE, {
      each: "value",
      of: `flatten([for trust in ${value} : values(trust.claims)])`,
      what: `${name} has in claims`,
    }),
    everyRule(value, OIDC_OWNER, {
      each: "owner",
      of: `compact(${value}[*].owner)`,
      what: `${name} has the owners`,
    }),
  ];
}

/** Refuses buckets, or what they have, on which a condition holds, and shows a value of each. */
function bucketRule(broken: {
  /** Name of the iteration's variable. */
  readonly each: string;
  /** What is iterated over. */
  readonly of: string;
  readonly breaks: string;
  readonly shown: string;
  readonly what: string;
  readonly wayOut: string;
}): TerraformRule {
  const { each, of, breaks, shown, what, wayOut } = broken;
  return {
    condition: everyHolds(each, of, negated(breaks)),
    errorMessage: `${what} \${join(", ", [for ${each} in ${of} : jsonencode(${shown}) if ${breaks}])}: ${wayOut}`,
  };
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
  const isSimple = /^(!?(can|try)\(|[a-z_.]+$)/.test(condition) && !/ (&&|\|\|) /.test(condition);
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
  const matches = (regex: string) => `can(regex("${regex.replaceAll("\\", "\\\\")}", ${value}))`;
  const isShort = `length(${value}) <= ${maxLength}`;
  return [
    matches(pattern),
    ...(forbidden === undefined ? [] : [`!${matches(forbidden)}`]),
    ...(maxLength === undefined ? [] : [mayBeNull ? `try(${isShort}, false)` : isShort]),
  ].join(" && ");
}
