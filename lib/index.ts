/**
 * The constructs, for an app of one's own. They need `constructs`, and of CDKTF the packages `cdktf` and
 * `@cdktf/provider-aws`. An app of CDK Terrain, its fork, imports the same ones from `remotion-lambda-terraform/cdktn`,
 * which needs `cdktn` and `@cdktn/provider-aws` in their place. What needs none is in
 * `remotion-lambda-terraform/policies`.
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
