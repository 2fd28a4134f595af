/**
 * Where a principal's policy lives: `inline`, inside the principal, or `managed`, a policy of its own
 * that is attached.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export const POLICY_TYPES = ["inline", "managed"] as const;
