import { describe, expect, it } from "vitest";
import { answerDenial } from "../../../lib/denied/answer-denial.js";
import { readDenials } from "../../../lib/denied/read-denials.js";
import { ASKERS, FUNCTION, message, reportOf } from "./support.js";

/* Whole texts as they are pasted: of logs, consoles, other SDKs and other commands, with several refusals or none. */

interface Case {
  readonly what: string;
  readonly text: string;
  /** The side and the action of each answer. */
  readonly answers: readonly string[];
  readonly says?: readonly string[];
  readonly never?: readonly string[];
}

const BUCKET = "arn:aws:s3:::remotionlambda-useast1-abc1234567";
const VIDEO = "arn:aws:s3:::acme-videos/out.mp4";
const WRITES = message(ASKERS.functions, "s3:PutObject", `"${VIDEO}"`);
const CREATES = message(ASKERS.user, "lambda:CreateFunction", FUNCTION);
const EXECUTION_ROLE = "arn:aws:iam::210987654321:role/remotion-execution-role";
const PRINCIPAL_OF_CALLER = 'trusted_principal_arns = ["arn:aws:iam::123456789012:role/video-api"]';

const GRANTED: Pick<Case, "answers" | "says"> = {
  answers: ["input s3:PutObject"],
  says: [`s3:PutObject on ${VIDEO} is denied`, 'output_buckets = [{ name = "acme-videos"'],
};
const DEPLOYED: Pick<Case, "answers" | "says"> = {
  answers: ["input lambda:CreateFunction"],
  says: ["deployFunction()", FUNCTION],
};

function decoded(action: string, resource: string): string {
  const context = { principal: { arn: ASKERS.user }, action, resource };
  return JSON.stringify({ allowed: false, explicitDeny: false, context });
}

function event(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    eventSource: "s3.amazonaws.com",
    eventName: "PutObject",
    errorCode: "AccessDenied",
    errorMessage: "Access Denied",
    userIdentity: { type: "AssumedRole", arn: ASKERS.functions },
    requestParameters: { bucketName: "acme-videos", key: "out.mp4" },
    ...fields,
  };
}

/** A table as `--output table` draws it, with a text over several rows of a cell. */
function table(text: string): string {
  const rows = text.match(/.{1,60}/g)?.map((part) => `||  ${part.padEnd(60)}||`) ?? [];
  return ["+----+", "||  DecodedMessage  ||", ...rows, "+----+"].join("\n");
}

const LOGS: readonly Case[] = [
  {
    what: "lines of Terraform's in GitHub's log, each with its time",
    text: [
      `\u001b[31m│\u001b[0m Error: User: ${ASKERS.caller} is not`,
      "\u001b[31m│\u001b[0m authorized to perform: lambda:InvokeFunction on resource:",
      `\u001b[31m│\u001b[0m ${FUNCTION}`,
      "\u001b[31m│\u001b[0m because no permissions boundary allows it",
    ]
      .map((line) => `2026-11-30T10:00:00.1234567Z ${line}`)
      .join("\n"),
    answers: ["boundary lambda:InvokeFunction"],
    says: [FUNCTION],
  },
  {
    what: "lines of a container's log",
    text: CREATES.replace("on resource: ", "on resource:\n")
      .split("\n")
      .map((line) => `api_1  | ${line}`)
      .join("\n"),
    ...DEPLOYED,
  },
  {
    what: "lines of CloudWatch's, each with its stream",
    text: WRITES.replace(" because", "\nbecause")
      .split("\n")
      .map((line) => `2026-11-30T10:00:00.123000+00:00 2026/11/30/[$LATEST]0123abcd ${line}`)
      .join("\n"),
    ...GRANTED,
  },
  { what: "JSON of .NET's", text: WRITES.replaceAll('"', "\\u0022"), ...GRANTED },
  {
    what: "JSON of Go's",
    text: JSON.stringify({ msg: WRITES.replace("out", "a&b") }).replaceAll("&", "\\u0026"),
    answers: ["input s3:PutObject"],
    says: ["a&b.mp4 is denied"],
  },
  { what: "a spreadsheet", text: `"${WRITES.replaceAll('"', '""')}"`, ...GRANTED },
  { what: "French quotes", text: WRITES.replace(/"(.*)"/, "« $1 »"), ...GRANTED },
  { what: "Japanese quotes", text: WRITES.replace(/"(.*)"/, "「$1」"), ...GRANTED },
  { what: "single French quotes", text: WRITES.replace(/"(.*)"/, "‹$1›"), ...GRANTED },
  { what: "backticks", text: CREATES.replaceAll(/arn:\S+|lambda:Create\w+/g, "`$&`"), ...DEPLOYED },
  {
    what: "a page's markup",
    text: `<p>${CREATES.replaceAll(/arn:\S+|lambda:Create\w+/g, "<code>$&</code>")}</p>`,
    ...DEPLOYED,
  },
  {
    what: "another refusal behind sixty of the same",
    text: `${`${CREATES}\n`.repeat(60)}${WRITES}`,
    answers: ["input lambda:CreateFunction", "input s3:PutObject"],
  },
  {
    what: "refusals of several kinds",
    text: `AccessControlListNotSupported: The bucket does not allow ACLs\n${CREATES}\nExpiredToken: x`,
    answers: ["input lambda:CreateFunction", "acls", "credentials"],
  },
];

