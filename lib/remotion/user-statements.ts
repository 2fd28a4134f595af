import { LAYERS } from "./layers.js";
import type { StatementFact } from "./statement-fact.js";

/**
 * The statements of `getUserPolicy()`: what deploying with, and rendering through, Remotion Lambda
 * needs. The same policy serves as `remotion-executionrole-policy`.
 *
 * @see https://www.remotion.dev/docs/lambda/permissions#user-permissions
 */
export const USER_STATEMENTS: readonly StatementFact[] = [
  {
    sid: "HandleQuotas",
    actions: [
      "servicequotas:GetServiceQuota",
      "servicequotas:GetAWSDefaultServiceQuota",
      "servicequotas:RequestServiceQuotaIncrease",
      "servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota",
    ],
    resources: ["*"],
    scope: "every quota of the account",
    reason:
      "Read the limit on concurrent Lambda executions, ask AWS to raise it, and see what became of the request.",
  },
  {
    sid: "PermissionValidation",
    actions: ["iam:SimulatePrincipalPolicy"],
    resources: ["*"],
    scope: "every user and role of the account",
    reason: "Check that the policies are in place, without calling the actions themselves.",
  },
  {
    sid: "LambdaInvokation",
    actions: ["iam:PassRole"],
    resources: ["arn:{partition}:iam::{account}:role{lambdaRole}"],
    scope: "the role that Remotion's functions run as, and no other",
    reason: "Hand the role that Remotion's functions run as to a function when it is created.",
  },
  {
    sid: "Storage",
    actions: [
      "s3:GetObject",
      "s3:DeleteObject",
      "s3:PutObjectAcl",
      "s3:PutObject",
      "s3:CreateBucket",
      "s3:ListBucket",
      "s3:GetBucketLocation",
      "s3:PutBucketAcl",
      "s3:DeleteBucket",
      "s3:PutBucketOwnershipControls",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketPolicy",
      "s3:PutLifecycleConfiguration",
    ],
    resources: ["arn:{partition}:s3:::{bucketTree}"],
    scope: "buckets whose names begin with remotionlambda-, and their objects",
    reason:
      "Create the bucket that Remotion keeps in a region, and write, read and delete what is in it.",
  },
  {
    sid: "BucketListing",
    actions: ["s3:ListAllMyBuckets"],
    resources: ["*"],
    scope: "the names of all buckets of the account; S3 knows no narrower resource",
    reason: "Find the Remotion bucket that exists already.",
  },
  {
    sid: "FunctionListing",
    actions: ["lambda:ListFunctions", "lambda:GetFunction"],
    resources: ["*"],
    scope: "the configuration of all functions of the account",
    reason: "Find the Remotion functions that are deployed already, and read their settings.",
  },
  {
    sid: "FunctionManagement",
    actions: [
      "lambda:InvokeAsync",
      "lambda:InvokeFunction",
      "lambda:CreateFunction",
      "lambda:DeleteFunction",
      "lambda:PutFunctionEventInvokeConfig",
      "lambda:PutRuntimeManagementConfig",
      "lambda:TagResource",
    ],
    resources: ["arn:{partition}:lambda:{region}:{account}:function:{function}"],
    scope: "functions whose names begin with remotion-render-",
    reason:
      "Create, configure and delete Remotion's functions, and start and watch renders on them.",
  },
  {
    sid: "LogsRetention",
    actions: ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
    resources: ["arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda/{functionLogs}"],
    scope: "log groups of functions whose names begin with remotion-render-",
    reason: "Create a function's log group and set how long its logs are kept.",
  },
  {
    sid: "FetchBinaries",
    actions: ["lambda:GetLayerVersion"],
    resources: LAYERS,
    scope: "the layers that Remotion publishes, and AWS's Lambda Insights layer",
    reason: "Put the layers with Chrome and the compositor, and Lambda Insights, into a function.",
  },
];
