import type { Statement } from "../iam/policy-document.js";

/** The key of a request that says whose the resource is. */
export const RESOURCE_ACCOUNT = "aws:ResourceAccount";

/**
 * How it is compared: two characters shorter than `StringEquals` and the same for twelve digits. Without these,
 * the policy `deploy` would be no inline one any more in Tokyo, Singapore and Sydney.
 */
export const ACCOUNT_OPERATOR = "StringLike";

/**
 * Limits a statement to the resources of one account. The ARNs of S3 name no account, and a bucket that begins
 * with `remotionlambda-` may be anybody's.
 *
 * AWS has the key in every request for S3, also in the one that creates a bucket.
 *
 * @param accountId twelve digits
 * @see docs/decisions/0017-the-account-of-buckets.md
 */
export function accountCondition(accountId: string): NonNullable<Statement["Condition"]> {
  return { [ACCOUNT_OPERATOR]: { [RESOURCE_ACCOUNT]: accountId } };
}