const JSON_OF_AWS: readonly Case[] = [
  { what: "an event of CloudTrail's", text: JSON.stringify(event({}), null, 4), ...GRANTED },
  { what: "a file of CloudTrail's", text: JSON.stringify({ Records: [event({})] }), ...GRANTED },
  {
    what: "the answer of lookup-events",
    text: JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(event({})) }] }),
    ...GRANTED,
  },
  {
    what: "an event of EventBridge's",
    text: JSON.stringify({ detail: event({}) }),
    ...GRANTED,
  },
  {
    what: "an event in a line of a log",
    text: `first\n2026-11-30 event: ${JSON.stringify(event({}))}\nlast`,
    ...GRANTED,
  },
  {
    what: "an event whose operation has another name than the action",
    text: JSON.stringify(event({ eventName: "HeadObject", userIdentity: { arn: ASKERS.caller } })),
    answers: ["input s3:GetObject"],
    says: ['access = "read"'],
  },
  {
    what: "an event with the version of the API",
    text: JSON.stringify(
      event({
        eventSource: "lambda.amazonaws.com",
        eventName: "CreateFunction20150331",
        userIdentity: { arn: ASKERS.user },
      }),
    ),
    answers: ["input lambda:CreateFunction"],
  },
  {
    what: "an event without credentials",
    text: JSON.stringify(
      event({
        eventName: "GetObject",
        userIdentity: { type: "AWSAccount", accountId: "anonymous" },
        requestParameters: { bucketName: BUCKET.slice(13), key: "sites/a/index.html" },
      }),
    ),
    answers: ["public access s3:GetObject"],
  },
  {
    what: "an event whose message says it all",
    text: JSON.stringify(event({ errorMessage: WRITES })),
    ...GRANTED,
  },
  {
    what: "an event of something else",
    text: JSON.stringify(event({ errorCode: "NoSuchKey", errorMessage: "" })),
    answers: [],
  },
  {
    what: "the answer of simulate-principal-policy",
    text: JSON.stringify({
      EvaluationResults: [
        { EvalActionName: "s3:GetObject", EvalResourceName: "*", EvalDecision: "allowed" },
        {
          EvalActionName: "s3:PutObject",
          EvalResourceName: `${BUCKET}/sites/a`,
          EvalDecision: "implicitDeny",
        },
        {
          EvalActionName: "lambda:CreateFunction",
          EvalResourceName: FUNCTION,
          EvalDecision: "explicitDeny",
        },
      ],
    }),
    answers: ["input s3:PutObject", "another policy lambda:CreateFunction"],
  },
  {
    what: "two decoded messages",
    text: `${decoded("lambda:CreateFunction", FUNCTION)}\n${decoded("ec2:RunInstances", "*")}`,
    answers: ["input lambda:CreateFunction", "not Remotion ec2:RunInstances"],
  },
  {
    what: "a decoded message in a table",
    text: table(decoded("lambda:CreateFunction", FUNCTION)),
    ...DEPLOYED,
  },
  {
    what: "a decoded message in quotes",
    text: JSON.stringify(decoded("lambda:CreateFunction", FUNCTION)),
    ...DEPLOYED,
  },
  {
    what: "a policy, which tells of nothing denied",
    text: '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":"*"}]}',
    answers: [],
  },
];

