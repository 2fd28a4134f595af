import { isRegionOf, PARTITIONS, type Partition, partitionOf } from "../iam/partition.js";
import type { PolicyDocument } from "../iam/policy-document.js";
import {
  ACCOUNT_ID,
  BUCKET_NAME,
  FUNCTION_NAME,
  IAM_PATH,
  KEY_PREFIX,
  KMS_KEY_ARN,
  LAYER_VERSION_ARN,
  REGION,
  ROLE_NAME,
} from "../iam/rules.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import {
  aclWithoutWriting,
  invalidOption,
  missingWidth,
  notInPartition,
  unknownChoice,
  writtenByCaller,
} from "./errors.js";
import { BUCKET_ACCESSES, CALLER_ACCESSES, isWriterAccess } from "./output-bucket.js";
import {
  type PolicyOptions,
  type RolePolicyOptions,
  rolePolicy,
  type UserPolicyOptions,
  userPolicy,
} from "./policies.js";
import { ROLE_PROFILES, USER_PROFILES } from "./profile-names.js";

/*
 * The policies for callers outside of this project: no option, from wherever its value may come, can
 * widen a policy beyond what it names.
 */

/**
 * The policy of `remotion-user`, and of `remotion-executionrole-policy`: without options equal to
 * Remotion's `getUserPolicy()`.
 *
 * @throws when an option breaks AWS's rule for it
 * @see https://www.remotion.dev/docs/lambda/getuserpolicy
 */
export function checkedUserPolicy(options: UserPolicyOptions = {}): PolicyDocument {
  checkChoice("profile", options.profile, USER_PROFILES);
  checkOptions(options);
  for (const [index, { access }] of (options.outputBuckets ?? []).entries()) {
    if (isWriterAccess(access)) {
      throw writtenByCaller(
        `outputBuckets[${index}].access`,
        access,
        CALLER_ACCESSES,
        "rolePolicy()",
      );
    }
  }
  return userPolicy(options);
}

/**
 * The policy of `remotion-lambda-role`: without options equal to Remotion's `getRolePolicy()`.
 *
 * @throws when an option breaks AWS's rule for it
 * @see https://www.remotion.dev/docs/lambda/getrolepolicy
 */
export function checkedRolePolicy(options: RolePolicyOptions = {}): PolicyDocument {
  checkChoice("profile", options.profile, ROLE_PROFILES);
  checkOptions(options);
  return rolePolicy(options);
}

function checkOptions(options: PolicyOptions): void {
  checkChoice("partition", options.partition, PARTITIONS);
  check("accountId", options.accountId, ACCOUNT_ID);
  check("lambdaRoleName", options.lambdaRoleName, ROLE_NAME);
  check("lambdaRolePath", options.lambdaRolePath, IAM_PATH);
  checkAll("regions", options.regions, REGION);
  checkAll("bucketNames", options.bucketNames, BUCKET_NAME);
  checkAll("functionNames", options.functionNames, FUNCTION_NAME);
  checkAll("customLayerArns", options.customLayerArns, LAYER_VERSION_ARN);
  const { partition = "aws" } = options;
  for (const [index, region] of (options.regions ?? []).entries()) {
    if (!isRegionOf(partition, region)) {
      throw notInPartition(`regions[${index}]`, region, partition);
    }
  }
  for (const [index, arn] of (options.customLayerArns ?? []).entries()) {
    checkPartition(`customLayerArns[${index}]`, arn, partition);
  }
  for (const [index, bucket] of (options.outputBuckets ?? []).entries()) {
    const option = `outputBuckets[${index}]`;
    check(`${option}.name`, bucket.name, BUCKET_NAME);
    checkGiven(`${option}.prefix`, bucket.prefix, KEY_PREFIX.requirement);
    check(`${option}.prefix`, bucket.prefix, KEY_PREFIX);
    checkGiven(`${option}.access`, bucket.access, `give ${CHOICE_OF_ACCESSES}.`);
    checkChoice(`${option}.access`, bucket.access, BUCKET_ACCESSES);
    check(`${option}.kmsKeyArn`, bucket.kmsKeyArn, KMS_KEY_ARN);
    checkPartition(`${option}.kmsKeyArn`, bucket.kmsKeyArn, partition);
    if (bucket.acl === true && !isWriterAccess(bucket.access)) {
      throw aclWithoutWriting(option, bucket.access);
    }
  }
}

function checkPartition(option: string, arn: string | undefined, partition: Partition): void {
  if (arn !== undefined && partitionOf(arn) !== partition) {
    throw notInPartition(option, arn, partition);
  }
}

/** For callers without types: what says how wide a grant is has no default. */
function checkGiven(option: string, value: unknown, requirement: string): void {
  if (value === undefined || value === null) {
    throw missingWidth(option, requirement);
  }
}

const CHOICE_OF_ACCESSES = BUCKET_ACCESSES.map((access) => JSON.stringify(access)).join(" or ");

function checkAll(option: string, values: readonly string[] = [], rule: ValueRule): void {
  for (const [index, value] of values.entries()) {
    check(`${option}[${index}]`, value, rule);
  }
}

function check(option: string, value: string | undefined, rule: ValueRule): void {
  if (value !== undefined && !(typeof value === "string" && keepsRule(rule, value))) {
    throw invalidOption(option, value, rule);
  }
}

function checkChoice(option: string, value: string | undefined, choices: readonly string[]): void {
  if (value !== undefined && !choices.includes(value)) {
    throw unknownChoice(option, value, choices);
  }
}
