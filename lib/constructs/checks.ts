import { type IResolvable, Token } from "cdktf";
import type { Construct } from "constructs";
import { PARTITIONS } from "../iam/partition.js";
import { QUOTAS } from "../iam/quotas.js";
import {
  BUCKET_NAME,
  IAM_PATH,
  KEY_PREFIX,
  KMS_KEY_ARN,
  POLICY_ARN,
  TAG_KEY,
  TAG_VALUE,
} from "../iam/rules.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import { aclWithoutWriting, missingWidth, writtenByCaller } from "../remotion/errors.js";
import {
  BUCKET_ACCESSES,
  type BucketAccess,
  CALLER_ACCESSES,
  isWriterAccess,
  type OutputBucket,
} from "../remotion/output-bucket.js";
import { invalidNumber, invalidProp, tooManyTags, unknownChoice } from "./errors.js";

/** Checks a prop against a rule, unless only Terraform knows its value. @throws when it breaks the rule */
export function checkRule(
  scope: Construct,
  prop: string,
  value: string | undefined,
  rule: ValueRule,
): void {
  if (value !== undefined && !Token.isUnresolved(value) && !keepsRule(rule, value)) {
    throw invalidProp(scope.node.path, prop, value, rule);
  }
}

/** Checks that a prop is one of some values, unless only Terraform knows it. @throws when it is not */
export function checkChoice(
  scope: Construct,
  prop: string,
  value: string | undefined,
  choices: readonly string[],
): void {
  if (value !== undefined && !Token.isUnresolved(value) && !choices.includes(value)) {
    throw unknownChoice(scope.node.path, prop, value, choices);
  }
}

/** The props that every construct has. */
export interface CommonProps {
  readonly path?: string;
  readonly partition?: string;
  readonly permissionsBoundaryArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Checks the props that every construct has. @throws when one breaks its rule */
export function checkCommonProps(scope: Construct, props: CommonProps): void {
  checkRule(scope, "path", props.path, IAM_PATH);
  checkChoice(scope, "partition", props.partition, PARTITIONS);
  checkRule(scope, "permissionsBoundaryArn", props.permissionsBoundaryArn, POLICY_ARN);
  if (!Token.isUnresolved(props.tags)) {
    const count = Object.keys(props.tags ?? {}).length;
    if (count > QUOTAS.tags) {
      throw tooManyTags(scope.node.path, count, QUOTAS.tags);
    }
    for (const [key, value] of Object.entries(props.tags ?? {})) {
      checkRule(scope, "tags", key, TAG_KEY);
      checkRule(scope, `tags.${key}`, value, TAG_VALUE);
    }
  }
}

/**
 * Checks the names, prefixes, accesses and keys of output buckets, unless only Terraform knows them.
 *
 * @throws when one breaks its rule
 */
export function checkOutputBuckets(
  scope: Construct,
  buckets: readonly OutputBucket[] | IResolvable,
): void {
  if (Token.isUnresolved(buckets)) {
    return;
  }
  for (const [index, bucket] of (buckets as readonly OutputBucket[]).entries()) {
    const prop = `outputBuckets[${index}]`;
    checkRule(scope, `${prop}.name`, bucket.name, BUCKET_NAME);
    checkGiven(scope, `${prop}.prefix`, bucket.prefix, KEY_PREFIX.requirement);
    checkRule(scope, `${prop}.prefix`, bucket.prefix, KEY_PREFIX);
    checkGiven(scope, `${prop}.access`, bucket.access, `give ${CHOICE_OF_ACCESSES}.`);
    checkChoice(scope, `${prop}.access`, bucket.access, BUCKET_ACCESSES);
    checkRule(scope, `${prop}.kmsKeyArn`, bucket.kmsKeyArn, KMS_KEY_ARN);
    if (bucket.acl === true && !isWriterAccess(bucket.access)) {
      throw aclWithoutWriting(`${scope.node.path}: ${prop}`, bucket.access);
    }
  }
}

/**
 * Checks the output buckets of a caller, which reads and deletes and never writes. A list that a caller
 * shares with Remotion's role holds what is the role's, too: the accesses then say what the caller takes.
 *
 * @throws when a bucket breaks its rule, or is to be written to
 */
export function checkCallerBuckets(
  scope: Construct,
  buckets: readonly OutputBucket[] | IResolvable,
  accesses: readonly BucketAccess[] | undefined,
): void {
  checkOutputBuckets(scope, buckets);
  for (const [index, access] of (accesses ?? []).entries()) {
    checkChoice(scope, `bucketAccesses[${index}]`, access, CALLER_ACCESSES);
  }
  if (accesses !== undefined || Token.isUnresolved(buckets)) {
    return;
  }
  for (const [index, { access }] of (buckets as readonly OutputBucket[]).entries()) {
    if (isWriterAccess(access)) {
      throw writtenByCaller(
        `${scope.node.path}: outputBuckets[${index}].access`,
        access,
        CALLER_ACCESSES,
        "RemotionLambdaRole, or to RemotionBucketGrants",
      );
    }
  }
}

/** For callers without types: what says how wide a grant is has no default. */
function checkGiven(scope: Construct, prop: string, value: unknown, requirement: string): void {
  if (value === undefined || value === null) {
    throw missingWidth(`${scope.node.path}: ${prop}`, requirement);
  }
}

const CHOICE_OF_ACCESSES = BUCKET_ACCESSES.map((access) => JSON.stringify(access)).join(" or ");

/** Checks that a number is whole and within bounds, both included. @throws when it is not */
export function checkWholeNumber(
  scope: Construct,
  prop: string,
  value: number | undefined,
  from: number,
  to: number,
): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  if (!Number.isInteger(value) || value < from || value > to) {
    throw invalidNumber(scope.node.path, prop, value, from, to);
  }
}
