import type { Partition } from "../iam/partition.js";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document.js";
import { bucketGrantStatements } from "./bucket-grants.js";
import type { OutputBucket } from "./output-bucket.js";
import { type ResourceNames, resourcesOf } from "./resource-names.js";
import { ROLE_STATEMENTS } from "./role-statements.js";
import type { StatementFact } from "./statement-fact.js";
import { USER_STATEMENTS } from "./user-statements.js";

/** What a policy is made for. */
export interface PolicyOptions extends Omit<ResourceNames, "partition"> {
  /** @default "aws" */
  readonly partition?: Partition;
  /** Further buckets to grant. @default none */
  readonly outputBuckets?: readonly OutputBucket[];
}

/**
 * The policy of `remotion-user`, and of `remotion-executionrole-policy`: without options equal to
 * Remotion's `getUserPolicy()`.
 *
 * @see https://www.remotion.dev/docs/lambda/getuserpolicy
 */
export function userPolicy(options: PolicyOptions = {}): PolicyDocument {
  return policyOf(USER_STATEMENTS, options);
}

/**
 * The policy of `remotion-lambda-role`: without options equal to Remotion's `getRolePolicy()`.
 *
 * @see https://www.remotion.dev/docs/lambda/getrolepolicy
 */
export function rolePolicy(options: PolicyOptions = {}): PolicyDocument {
  return policyOf(ROLE_STATEMENTS, options);
}

function policyOf(facts: readonly StatementFact[], options: PolicyOptions): PolicyDocument {
  const { partition = "aws", outputBuckets = [], ...names } = options;
  const statements = facts.map(
    (fact): Statement => ({
      Sid: fact.sid,
      Effect: "Allow",
      Action: fact.actions,
      Resource: resourcesOf(fact, partition, names),
    }),
  );
  return policyDocument([...statements, ...bucketGrantStatements(outputBuckets, partition)]);
}
