/** The policies as data, and what each permission is for. Plain functions that need no other package. */
export { PARTITIONS, type Partition } from "./iam/partition.js";
export type { PolicyDocument, Statement } from "./iam/policy-document.js";
export {
  checkedExplainRole as explainRole,
  checkedExplainUser as explainUser,
  checkedRolePolicy as rolePolicy,
  checkedUserPolicy as userPolicy,
} from "./remotion/checked-policies.js";
export { DEFAULT_NAMES } from "./remotion/default-names.js";
export type { Explanation } from "./remotion/explain.js";
export type { BucketAccess, OutputBucket } from "./remotion/output-bucket.js";
export type { PolicyOptions, RolePolicyOptions, UserPolicyOptions } from "./remotion/policies.js";
export {
  ROLE_PROFILES,
  type RoleProfile,
  USER_PROFILES,
  type UserProfile,
} from "./remotion/profile-names.js";
export { REMOTION_VERSION } from "./remotion/release.js";