const OTHER_WORDS: readonly Case[] = [
  {
    what: "the console",
    text: `You don't have permission to lambda:ListFunctions.\nUser: ${ASKERS.user}\nAction: lambda:ListFunctions\nOn resource(s): *\nContext: no identity-based policy allows the action`,
    answers: ["input lambda:ListFunctions"],
    says: ["the user remotion-user"],
  },
  {
    what: "the console, with the service by itself",
    text: `Access denied\nUser: ${ASKERS.user}\nService: s3\nAction: PutBucketPolicy\nOn resource(s): ${BUCKET}\nContext: an explicit deny in a service control policy`,
    answers: ["organization s3:PutBucketPolicy"],
  },
  {
    what: "Lambda, of EC2, for the caller",
    text: "Your access has been denied by EC2, please make sure your request credentials have permission to DescribeSecurityGroups for sg-0123. EC2 Error Code: UnauthorizedOperation. EC2 Error Message: You are not authorized to perform this operation.",
    answers: ["input ec2:DescribeSecurityGroups"],
    says: ["vpc = true", "remotion-user"],
  },
  {
    what: "Lambda, of EC2, for the role",
    text: "Your access has been denied by EC2, please make sure your function execution role have permission to CreateNetworkInterface. EC2 Error Code: UnauthorizedOperation.",
    answers: ["input ec2:CreateNetworkInterface"],
    says: ["vpc = true", "remotion-lambda-role"],
  },
  {
    what: "a role of another account",
    text: "AccessDeniedException: Cross-account pass role is not allowed.",
    answers: ["no policy"],
    says: ["another account", "customRoleArn", "deployFunction()"],
    never: ["S3"],
  },
  {
    what: "variables of a function that cannot be read",
    text: `KMSAccessDeniedException: Lambda was unable to decrypt the environment variables because KMS access was denied. ${message(ASKERS.functions, "kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")}`,
    answers: ["resource"],
    says: ["deleted and made again"],
    never: ["output_buckets"],
  },
  {
    what: "such variables, as KMS answers a role that was made anew",
    text: "KMSAccessDeniedException: Lambda was unable to decrypt the environment variables. KMS Exception: UnrecognizedClientException KMS Message: The security token included in the request is invalid.",
    answers: ["resource"],
    never: ["AWS_ACCESS_KEY_ID"],
  },
  {
    what: "a session that is to be too long",
    text: "Error: Could not assume role with OIDC: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    answers: ["trust"],
    says: ["max_session_duration"],
  },
  {
    what: "what Remotion's own check crosses out",
    text: "✅ s3:GetObject\n❌ s3:CreateBucket\n❌ lambda:CreateFunction\n✅ iam:PassRole",
    answers: ["input s3:CreateBucket", "input lambda:CreateFunction"],
  },
  {
    what: "that check with nothing crossed out",
    text: "✅ s3:GetObject\n✅ iam:PassRole",
    answers: [],
  },
  {
    what: "a note of two actions",
    text: "- **lambda:CreateFunction** AccessDenied\n- **iam:PassRole** AccessDenied",
    answers: ["input lambda:CreateFunction", "input iam:PassRole"],
  },
  {
    what: "an action in prose",
    text: "I get AccessDenied for s3:PutObject, why?",
    answers: ["input s3:PutObject"],
  },
  ...["…", "...", "", "lambda:", "<action>"].map((rest) => ({
    what: `a message that is cut off: ${rest}`,
    text: `AccessDenied: User: ${ASKERS.user} is not authorized to perform: ${rest}`,
    answers: ["untold"],
    says: ["cut off", "Give the whole message"],
    never: ["names neither"],
  })),
  {
    what: "codes that look like actions",
    text: "error:AccessDenied code:Forbidden",
    answers: ["untold"],
  },
];

