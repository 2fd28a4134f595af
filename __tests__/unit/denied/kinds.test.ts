import { describe, expect, it } from "vitest";
import type { Side } from "../../../lib/denied/answer.js";
import { ASKERS, answerTo, FUNCTION, message, reportOf } from "./support.js";

const BUCKET = "arn:aws:s3:::remotionlambda-useast1-abc1234567";
const SITE = `${BUCKET}/sites/my-site/index.html`;

/** Texts of each side beside the fourteen, with a fact of the answer. */
const KINDS: Readonly<Record<Side, readonly (readonly [text: string, says: string])[]>> = {
  input: [
    [message(ASKERS.user, "s3:PutObject", `"${SITE}"`), "deploySite()"],
    [
      message(ASKERS.caller, "lambda:InvokeFunction", FUNCTION),
      'profile = "render", "deploy" or "full"',
    ],
    [message(ASKERS.caller, "s3:GetObject", '"arn:aws:s3:::acme/out.mp4"'), 'access = "read"'],
    [message(ASKERS.user, "s3:DeleteObject", '"arn:aws:s3:::acme/out.mp4"'), 'access = "delete"'],
    [
      message(ASKERS.user, "s3:PutObject", '"arn:aws:s3:::acme-sites/sites/a/index.html"'),
      'bucket_names = ["acme-sites"]',
    ],
    [
      message(ASKERS.user, "iam:PassRole", "arn:aws:iam::123456789012:role/video/render-role"),
      'lambda_role_name = "render-role", lambda_role_path = "/video/"',
    ],
    [
      message(
        ASKERS.user,
        "lambda:GetLayerVersion",
        "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3",
      ),
      'custom_layer_arns = ["arn:aws:lambda:us-east-1:123456789012:layer:fonts:3"]',
    ],
    [
      message(
        ASKERS.user,
        "lambda:GetLayerVersion",
        "arn:aws:lambda:af-south-1:012438385374:layer:LambdaInsightsExtension:1",
      ),
      "all_insights_regions = true",
    ],
    [message(ASKERS.user, "ec2:DescribeSubnets", "*"), "vpc = true"],
    [
      "The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
      "vpc = true",
    ],
    [
      'Unable to access item "out.mp4" from bucket "acme-videos" . The Lambda role must have permission for both "s3:GetObject" and "s3:ListBucket" actions.',
      'remotion-lambda-role: output_buckets = [{ name = "acme-videos", prefix = "", access = "write" }]',
    ],
    [
      message(
        ASKERS.functions,
        "kms:GenerateDataKey",
        "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      ),
      'kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"',
    ],
    [
      message(
        "arn:aws:sts::123456789012:assumed-role/video-api/video-api",
        "logs:CreateLogStream",
        "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/video-api:log-stream:a",
      ),
      'log_function_names = ["video-api"]',
    ],
    ["We lack lambda:CreateFunction, it seems", "deployFunction()"],
    [
      "User: arn:aws-cn:iam::123456789012:user/remotion-user is not authorized to perform: lambda:CreateFunction on resource: arn:aws-cn:lambda:cn-north-1:123456789012:function:remotion-render-a",
      'partition = "aws-cn"',
    ],
    [
      message(
        "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/ana@example.com",
        "lambda:CreateFunction",
        FUNCTION,
      ),
      "permission set",
    ],
  ],
  principal: [
    [message(ASKERS.functions, "lambda:CreateFunction", FUNCTION), "remotion-user"],
    [message(ASKERS.user, "s3:PutObject", '"arn:aws:s3:::acme/out.mp4"'), "remotion-lambda-role"],
    [message(ASKERS.functions, "servicequotas:GetAWSDefaultServiceQuota", "*"), "quotas"],
    [
      message(ASKERS.functions, "s3:PutBucketPublicAccessBlock", `"${BUCKET}"`),
      "getOrCreateBucket()",
    ],
  ],
  "no policy": ["lambda:CreateFunction", "lambda:InvokeFunction", "lambda:DeleteFunction"].map(
    (action) => [
      message(ASKERS.user, action, FUNCTION.replace("arn:aws:", "arn:aws-us-gov:")),
      "for no other one",
    ],
  ),
  "another policy": [
    [
      message(
        ASKERS.user,
        "lambda:CreateFunction",
        FUNCTION,
        "with an explicit deny in an identity-based policy",
      ),
      "Deny",
    ],
    [message(ASKERS.user, "lambda:CreateFunction", FUNCTION, "with an explicit deny"), "Deny"],
    [
      message(
        ASKERS.caller,
        "s3:GetObject",
        `"${SITE}"`,
        "with an explicit deny in an identity-based policy",
      ),
      "Deny",
    ],
  ],
  boundary: [
    [
      message(
        ASKERS.user,
        "lambda:CreateFunction",
        FUNCTION,
        "because no permissions boundary allows the lambda:CreateFunction action",
      ),
      "policy user --profile deploy",
    ],
    [
      message(
        ASKERS.caller,
        "lambda:InvokeFunction",
        FUNCTION,
        "because no permissions boundary allows the lambda:InvokeFunction action",
      ),
      "policy execution-role --profile render",
    ],
    [
      message(
        ASKERS.functions,
        "s3:GetObject",
        `"${SITE.replace("sites", "renders")}"`,
        "with an explicit deny in a permissions boundary",
      ),
      "policy role --profile minimal",
    ],
  ],
  organization: [
    [
      message(
        ASKERS.user,
        "s3:CreateBucket",
        `"${BUCKET}"`,
        "because no service control policy allows the s3:CreateBucket action",
      ),
      "--scp LEVEL=FILE",
    ],
    [
      message(
        ASKERS.user,
        "s3:PutBucketPolicy",
        `"${BUCKET}"`,
        "with an explicit deny in a resource control policy: arn:aws:organizations::123456789012:policy/o-a/resource_control_policy/p-a",
      ),
      "organization",
    ],
    [
      message(
        ASKERS.user,
        "lambda:CreateFunction",
        FUNCTION,
        "with an explicit deny in a service control policy: arn:aws:organizations::123456789012:policy/o-a/service_control_policy/p-a",
      ),
      "organization",
    ],
    [
      message(
        ASKERS.functions,
        "s3:PutObject",
        `"${BUCKET}/renders/a/out.mp4"`,
        "because no resource control policy allows the s3:PutObject action",
      ),
      "organization",
    ],
  ],
  session: [
    [
      message(
        ASKERS.caller,
        "lambda:InvokeFunction",
        FUNCTION,
        "because no session policy allows the lambda:InvokeFunction action",
      ),
      "assumed the role",
    ],
    [
      message(
        ASKERS.caller,
        "lambda:ListFunctions",
        "*",
        "because no session policy allows the lambda:ListFunctions action",
      ),
      "PolicyArns",
    ],
    [
      message(
        ASKERS.caller,
        "lambda:CreateFunction",
        FUNCTION,
        "with an explicit deny in a session policy",
      ),
      "inline-session-policy",
    ],
  ],
  resource: [
    [
      message(
        ASKERS.functions,
        "s3:PutObject",
        '"arn:aws:s3:::acme/out.mp4"',
        "with an explicit deny in a resource-based policy",
      ),
      "--bucket-policy NAME=FILE",
    ],
    [
      message(
        ASKERS.functions,
        "kms:Decrypt",
        "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "because no resource-based policy allows the kms:Decrypt action",
      ),
      "--key-policy ARN=FILE",
    ],
    [
      message(
        ASKERS.caller,
        "lambda:InvokeFunction",
        FUNCTION,
        "because no resource-based policy allows the lambda:InvokeFunction action",
      ),
      "policy of the resource",
    ],
    [
      message(
        ASKERS.functions,
        "s3:PutObject",
        '"arn:aws:s3:::acme/out.mp4"',
        "because no resource-based policy allows the s3:PutObject action",
      ),
      "policy of the bucket",
    ],
    [
      message(
        ASKERS.functions,
        "s3:PutObject",
        '"arn:aws:s3:::acme/out.mp4"',
        "with an explicit deny in a resource-based policy",
      ),
      "policy of the bucket",
    ],
    [
      "User: arn:aws:sts::123456789012:assumed-role/remotion-lambda-role/remotion-render-a is not authorized to perform: kms:GenerateDataKey on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access",
      "key",
    ],
  ],
  endpoint: [
    [
      message(
        ASKERS.functions,
        "s3:PutObject",
        `"${BUCKET}/renders/a/out.mp4"`,
        "because no VPC endpoint policy allows the s3:PutObject action",
      ),
      "aws_vpc_endpoint_policy",
    ],
    [
      message(
        ASKERS.caller,
        "lambda:InvokeFunction",
        FUNCTION,
        "with an explicit deny in a VPC endpoint policy",
      ),
      "aws_vpc_endpoint_policy",
    ],
    [
      message(
        ASKERS.caller,
        "lambda:ListFunctions",
        "*",
        "because no VPC endpoint policy allows the lambda:ListFunctions action",
      ),
      "VPC endpoint",
    ],
  ],
  "public access": [
    [
      message(
        ASKERS.user,
        "s3:PutBucketPolicy",
        `"${BUCKET}"`,
        "because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access",
      ),
      "aws_s3_bucket_public_access_block",
    ],
    [
      message(
        ASKERS.user,
        "s3:PutBucketAcl",
        `"${BUCKET}"`,
        "because public access control lists (ACLs) are prevented by the BlockPublicAcls setting in S3 Block Public Access",
      ),
      "Block Public Access",
    ],
    [message("anonymous", "s3:GetObject", `"${SITE}"`), "no credentials"],
  ],
  trust: [
    [
      message(
        ASKERS.caller,
        "sts:AssumeRole",
        "arn:aws:iam::210987654321:role/remotion-execution-role",
        "because no role trust policy allows the sts:AssumeRole action",
      ),
      'trusted_principal_arns = ["arn:aws:iam::123456789012:role/video-api"]',
    ],
    [
      message(ASKERS.user, "sts:AssumeRole", "arn:aws:iam::123456789012:role/remotion-lambda-role"),
      "for Lambda alone",
    ],
    [
      message(ASKERS.user, "sts:AssumeRole", "arn:aws:iam::123456789012:role/api"),
      "have to allow sts:AssumeRole",
    ],
    [
      message(ASKERS.user, "sts:TagSession", "arn:aws:iam::123456789012:role/api"),
      "session_tag_keys",
    ],
    [
      message(ASKERS.user, "sts:AssumeRoleWithSAML", "arn:aws:iam::123456789012:role/api"),
      "trust policy",
    ],
    [
      "Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity",
      "trusted_oidc",
    ],
    [
      "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity",
      "trusted_oidc",
    ],
    [
      "Error: Could not assume role with OIDC: No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com",
      "aws_iam_openid_connect_provider",
    ],
    ["InvalidIdentityToken: Incorrect token audience", "client_id_list"],
  ],
  credentials: [
    [
      "InvalidClientTokenId: The security token included in the request is invalid.",
      "session token",
    ],
    ["ExpiredToken: The provided token has expired.", "sign in"],
    ["ExpiredTokenException: The security token included in the request is expired", "sign in"],
    [
      "SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.",
      "secret access key",
    ],
    [
      "InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.",
      "deleted",
    ],
    ["CredentialsProviderError: Could not load credentials from any providers", "No credentials"],
    [
      "Error: You have tried to call a Remotion Lambda function, but have not set the environment variable AWS_ACCESS_KEY_ID or REMOTION_AWS_ACCESS_KEY_ID.\n- Environment variables from a '.env' file are not automatically read if you are calling the Node.JS APIs, in that case you need to load the file yourself or set the environment variables manually.\n- For more reasons see the troubleshooting page: https://remotion.dev/docs/lambda/troubleshooting/permissions",
      "REMOTION_SKIP_AWS_CREDENTIALS_CHECK",
    ],
    [
      "RequestTimeTooSkewed: The difference between the request time and the current time is too large.",
      "clock",
    ],
  ],
  acls: [
    [
      "An error occurred (AccessControlListNotSupported) when calling the PutObject operation: The bucket does not allow ACLs",
      "no-acl",
    ],
    ["Error: The bucket does not allow ACLs\n    at throwDefaultError (index.js:1:1)", "no-acl"],
    ['{"level":"error","name":"AccessControlListNotSupported"}', "no-acl"],
  ],
  "not Remotion": [
    [
      message(ASKERS.user, "dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:123456789012:table/a"),
      "no such call",
    ],
    [
      message(
        ASKERS.caller,
        "lambda:InvokeFunction",
        "arn:aws:lambda:us-east-1:123456789012:function:video-api",
      ),
      "function_names",
    ],
    [
      message(ASKERS.user, "s3:PutBucketPolicy", '"arn:aws:s3:::acme-videos"'),
      "on buckets of Remotion",
    ],
    [message(ASKERS.user, "iam:GetUser", ASKERS.user), "older release"],
    [
      message(
        ASKERS.user,
        "dynamodb:GetItem",
        "*",
        "with an explicit deny in a service control policy",
      ),
      "not a call of Remotion's",
    ],
  ],
  untold: [
    [
      "AccessDeniedException: UnknownError\n    at throwDefaultError (index.js:867:20)",
      "cannot be told",
    ],
    ["<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", "cannot be told"],
    ["An error occurred (403) when calling the HeadObject operation: Forbidden", "cannot be told"],
    [
      "UnauthorizedOperation: You are not authorized to perform this operation. Encoded authorization failure message: abc",
      "decode-authorization-message",
    ],
  ],
};

describe.each(Object.entries(KINDS))("%s", (side, texts) => {
  it.each(texts)("%s", (text, says) => {
    const answer = answerTo(text);

    expect(answer.side).toBe(side);
    expect(reportOf(answer)).toContain(says);
  });
});
