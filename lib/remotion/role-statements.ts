import type { StatementFact } from "./statement-fact.js";

/**
 * The statements of `getRolePolicy()`: what a deployed function does itself while it renders.
 *
 * @see https://www.remotion.dev/docs/lambda/permissions#role-permissions
 */
export const ROLE_STATEMENTS: readonly StatementFact[] = [
  {
    sid: "0",
    actions: ["s3:ListAllMyBuckets"],
    resources: ["*"],
    scope: "the names of all buckets of the account; S3 knows no narrower resource",
    reason: "Find the Remotion bucket when a render is started without naming it.",
  },
  {
    sid: "1",
    actions: [
      "s3:CreateBucket",
      "s3:ListBucket",
      "s3:PutBucketAcl",
      "s3:GetObject",
      "s3:DeleteObject",
      "s3:PutObjectAcl",
      "s3:PutObject",
      "s3:GetBucketLocation",
    ],
    resources: ["arn:{partition}:s3:::{bucketTree}"],
    scope: "buckets whose names begin with remotionlambda-, and their objects",
    reason:
      "Read input props, and write the progress, the artifacts and the finished video or image of a render.",
  },
  {
    sid: "2",
    actions: ["lambda:InvokeFunction"],
    resources: ["arn:{partition}:lambda:{region}:{account}:function:{function}"],
    scope: "functions whose names begin with remotion-render-",
    reason: "Spread one render over many invocations of the same function.",
  },
  {
    sid: "3",
    actions: ["logs:CreateLogGroup"],
    resources: ["arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda-insights"],
    scope: "the log group of Lambda Insights",
    reason: "Let Lambda Insights create its log group on first use.",
  },
  {
    sid: "4",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [
      "arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda/{functionLogs}",
      "arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda-insights:*",
    ],
    scope: "log groups of Remotion's functions and of Lambda Insights",
    reason: "Write the function's logs and its Lambda Insights metrics.",
  },
];