const OPERATIONS: readonly Case[] = [
  "An error occurred (AccessDenied) when calling the PutObject operation: Access Denied",
  "operation error S3: PutObject, https response error StatusCode: 403, RequestID: A, HostID: b, api error AccessDenied: Access Denied",
  "AccessDenied: Access Denied\n    at de_PutObjectCommandError (/app/client-s3/index.js:4810:14)",
].map((text) => ({
  what: text.slice(0, 20),
  text,
  answers: ["untold"],
  says: ["the operation PutObject", "s3:PutObject and s3:PutObjectAcl", "rendering"],
  never: ["names neither", "downloadMedia()"],
}));

const READABLE: readonly Case[] = [
  "arn:aws:lambda:us-east-1:<account-id>:function:remotion-render-a",
  "arn:aws:lambda:***:***:function:remotion-render-a",
  "arn:aws:lambda:us-east-1:123456789012:function:…",
  "arn:aws:lambda:us-east-1:123456789012:function:<name>",
  "arn:aws:lambda:...",
  "arn:aws:lambda:us-eas",
  "arn:aws:lambda:us-east-1:123456789012:functi",
].map((resource) => ({
  what: resource,
  text: message(
    "arn:aws:iam::<account-id>:user/remotion-user",
    "lambda:CreateFunction",
    resource,
    "",
  ),
  answers: ["input lambda:CreateFunction"],
  says: ["the user remotion-user", "deployFunction()"],
}));

const MASKED: readonly Case[] = [
  ...READABLE,
  ...['"arn:aws:s3:::remotionlambda-…"', "arn:aws:s3:::..."].map((resource) => ({
    what: resource,
    text: message(ASKERS.user, "s3:PutObject", resource),
    answers: ["input s3:PutObject"],
    says: ["deploySite()"],
  })),
  {
    what: "a key with dots, which is whole",
    text: message(ASKERS.functions, "s3:PutObject", '"arn:aws:s3:::acme-videos/a...b.mp4"'),
    answers: ["input s3:PutObject"],
    says: ['name = "acme-videos"'],
  },
];

const TRUST: readonly Case[] = [
  ["because no resource-based policy allows it", "trust", true],
  ["because no role trust policy allows it", "trust", true],
  ["", "trust", true],
  ["with an explicit deny in a role trust policy", "trust", false],
  ["with an explicit deny in a service control policy", "organization", false],
  ["with an explicit deny in a resource control policy", "organization", false],
  ["because no permissions boundary allows it", "boundary", false],
  ["because no session policy allows it", "session", false],
  ["because no VPC endpoint policy allows it", "endpoint", false],
  ["with an explicit deny in an identity-based policy", "another policy", false],
].map(([because, side, isTrusted]) => ({
  what: `a role that is asked for ${String(because)}`,
  text: message(ASKERS.caller, "sts:AssumeRole", EXECUTION_ROLE, String(because)),
  answers: [`${String(side)} sts:AssumeRole`],
  says: isTrusted === true ? [PRINCIPAL_OF_CALLER] : [],
  never: isTrusted === true ? [] : ["trusted_principal_arns", "Remotion makes this call"],
}));

