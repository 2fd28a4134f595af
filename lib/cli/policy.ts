import type { Partition } from "../iam/partition.js";
import { BUCKET_NAME, IAM_PATH, KEY_PREFIX, ROLE_NAME } from "../iam/rules.js";
import { keepsRule, type ValueRule } from "../iam/value-rule.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import { rolePolicy, userPolicy } from "../remotion/policies.js";
import type { Console } from "./console.js";
import { bucketsNotForUser, invalidOption } from "./errors.js";

/** Whose policy can be printed. */
export const PRINCIPALS = ["user", "role", "execution-role"] as const;

/** What `policy` was asked for. */
export interface PolicyCommandOptions {
  readonly principal: (typeof PRINCIPALS)[number];
  readonly partition: Partition;
  readonly lambdaRoleName: string;
  readonly lambdaRolePath: string;
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
  const { principal, partition, lambdaRoleName, lambdaRolePath, compact } = options;
  check("lambda-role-name", lambdaRoleName, ROLE_NAME);
  check("lambda-role-path", lambdaRolePath, IAM_PATH);
  if (principal === "user" && options.outputBuckets.length > 0) {
    throw bucketsNotForUser();
  }
  const outputBuckets = options.outputBuckets.map(parseBucket);
  const policyOf = principal === "role" ? rolePolicy : userPolicy;
  const document = policyOf({ partition, lambdaRoleName, lambdaRolePath, outputBuckets });
  console.result(JSON.stringify(document, null, compact ? 0 : 2));
  return 0;
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

function check(option: string, value: string, rule: ValueRule): void {
  if (!keepsRule(rule, value)) {
    throw invalidOption(option, value, rule);
  }
}
