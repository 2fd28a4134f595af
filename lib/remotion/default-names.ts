/**
 * The names that Remotion's set-up guide gives, and that its packages expect unless told otherwise.
 *
 * @see https://www.remotion.dev/docs/lambda/setup
 * @see https://www.remotion.dev/docs/lambda/lambda-role-permissions
 */
export const DEFAULT_NAMES = {
  /** The role that Remotion's functions run as. `deployFunction()` passes it unless given `customRoleArn`. */
  lambdaRole: "remotion-lambda-role",
  /** The policy of that role. */
  lambdaRolePolicy: "remotion-lambda-policy",
  /** The user whose keys Remotion's command line and Node.js APIs use. */
  user: "remotion-user",
  /** The policy of that user. */
  userPolicy: "remotion-user-policy",
  /** The role of callers. Remotion's guide has one made per kind of caller, under a name of one's own. */
  executionRole: "remotion-execution-role",
  /** The managed policy for callers that must not hold long-term keys. */
  executionRolePolicy: "remotion-executionrole-policy",
  /** The managed policy for further buckets. Remotion's guide has an unnamed inline policy there. */
  bucketGrants: "remotion-bucket-grants",
} as const;
