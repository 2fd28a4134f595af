/**
 * The arguments that are blocks, not values: in them, `dynamic` makes blocks. In a value it would be an
 * attribute of that name.
 */
export const BLOCK_TYPES: ReadonlySet<string> = new Set([
  "apply_server_side_encryption_by_default",
  "condition",
  "customer_managed_policy_reference",
  "iam_instance_profile",
  "inline_policy",
  "instance_configuration",
  "not_principals",
  "permissions_boundary",
  "principals",
  "rule",
  "statement",
]);
