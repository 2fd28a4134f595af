import { isRegionOf, type Partition, partitionOf } from "../iam/partition.js";
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
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import { isWriterAccess } from "../remotion/output-bucket.js";
import { type PolicyOptions, policyOf, rolePolicy, userPolicy } from "../remotion/policies.js";
import type { RoleProfile, UserProfile } from "../remotion/profile-names.js";
import { type ReleaseNeeds, releaseStatements } from "../remotion/releases.js";
import type { ResourceScope } from "../remotion/resource-scope.js";
import type { ALL_PROFILES, PRINCIPALS } from "./choices.js";
import type { Console } from "./console.js";
import { bucketsToWriteForCallers, invalidOption, notInPartition } from "./errors.js";
import { roleProfile, userProfile } from "./explain.js";
import { parseOutputBucket } from "./output-bucket-option.js";
import { remotionRelease } from "./remotion-release.js";

/** What `policy` was asked for. */
export interface PolicyCommandOptions {
  readonly principal: (typeof PRINCIPALS)[number];
  readonly partition: Partition;
  readonly lambdaRoleName: string;
  readonly lambdaRolePath: string;
  readonly profile: (typeof ALL_PROFILES)[number];
  /** What the wildcards are narrowed to. */
  readonly regions: readonly string[];
  readonly accountId: string | undefined;
  readonly bucketNames: readonly string[];
  readonly functionNames: readonly string[];
  /** What Remotion's own policies do not allow. */
  readonly customLayerArns: readonly string[];
  readonly vpc: boolean;
  readonly allInsightsRegions: boolean;
  /** Buckets as `NAME[/PREFIX/][:ACCESS]`. */
  readonly outputBuckets: readonly string[];
  /** The release of Remotion that is used. @default the newest known */
  readonly remotion?: string | undefined;
  /** Print on one line. */
  readonly compact: boolean;
}

/**
 * Prints a policy document.
 *
 * @returns the exit code
 * @throws when an option breaks its rule
 */
export function policy(options: PolicyCommandOptions, console: Console): number {
  const { principal, partition, compact } = options;
  const outputBuckets = options.outputBuckets.map(parseOutputBucket);
  if (principal !== "role" && outputBuckets.some(({ access }) => isWriterAccess(access))) {
    throw bucketsToWriteForCallers();
  }
  const scope = scopeOf(options);
  checkAll("layer", options.customLayerArns, LAYER_VERSION_ARN);
  for (const region of options.regions) {
    if (!isRegionOf(partition, region)) {
      throw notInPartition("region", region, partition);
    }
  }
  for (const arn of options.customLayerArns) {
    if (partitionOf(arn) !== partition) {
      throw notInPartition("layer", arn, partition);
    }
  }
  const { customLayerArns, vpc, allInsightsRegions } = options;
  const all = {
    ...scope,
    partition,
    customLayerArns,
    vpc,
    allInsightsRegions,
    outputBuckets,
  };
  const release = remotionRelease(options.remotion, partition, console);
  const document =
    principal === "role"
      ? rolePolicyFor(release, roleProfile(options.profile), all)
      : userPolicyFor(release, userProfile(options.profile), all);
  console.result(JSON.stringify(document, null, compact ? 0 : 2));
  return 0;
}

function userPolicyFor(
  release: ReleaseNeeds | undefined,
  profile: UserProfile,
  options: PolicyOptions,
): PolicyDocument {
  return release === undefined
    ? userPolicy({ ...options, profile })
    : policyOf(releaseStatements(release, "user", profile), "user", { ...options, profile });
}

function rolePolicyFor(
  release: ReleaseNeeds | undefined,
  profile: RoleProfile,
  options: PolicyOptions,
): PolicyDocument {
  return release === undefined
    ? rolePolicy({ ...options, profile })
    : policyOf(releaseStatements(release, "role", profile), "role", { ...options, profile });
}

/** What narrows a policy on the command line. */
export interface ScopeOptions
  extends Pick<PolicyCommandOptions, "regions" | "accountId" | "bucketNames" | "functionNames"> {
  readonly lambdaRoleName: string | undefined;
  readonly lambdaRolePath: string | undefined;
}

/** The options that narrow a policy, once each keeps its rule. @throws UsageError when one does not */
export function scopeOf(options: ScopeOptions): ResourceScope {
  const { lambdaRoleName, lambdaRolePath, regions, accountId, bucketNames, functionNames } =
    options;
  checkAll("lambda-role-name", listed(lambdaRoleName), ROLE_NAME);
  checkAll("lambda-role-path", listed(lambdaRolePath), IAM_PATH);
  checkAll("region", regions, REGION);
  checkAll("bucket", bucketNames, BUCKET_NAME);
  checkAll("function", functionNames, FUNCTION_NAME);
  checkAll("account", listed(accountId), ACCOUNT_ID);
  return {
    ...(lambdaRoleName === undefined ? {} : { lambdaRoleName }),
    ...(lambdaRolePath === undefined ? {} : { lambdaRolePath }),
    regions,
    bucketNames,
    functionNames,
    ...(accountId === undefined ? {} : { accountId }),
  };
}

function listed(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function checkAll(option: string, values: readonly string[], rule: ValueRule): void {
  for (const value of values) {
    check(option, value, rule);
  }
}

function check(option: string, value: string, rule: ValueRule): void {
  if (!keepsRule(rule, value)) {
    throw invalidOption(option, value, rule);
  }
}
