import { Tokenization } from "cdktf";
import { PARTITIONS } from "../iam/partition.js";
import { QUOTAS } from "../iam/quotas.js";
import { IAM_PATH, POLICY_ARN, TAG_KEY, TAG_VALUE } from "../iam/rules.js";
import { kindsOf, orNone } from "../iam/value-kind.js";
import type { ValueRule } from "../iam/value-rule.js";
import { BUCKET_ACCESSES, CALLER_ACCESSES } from "../remotion/output-bucket.js";

/*
 * The kinds of the constructs' props, all of them optional. Whatever a construct takes stands in its
 * declaration, or is refused.
 */

/** A string that keeps a rule. */
export const text = (rule: ValueRule) => orNone({ kind: "text", rule } as const);

/** A string that keeps a rule, or a token that turns out to be null. */
export const nullableText = (rule: ValueRule) =>
  orNone({ kind: "text", rule, nullable: true } as const);

/** A list of strings that keep a rule. */
export const texts = (rule: ValueRule) =>
  orNone({ kind: "list", items: { kind: "text", rule } } as const);

/** One of some strings. */
export const choice = (choices: readonly string[]) => orNone({ kind: "choice", choices } as const);

/** On or off. */
export const FLAG = orNone({ kind: "flag" } as const);

/** Strings by keys that are the caller's; whoever uses them checks the strings. */
export const TEXT_MAP = orNone({ kind: "map", values: { kind: "text" } } as const);

const accesses = (choices: readonly string[]) =>
  orNone({
    kind: "list",
    items: { kind: "choice", choices, plain: true },
    plain: true,
  } as const);

/** Which accesses a principal takes from a list of buckets. */
export const ACCESSES = accesses(BUCKET_ACCESSES);

/** The same of a caller, which writes nothing. */
export const CALLERS_ACCESSES = accesses(CALLER_ACCESSES);

/** Seconds that a session may last. */
export const SESSION_DURATION = orNone({
  kind: "number",
  from: 3600,
  to: 43_200,
  unit: "seconds",
} as const);

/** A condition on which a construct is created. */
export const CREATE = orNone({
  kind: "other",
  is: (value: unknown) => Tokenization.isResolvable(value),
  expected: "a token of a condition, or leave the whole construct out",
} as const);

/** The props of whatever makes policies. */
export interface CommonProps {
  readonly path?: string;
  readonly partition?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The declaration of the props of whatever makes policies. */
export const COMMON = kindsOf<CommonProps>()({
  path: text(IAM_PATH),
  partition: choice(PARTITIONS),
  tags: orNone({
    kind: "map",
    keys: TAG_KEY,
    values: { kind: "text", rule: TAG_VALUE },
    most: QUOTAS.tags,
  } as const),
});

/** The same for whatever makes users or roles. */
export const PRINCIPAL = { ...COMMON, permissionsBoundaryArn: nullableText(POLICY_ARN) };