const DEPLOYER: readonly Case[] = [
  ["iam:CreateRole", "arn:aws:iam::123456789012:role/remotion-lambda-role"],
  ["iam:CreatePolicy", "policy remotion-user-policy"],
  ["iam:CreateAccessKey", ASKERS.user],
].map(([action = "", resource = ""]) => ({
  what: `Terraform, which asks for ${action}`,
  text: message("arn:aws:iam::123456789012:user/ci", action, resource),
  answers: [`not Remotion ${action}`],
  says: ["Terraform makes this call", "policy deployer"],
  never: ["no module here allows it", "does something else as well"],
}));

const CREDENTIALS: readonly Case[] = [
  ["Did you mean to set the `id-token` permission?", "id-token: write"],
  ["Error: Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable", "id-token: write"],
  [
    "The SSO session associated with this profile has expired or is otherwise invalid.",
    "aws sso login",
  ],
  [
    "Error loading SSO Token: Token for https://acme.awsapps.com/start does not exist",
    "aws sso login",
  ],
  [
    "An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access",
    "permission set",
  ],
  [
    "RegionDisabledException: STS is not activated in this region for account:1",
    "turned on the region",
  ],
  [
    "OptInRequired: The AWS Access Key Id needs a subscription for the service",
    "turned on the region",
  ],
  ["ExpiredTokenException: Token expired: current date/time 2 must be before", "OIDC token"],
  ["InvalidAccessKeyId: x", "region"],
  ["InvalidToken: The provided token is malformed or otherwise invalid.", "global endpoint of STS"],
  ["│ Error: No valid credential sources found", "No credentials were found"],
  ["failed to refresh cached credentials, no EC2 IMDS role found", "No credentials were found"],
  ["NoCredentialProviders: no valid providers in chain. Deprecated.", "No credentials were found"],
  ["SdkClientException: Unable to load credentials from any of the providers", "No credentials"],
  ["The config profile (remotion) could not be found", "or the profile that is named"],
  ["Could not resolve credentials using profile: [remotion] in configuration", "the profile"],
  [
    "Need to perform AWS calls for account 1, but no credentials have been configured",
    "No credentials",
  ],
].map(([text = "", says = ""]) => ({ what: text, text, answers: ["credentials"], says: [says] }));

const NOTHING: readonly Case[] = [
  "TypeError: x is undefined\n    at render (/app/src/index.ts:403:21)",
  "Rendered 403/900 frames, time remaining: 4m\nError: Something went wrong in the browser",
  "npm ERR! code E403\nnpm ERR! 403 403 Forbidden - GET https://registry.npmjs.org/@remotion%2flambda",
  "TooManyRequestsException: Rate Exceeded. { Reason: 'ConcurrentInvocationLimitExceeded' }",
  "Error: EACCES: permission denied, open '/app/out.mp4'",
].map((text) => ({ what: `nothing: ${text.slice(0, 24)}`, text, answers: [] }));

const STATUS: readonly Case[] = [
  "Received a status code of 403 while downloading a file",
  "httpStatusCode: 403",
  '{"statusCode":403}',
  "HTTP/1.1 403 x",
  "Error 403",
  "403 Forbidden",
  "(403) x",
].map((text) => ({ what: text, text, answers: ["untold"] }));

describe.each([
  ...LOGS,
  ...JSON_OF_AWS,
  ...OTHER_WORDS,
  ...OPERATIONS,
  ...MASKED,
  ...TRUST,
  ...DEPLOYER,
  ...CREDENTIALS,
  ...NOTHING,
  ...STATUS,
])("$what", ({ text, answers, says = [], never = [] }) => {
  it("has the right answers, in order, with their facts", () => {
    const given = readDenials(text).map(answerDenial);
    const report = given.map(reportOf).join("\n");

    expect(
      given.map(({ side, denied }) => [side, ...(denied ? [denied.action] : [])].join(" ")),
    ).toEqual(answers);
    for (const fact of says) {
      expect(report).toContain(fact);
    }
    for (const fact of never) {
      expect(report).not.toContain(fact);
    }
  });
});
