/**
 * IAM's quotas, in characters without white space unless a comment says otherwise.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const QUOTAS = {
  /** All inline policies of one user, together. */
  inlinePoliciesOfUser: 2048,
  /** All inline policies of one role, together. */
  inlinePoliciesOfRole: 10_240,
  /** One managed policy. */
  managedPolicy: 6144,
  /** Managed policies attached to one role, unless AWS raised it for the account (a count). */
  managedPoliciesOfRole: 10,
  /** What AWS raises that to at most (a count). */
  raisedManagedPoliciesOfRole: 25,
  /** The trust policy of a role, unless AWS raised it for the account. */
  trustPolicy: 2048,
  /** What AWS raises that to at most, by itself. */
  raisedTrustPolicy: 8192,
  /** Access keys of one user, active and inactive (a count). AWS raises it for nobody. */
  accessKeysOfUser: 2,
  /** Tags on one user, role or policy (a count). */
  tags: 50,
} as const;

/**
 * Characters that a name may have. Only the name counts, not the path.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const NAME_LENGTHS = {
  user: 64,
  role: 64,
  policy: 128,
} as const;

/**
 * The size of a policy document as IAM counts it: its characters without white space.
 *
 * @param document the document as Terraform's `jsonencode` would write it, with six characters for each
 *   of & < > and with the spaces that are part of a value; or a JSON text as it is
 */
export function policySize(document: object | string): number {
  return typeof document === "string"
    ? document.replace(/\s/g, "").length
    : JSON.stringify(document).replace(/[&<>]/g, "\\u0026").length;
}
