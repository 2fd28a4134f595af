/**
 * The constructs, for a CDKTF app of one's own. They need the packages `cdktf`, `constructs` and
 * `@cdktf/provider-aws`; what does without them is in `remotion-lambda-terraform/policies`.
 */
export {
  RemotionBucketGrants,
  type RemotionBucketGrantsProps,
} from "./constructs/remotion-bucket-grants.js";
export {
  RemotionExecutionRole,
  type RemotionExecutionRoleProps,
} from "./constructs/remotion-execution-role.js";
export {
  RemotionExecutionRolePolicy,
  type RemotionExecutionRolePolicyProps,
} from "./constructs/remotion-executionrole-policy.js";
export {
  RemotionLambdaRole,
  type RemotionLambdaRoleProps,
} from "./constructs/remotion-lambda-role.js";
export {
  RemotionNarrowing,
  type RemotionNarrowingProps,
} from "./constructs/remotion-narrowing.js";
export { RemotionUser, type RemotionUserProps } from "./constructs/remotion-user.js";
export type { UserPolicyProps } from "./constructs/user-policy-props.js";
export type { BucketAccess, OutputBucket } from "./remotion/output-bucket.js";
