import { isRegionOf, PARTITIONS, type Partition, partitionOf } from "../iam/partition.js";
import type { PolicyDocument } from "../iam/policy-document.js";
import {
  ACCOUNT_ID,
  BUCKET_NAME,
  FUNCTION_NAME,
  IAM_PATH,
  LAYER_VERSION_ARN,
  REGION,
  ROLE_NAME,
} from "../iam/rules.js";
import { checkKind, checkObject, kindsOf, orNone, type ValueKind } from "../iam/value-kind.js";
import type { ValueRule } from "../iam/value-rule.js";
import { aclWithoutWriting, notInPartition, writtenByCaller } from "./errors.js";
import { type Explanation, explainRole, explainUser } from "./explain.js";
import { CALLER_ACCESSES, isWriterAccess } from "./output-bucket.js";
import { OUTPUT_BUCKETS } from "./output-bucket-kinds.js";
import {
  type PolicyOptions,
  type RolePolicyOptions,
  rolePolicy,
  type UserPolicyOptions,
  userPolicy,
} from "./policies.js";
import {
  ROLE_PROFILES,
  type RoleProfile,
  USER_PROFILES,
  type UserProfile,
} from "./profile-names.js";

/*
 * The policies for callers outside of this project: no option, from wherever its value may come, can
 * widen a policy beyond what it names.
 */

const text = (rule: ValueRule) => orNone({ kind: "text", rule } as const);

const texts = (rule: ValueRule) => orNone({ kind: "list", items: { kind: "text", rule } } as const);

const flag = orNone({ kind: "flag" } as const);

const choice = (choices: readonly string[]) => orNone({ kind: "choice", choices } as const);

const OPTIONS = kindsOf<PolicyOptions>()({
  partition: choice(PARTITIONS),
  accountId: text(ACCOUNT_ID),
  lambdaRoleName: text(ROLE_NAME),
  lambdaRolePath: text(IAM_PATH),
  regions: texts(REGION),
  bucketNames: texts(BUCKET_NAME),
  functionNames: texts(FUNCTION_NAME),
  customLayerArns: texts(LAYER_VERSION_ARN),
  vpc: flag,
  allInsightsRegions: flag,
  outputBuckets: orNone(OUTPUT_BUCKETS),
});

const USER_OPTIONS = kindsOf<UserPolicyOptions>()({
  profile: choice(USER_PROFILES),
  ...OPTIONS,
});

const ROLE_OPTIONS = kindsOf<RolePolicyOptions>()({
  profile: choice(ROLE_PROFILES),
  ...OPTIONS,
});

/**
 * The policy of `remotion-user`, and of `remotion-executionrole-policy`: without options equal to
 * Remotion's `getUserPolicy()`.
 *
 * @throws when an option breaks AWS's rule for it, is of another type, or is none
 * @see https://www.remotion.dev/docs/lambda/getuserpolicy
 */
export function checkedUserPolicy(options: UserPolicyOptions = {}): PolicyDocument {
  checkOptions(USER_OPTIONS, options);
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
 * @throws when an option breaks AWS's rule for it, is of another type, or is none
 * @see https://www.remotion.dev/docs/lambda/getrolepolicy
 */
export function checkedRolePolicy(options: RolePolicyOptions = {}): PolicyDocument {
  checkOptions(ROLE_OPTIONS, options);
  return rolePolicy(options);
}

/**
 * What the policy of a user, or of a caller, is for, statement by statement, options last.
 *
 * @throws when there is no such profile
 */
export function checkedExplainUser(profile: UserProfile): Explanation[] {
  checkProfile(profile, USER_PROFILES);
  return explainUser(profile);
}

/**
 * What the policy of the role that Remotion's functions run as is for.
 *
 * @throws when there is no such profile
 */
export function checkedExplainRole(profile: RoleProfile): Explanation[] {
  checkProfile(profile, ROLE_PROFILES);
  return explainRole(profile);
}

function checkProfile(profile: string, choices: readonly string[]): void {
  checkKind({ kind: "choice", choices }, "profile", profile);
}

function checkOptions(props: Readonly<Record<string, ValueKind>>, options: PolicyOptions): void {
  checkObject({ kind: "object", props }, "", options, { whole: "options" });
  const { partition = "aws" } = options;
  for (const [index, { acl, access, kmsKeyArn }] of (options.outputBuckets ?? []).entries()) {
    if (acl === true && !isWriterAccess(access)) {
      throw aclWithoutWriting(`outputBuckets[${index}]`, access);
    }
    checkPartition(`outputBuckets[${index}].kmsKeyArn`, kmsKeyArn, partition);
  }
  for (const [index, region] of (options.regions ?? []).entries()) {
    if (!isRegionOf(partition, region)) {
      throw notInPartition(`regions[${index}]`, region, partition);
    }
  }
  for (const [index, arn] of (options.customLayerArns ?? []).entries()) {
    checkPartition(`customLayerArns[${index}]`, arn, partition);
  }
}

function checkPartition(option: string, arn: string | undefined, partition: Partition): void {
  if (arn !== undefined && partitionOf(arn) !== partition) {
    throw notInPartition(option, arn, partition);
  }
}
