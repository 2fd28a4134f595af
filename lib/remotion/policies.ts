import type { Partition } from "../iam/partition.js";
import { type PolicyDocument, policyDocument, type Statement } from "../iam/policy-document.js";
import { accountCondition } from "./account-condition.js";
import { bucketGrantStatements } from "./bucket-grants.js";
import { optionStatements, type PolicyExtras } from "./option-statements.js";
import type { OutputBucket } from "./output-bucket.js";
import type { RoleProfile, UserProfile } from "./profile-names.js";
import { roleStatements, userStatements } from "./profiles.js";
import { fillTemplate, placeholdersOf, type ResourceScope } from "./resource-scope.js";
import { type StatementFact, templatesOf } from "./statement-fact.js";

/** What a policy is made for. */
export interface PolicyOptions extends Omit<ResourceScope, "partition">, PolicyExtras {
  /** @default "aws" */
  readonly partition?: Partition;
  /** Further buckets to grant. @default none */
  readonly outputBuckets?: readonly OutputBucket[];
}

/** What the policy of a user, or of a caller, is made for. */
export interface UserPolicyOptions extends PolicyOptions {
  /** @default "full" */
  readonly profile?: UserProfile;
}

/** What the policy of the role that Remotion's functions run as is made for. */
export interface RolePolicyOptions extends PolicyOptions {
  /** @default "full" */
  readonly profile?: RoleProfile;
}

/**
 * The policy of `remotion-user`, and of `remotion-executionrole-policy`: without options equal to
 * Remotion's `getUserPolicy()`.
 *
 * @see https://www.remotion.dev/docs/lambda/getuserpolicy
 */
export function userPolicy(options: UserPolicyOptions = {}): PolicyDocument {
  return policyOf(userStatements(options.profile ?? "full"), "user", options);
}

/**
 * The policy of `remotion-lambda-role`: without options equal to Remotion's `getRolePolicy()`.
 *
 * @see https://www.remotion.dev/docs/lambda/getrolepolicy
 */
export function rolePolicy(options: RolePolicyOptions = {}): PolicyDocument {
  return policyOf(roleStatements(options.profile ?? "full"), "role", options);
}

/** A fact as a statement of a policy, for a scope whose names are all known. */
function statementOf(fact: StatementFact, scope: PolicyOptions): Statement {
  const { partition = "aws", accountId } = scope;
  const condition =
    fact.limitedToAccount === true && accountId !== undefined
      ? accountCondition(accountId)
      : fact.condition;
  const templates = templatesOf(fact, partition);
  const placeholders = placeholdersOf(scope);
  return {
    Sid: fact.sid,
    Effect: "Allow",
    Action: fact.actions,
    Resource: templates.flatMap((template) => fillTemplate(template, placeholders)),
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

/**
 * A policy of statements, with those for its options.
 *
 * @param principal whose options there are
 */
export function policyOf(
  facts: readonly StatementFact[],
  principal: "user" | "role",
  options: PolicyOptions & { readonly profile?: string },
): PolicyDocument {
  const { partition = "aws", outputBuckets = [] } = options;
  return policyDocument([
    ...facts.map((fact) => statementOf(fact, options)),
    ...optionStatements(principal, options.profile ?? "full", options, options),
    ...bucketGrantStatements(outputBuckets, partition),
  ]);
}
