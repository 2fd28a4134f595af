import type { Partition } from "../iam/partition.js";
import {
  ACCOUNT_ID,
  BUCKET_NAME,
  FUNCTION_NAME,
  IAM_PATH,
  KEY_PREFIX,
  LAYER_VERSION_ARN,
  REGION,
  ROLE_NAME,
} from "../iam/rules.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import { rolePolicy, userPolicy } from "../remotion/policies.js";
import type { ResourceScope } from "../remotion/resource-scope.js";
import type { ALL_PROFILES, PRINCIPALS } from "./choices.js";
import type { Console } from "./console.js";
import { bucketsNotForUser, invalidOption } from "./errors.js";
import { roleProfile, userProfile } from "./explain.js";

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
  /** Buckets as `name` or `name/folder/`. */
  readonly outputBuckets: readonly string[];
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
  if (principal === "user" && options.outputBuckets.length > 0) {
    throw bucketsNotForUser();
  }
  const scope = scopeOf(options);
  checkAll("layer", options.customLayerArns, LAYER_VERSION_ARN);
  const { customLayerArns, vpc, allInsightsRegions } = options;
  const all = {
    ...scope,
    partition,
    customLayerArns,
    vpc,
    allInsightsRegions,
    outputBuckets: options.outputBuckets.map(parseBucket),
  };
  const document =
    principal === "role"
      ? rolePolicy({ ...all, profile: roleProfile(options.profile) })
      : userPolicy({ ...all, profile: userProfile(options.profile) });
  console.result(JSON.stringify(document, null, compact ? 0 : 2));
  return 0;
}

/** What narrows a policy on the command line. */
export type ScopeOptions = Pick<
  PolicyCommandOptions,
  "lambdaRoleName" | "lambdaRolePath" | "regions" | "accountId" | "bucketNames" | "functionNames"
>;

/** The options that narrow a policy, once each keeps its rule. @throws UsageError when one does not */
export function scopeOf(options: ScopeOptions): ResourceScope {
  const { lambdaRoleName, lambdaRolePath, regions, accountId, bucketNames, functionNames } =
    options;
  check("lambda-role-name", lambdaRoleName, ROLE_NAME);
  check("lambda-role-path", lambdaRolePath, IAM_PATH);
  checkAll("region", regions, REGION);
  checkAll("bucket", bucketNames, BUCKET_NAME);
  checkAll("function", functionNames, FUNCTION_NAME);
  checkAll("account", accountId === undefined ? [] : [accountId], ACCOUNT_ID);
  return {
    lambdaRoleName,
    lambdaRolePath,
    regions,
    bucketNames,
    functionNames,
    ...(accountId === undefined ? {} : { accountId }),
  };
}

/** Reads `name` or `name/folder/`. */
function parseBucket(argument: string): OutputBucket {
  const slash = argument.indexOf("/");
  const name = slash < 0 ? argument : argument.slice(0, slash);
  const prefix = slash < 0 ? "" : argument.slice(slash + 1);
  check("output-bucket", name, BUCKET_NAME);
  check("output-bucket", prefix, KEY_PREFIX);
  return { name, prefix };
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
