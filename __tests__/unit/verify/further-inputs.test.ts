import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import {
  allow,
  type DocumentInput,
  each,
  of,
  plus,
  policyOf,
  REMOTION_ROLE,
  REMOTION_USER,
  renamed,
  without,
} from "../../support/remotion-documents.js";
import { asRole, asUser, expectRight, type RightAnswer } from "../../support/right-answer.js";
import {
  data,
  document,
  inRole,
  type Root,
  role,
  rootOf,
  textOf,
} from "../../support/root-parts.js";
import { runRecorded } from "../support/recording-console.js";

/*
 * Of each kind of mistake in `cases`, further inputs: other names, another order, other ways in which people
 * write the same. What is right is what IAM, Terraform and Remotion do. Roots of Terraform are in
 * `__tests__/terraform/further-inputs.test.ts`.
 */

interface Row extends RightAnswer {
  /** The text of the file, or what stands in it as JSON. */
  readonly file: unknown;
  readonly options?: readonly string[];
  /** @default `verify` */
  readonly command?: readonly string[];
}

const ACCOUNT = "123456789012";

/** What a Lambda needs that starts renders, watches them and downloads them. */
const CALLER = [
  allow("lambda:InvokeFunction", "arn:aws:lambda:*:*:function:remotion-render-*"),
  allow(
    [
      ...["s3:GetObject", "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject"],
      ...["s3:ListBucket", "s3:GetBucketLocation"],
    ],
    ["arn:aws:s3:::remotionlambda-*", "arn:aws:s3:::remotionlambda-*/*"],
  ),
  allow("s3:ListAllMyBuckets", "*"),
];

const LOGS = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"];

const ANSWERS_OF_CLI: Record<string, Row> = {
  "get-user-policy whose text is URL-encoded, as the API has it": {
    file: {
      UserName: "render-bot",
      PolicyName: "remotion",
      PolicyDocument: encodeURIComponent(JSON.stringify(REMOTION_USER)),
    },
    exitCode: 0,
    says: [asUser("remotion", "39 of 39")],
  },
  "get-policy-version of a role's policy that may not write": {
    file: {
      PolicyVersion: {
        CreateDate: "2026-03-01T09:00:00+00:00",
        VersionId: "v3",
        IsDefaultVersion: true,
        Document: without(REMOTION_ROLE, "s3:PutObject"),
      },
    },
    options: ["--as", "role"],
    exitCode: 1,
    says: [/s3:PutObject on arn:aws:s3:::remotionlambda-\S+:/],
  },
  "get-policy-version of a version that is not in force": {
    file: {
      PolicyVersion: { VersionId: "v1", IsDefaultVersion: false, Document: REMOTION_ROLE },
    },
    options: ["--as", "role"],
    exitCode: 0,
    says: [asRole("policy", "9 of 9"), /version "v1" .* not the default/],
  },
  "get-group-policy, whose members are users": {
    file: { GroupName: "video", PolicyName: "remotion-group", PolicyDocument: REMOTION_USER },
    exitCode: 0,
    says: [asUser("remotion-group", "39 of 39")],
  },
  "get-inline-policy-for-permission-set that may pass no role": {
    file: { InlinePolicy: JSON.stringify(without(REMOTION_USER, "iam:PassRole")) },
    exitCode: 1,
    says: [`iam:PassRole on arn:aws:iam::${ACCOUNT}:role/remotion-lambda-role:`],
  },
  "get-role, which has a trust policy alone": {
    file: {
      Role: {
        Path: "/",
        RoleName: "remotion-lambda-role",
        Arn: `arn:aws:iam::${ACCOUNT}:role/remotion-lambda-role`,
        AssumeRolePolicyDocument: policyOf({
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
      },
    },
    exitCode: 2,
    says: ["get-role-policy"],
  },
};

const CALLERS_WITH_LOGS: Record<string, Row> = {
  "logs of its own function alone": {
    file: policyOf(allow(LOGS, "arn:aws:logs:*:*:log-group:/aws/lambda/video-api:*"), ...CALLER),
    exitCode: 0,
    says: [asUser("policy", "11 of 11")],
  },
  "everything of S3 and of logs by wildcards, the logs last": {
    file: policyOf(
      allow("s3:*", "*"),
      allow(["lambda:Invoke*"], ["arn:aws:lambda:*:*:function:remotion-render-*"]),
      allow("logs:*", "*"),
    ),
    options: ["--profile", "render"],
    exitCode: 0,
    says: [asUser("policy", "11 of 11")],
  },
  "one that may not read what is rendered": {
    file: without(policyOf(allow(LOGS, "arn:aws:logs:*:*:*"), ...CALLER), "s3:GetObject"),
    options: ["--profile", "render"],
    exitCode: 1,
    says: [/s3:GetObject on arn:aws:s3:::remotionlambda-\S+:/],
  },
  "the name of the functions without what follows it": {
    file: renamed(
      policyOf(allow(LOGS, "arn:aws:logs:*:*:*"), ...CALLER),
      "remotion-render-*",
      "remotion-render",
    ),
    options: [
      "--profile",
      "render",
      "--function",
      "remotion-render-4-0-527-mem3008mb-disk10240mb-300sec",
    ],
    exitCode: 1,
    says: [/lambda:InvokeFunction on arn:aws:lambda:\S+:function:remotion-render-4\S+:/],
  },
};

const TLS: Record<string, Row> = {
  "an Allow with IfExists, and the value in a list": {
    file: each(REMOTION_USER, {
      Condition: { BoolIfExists: { "aws:SecureTransport": ["true"] } },
    }),
    options: ["--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "an Allow with a boolean of JSON, of the role": {
    file: each(REMOTION_ROLE, { Condition: { Bool: { "aws:SecureTransport": true } } }),
    options: ["--as", "role"],
    exitCode: 0,
    says: [asRole("policy", "9 of 9")],
  },
  "a Deny of what goes without TLS": {
    file: plus(REMOTION_USER, {
      Sid: "TlsOnly",
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
    options: ["--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "a Deny of old versions of TLS": {
    file: plus(REMOTION_ROLE, {
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Condition: { NumericLessThan: { "s3:TlsVersion": 1.2 } },
    }),
    options: ["--as", "role"],
    exitCode: 0,
    says: [asRole("policy", "9 of 9")],
  },
  "a Deny the wrong way round": {
    file: plus(REMOTION_ROLE, {
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Condition: { Bool: { "aws:SecureTransport": "true" } },
    }),
    options: ["--as", "role"],
    exitCode: 1,
    says: [/s3:PutObject on arn:aws:s3:::remotionlambda-\S+:/],
  },
  "an Allow that asks for a request without TLS": {
    file: each(REMOTION_USER, { Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    options: ["--as", "user"],
    exitCode: 1,
    says: [asUser("policy", "0 of 39")],
  },
};

/** AWS's own example of a guard rail, with the regions of the row. */
const denyOutside = (operator: string, regions: string | string[], global: string[]) => ({
  Effect: "Deny",
  ...(global.length === 0 ? { Action: "*" } : { NotAction: global }),
  Resource: "*",
  Condition: { [operator]: { "aws:RequestedRegion": regions } },
});

const REGION_DENIED: Record<string, Row> = {
  "a Deny outside of a continent, in it": {
    file: plus(REMOTION_USER, denyOutside("StringNotLike", "eu-*", ["iam:*", "sts:*"])),
    options: ["--region", "eu-west-3", "--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "a Deny outside of the region that IAM is in": {
    file: plus(REMOTION_USER, denyOutside("StringNotEquals", ["us-east-1"], [])),
    options: ["--region", "us-east-1", "--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "a Deny outside of a continent, outside of it": {
    file: plus(REMOTION_USER, denyOutside("StringNotLike", "eu-*", ["iam:*", "sts:*"])),
    options: ["--region", "us-east-2", "--as", "user"],
    exitCode: 1,
    says: [/lambda:CreateFunction on arn:aws:lambda:us-east-2:\S+:/],
  },
  "a Deny that forgets that IAM answers from one region": {
    file: plus(REMOTION_USER, denyOutside("StringNotEquals", "eu-west-1", [])),
    options: ["--region", "eu-west-1", "--as", "user"],
    exitCode: 1,
    says: [asUser("policy", "37 of 39"), /MISSING {2}simulatePermissions\(\)\n/],
  },
  "a Deny in one of the regions that are used": {
    file: plus(REMOTION_ROLE, {
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Condition: { StringEquals: { "aws:RequestedRegion": "us-west-1" } },
    }),
    options: ["--region", "us-west-2", "--region", "us-west-1", "--as", "role"],
    exitCode: 1,
    says: [/s3:PutObject on \S+:.* in us-west-1/],
  },
};

const notIam = (statement: Readonly<Record<string, unknown>>) => !of("iam:Sim")(statement);

const REQUESTED_REGION: Record<string, Row> = {
  "everything but IAM's in a part of the world": {
    file: each(
      REMOTION_USER,
      { Condition: { StringLike: { "aws:RequestedRegion": "ap-*" } } },
      notIam,
    ),
    options: ["--region", "ap-northeast-1", "--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "everything in the region that IAM is in, in capitals": {
    file: each(REMOTION_USER, {
      Condition: { StringEqualsIgnoreCase: { "aws:RequestedRegion": "US-EAST-1" } },
    }),
    options: ["--region", "us-east-1", "--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "the role in two regions, both of them used": {
    file: each(REMOTION_ROLE, {
      Condition: { StringEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-2"] } },
    }),
    options: ["--region", "eu-west-2", "--region", "eu-central-1", "--as", "role"],
    exitCode: 0,
    says: [asRole("policy", "9 of 9")],
  },
  "another region than is used": {
    file: each(
      REMOTION_USER,
      { Condition: { StringEquals: { "aws:RequestedRegion": "eu-central-1" } } },
      notIam,
    ),
    options: ["--region", "eu-west-1", "--as", "user"],
    exitCode: 1,
    says: [/lambda:InvokeFunction on arn:aws:lambda:eu-west-1:\S+:/],
  },
  "a name of a region that has none of its hyphens": {
    file: each(REMOTION_ROLE, {
      Condition: { StringEquals: { "aws:RequestedRegion": "eucentral1" } },
    }),
    options: ["--region", "eu-central-1", "--as", "role"],
    exitCode: 1,
    says: [asRole("policy", "0 of 9")],
  },
};

const OTHER_ACCOUNT = "999999999999";

const RESOURCE_ACCOUNT: Record<string, Row> = {
  "a Deny of S3 in other accounts": {
    file: plus(REMOTION_USER, {
      Effect: "Deny",
      Action: "s3:*",
      Resource: "*",
      Condition: { StringNotEqualsIfExists: { "aws:ResourceAccount": [ACCOUNT] } },
    }),
    options: ["--account", ACCOUNT, "--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "a Deny of everything in other accounts, where Remotion's layers are": {
    file: plus(REMOTION_USER, {
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { StringNotEqualsIfExists: { "aws:ResourceAccount": ACCOUNT } },
    }),
    options: ["--account", ACCOUNT, "--as", "user"],
    exitCode: 1,
    says: [/lambda:GetLayerVersion on arn:aws:lambda:[^:]+:678892195805:layer:\S+:/],
    neverSays: [/lambda:CreateFunction on/],
  },
  "the number of another account": {
    file: each(
      REMOTION_ROLE,
      { Condition: { StringEquals: { "aws:ResourceAccount": OTHER_ACCOUNT } } },
      of("s3:PutObject"),
    ),
    options: ["--account", ACCOUNT, "--as", "role"],
    exitCode: 1,
    says: [/s3:PutObject on arn:aws:s3:::remotionlambda-\S+:/],
  },
};

const CONSOLE: Record<string, Row> = {
  "every action of its services by wildcards": {
    file: policyOf(
      allow(["lambda:*", "s3:*", "logs:*", "servicequotas:*"], "*"),
      allow(["iam:PassRole", "iam:SimulatePrincipalPolicy"], "*"),
    ),
    options: ["--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "a role that may be passed to Lambda alone": {
    file: each(
      REMOTION_USER,
      { Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } } },
      of("iam:PassRole"),
    ),
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "the list of buckets by their ARN, as AWS's own examples have it": {
    file: plus(
      without(REMOTION_USER, "s3:ListAllMyBuckets"),
      allow(["s3:ListAllMyBuckets", "s3:GetBucketLocation"], "arn:aws:s3:::*"),
    ),
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "the list of buckets by the names of Remotion's": {
    file: plus(
      without(REMOTION_USER, "s3:ListAllMyBuckets"),
      allow("s3:ListAllMyBuckets", "arn:aws:s3:::remotionlambda-*"),
    ),
    exitCode: 1,
    says: ["s3:ListAllMyBuckets on *:"],
  },
  "the list of functions by their ARN, which AWS does not take": {
    file: plus(
      without(REMOTION_USER, "lambda:ListFunctions"),
      allow("lambda:ListFunctions", "arn:aws:lambda:*:*:function:*"),
    ),
    exitCode: 1,
    says: ["lambda:ListFunctions on *:"],
  },
  "all of Lambda on Remotion's functions, but not beside them": {
    file: policyOf(
      allow("lambda:*", "arn:aws:lambda:*:*:function:remotion-render-*"),
      allow(["s3:*", "logs:*", "servicequotas:*", "iam:*"], "*"),
    ),
    exitCode: 1,
    says: [
      "lambda:ListFunctions on *:",
      /lambda:GetLayerVersion on arn:aws:lambda:[^:]+:678892195805:layer:\S+:/,
    ],
    neverSays: [/lambda:CreateFunction on/],
  },
  "objects of the buckets, but not the buckets": {
    file: renamed(REMOTION_USER, ":::remotionlambda-*", ":::remotionlambda-*/*"),
    exitCode: 1,
    says: [/s3:ListBucket on arn:aws:s3:::remotionlambda-[^/\s]+:/],
    neverSays: [/s3:PutObject on/],
  },
  "a role that may be passed to another service": {
    file: each(
      REMOTION_USER,
      { Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } },
      of("iam:PassRole"),
    ),
    exitCode: 1,
    says: [`iam:PassRole on arn:aws:iam::${ACCOUNT}:role/remotion-lambda-role:`],
  },
  "function in place of functions' names": {
    file: renamed(REMOTION_USER, "function:remotion-render-*", "function/remotion-render-*"),
    exitCode: 1,
    says: [/lambda:CreateFunction on arn:aws:lambda:\S+:function:remotion-render-\S+:/],
  },
};

/** A state as it lies in `terraform.tfstate`. */
const state = (...resources: readonly object[]) => ({
  version: 4,
  terraform_version: "1.11.4",
  serial: 12,
  lineage: "7f0b8f0e-6f7c-4a36-9d8a-0c3c1a5c7d11",
  outputs: {},
  resources,
  check_results: null,
});

const managed = (module: string, type: string, name: string, ...instances: readonly object[]) => ({
  ...(module === "" ? {} : { module }),
  mode: "managed",
  type,
  name,
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances,
});

const LAMBDA_TRUST = policyOf({
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
});

const roleInState = (name: string, index_key?: number | string, path = "/") => ({
  ...(index_key === undefined ? {} : { index_key }),
  schema_version: 0,
  attributes: {
    arn: `arn:aws:iam::${ACCOUNT}:role${path}${name}`,
    assume_role_policy: JSON.stringify(LAMBDA_TRUST),
    id: name,
    inline_policy: [],
    managed_policy_arns: [],
    max_session_duration: 3600,
    name,
    path,
    permissions_boundary: "",
    tags: {},
    tags_all: {},
  },
});

const inlineInState = (
  role: string,
  name: string,
  index_key?: number | string,
  document: unknown = REMOTION_ROLE,
) => ({
  ...(index_key === undefined ? {} : { index_key }),
  schema_version: 0,
  attributes: { id: `${role}:${name}`, name, role, policy: JSON.stringify(document) },
});

const EMPTY_STATES: Record<string, Row> = {
  "after everything was destroyed": {
    file: state(),
    exitCode: 2,
    says: ["The state is empty"],
  },
  "of OpenTofu, shown": {
    file: { format_version: "1.0", terraform_version: "1.9.1" },
    exitCode: 2,
    says: ["The state is empty"],
  },
  "for import, as it lies there": {
    file: state(),
    command: ["import", "--address", "module.remotion", "--state"],
    exitCode: 2,
    says: ["The state is empty"],
  },
  "with a bucket alone, which is not empty": {
    file: state(
      managed("", "aws_s3_bucket", "site", {
        schema_version: 0,
        attributes: { id: "acme-site", bucket: "acme-site", arn: "arn:aws:s3:::acme-site" },
      }),
    ),
    exitCode: 2,
    says: ["no IAM user, role or policy"],
    neverSays: ["The state is empty"],
  },
  "with one role": {
    file: state(
      managed("", "aws_iam_role", "fn", roleInState("remotion-lambda-role")),
      managed("", "aws_iam_role_policy", "fn", inlineInState("remotion-lambda-role", "render")),
    ),
    exitCode: 0,
    says: [asRole("remotion-lambda-role", "9 of 9")],
  },
};

const IMPORT_ROLE = [
  ...["import", "--module", "remotion-lambda-role", "--address", "module.remotion"],
  ...["--role-name", "clips-fn-role"],
];

const ADOPTED: Record<string, Row> = {
  "a role under count, with its policy inside": {
    file: state(
      managed("", "aws_iam_role_policy", "fn", inlineInState("clips-fn-role", "render", 0)),
      managed("", "aws_iam_role", "fn", roleInState("clips-fn-role", 0)),
    ),
    command: [...IMPORT_ROLE, "--role-policy-name", "render", "--state"],
    exitCode: 0,
    says: [
      "2 to move, 0 to import",
      "from = aws_iam_role.fn[0]",
      "from = aws_iam_role_policy.fn[0]",
    ],
  },
  "one of two that stand side by side under for_each": {
    file: state(
      managed(
        "module.fn",
        "aws_iam_role",
        "this",
        roleInState("other-fn-role", "other"),
        roleInState("clips-fn-role", "clips", "/video/"),
      ),
      managed(
        "module.fn",
        "aws_iam_role_policy",
        "this",
        inlineInState("other-fn-role", "render", "other"),
        inlineInState("clips-fn-role", "render", "clips"),
      ),
    ),
    command: [...IMPORT_ROLE, "--role-policy-name", "render", "--state"],
    exitCode: 0,
    says: [
      "2 to move, 0 to import",
      'from = module.fn.aws_iam_role.this["clips"]',
      /path += "\/video\/"/,
    ],
    neverSays: ["other"],
  },
  "a state that has another role only": {
    file: state(managed("", "aws_iam_role", "fn", roleInState("other-fn-role"))),
    command: [...IMPORT_ROLE, "--role-policy-name", "render", "--state"],
    exitCode: 2,
    says: ["clips-fn-role"],
    neverSays: ["other-fn-role"],
  },
};

/** The user's policy for regions in the account, as `regions` of the module writes it. */
const inRegions = (...regions: readonly string[]) =>
  policyOf(
    ...REMOTION_USER.Statement.map((statement) =>
      of("lambda:CreateFunction")(statement) || of("logs:")(statement)
        ? {
            ...statement,
            Resource: [statement["Resource"]]
              .flat()
              .flatMap((resource) =>
                regions.map((region) =>
                  String(resource)
                    .replace("lambda:*:*", `lambda:${region}:${ACCOUNT}`)
                    .replace("logs:*:*", `logs:${region}:${ACCOUNT}`),
                ),
              ),
          }
        : statement,
    ),
  );

const both = (...regions: readonly string[]) => [
  ...["--account", ACCOUNT],
  ...regions.flatMap((region) => ["--region", region]),
];

const SECOND_REGION: Record<string, Row> = {
  "both regions in one list": {
    file: inRegions("us-east-1", "ap-southeast-2"),
    options: both("ap-southeast-2", "us-east-1"),
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "a wildcard that both begin with": {
    file: inRegions("eu-*"),
    options: both("eu-north-1", "eu-west-1"),
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "the same wildcard, and a region elsewhere": {
    file: inRegions("eu-*"),
    options: both("eu-north-1", "sa-east-1"),
    exitCode: 1,
    says: [/lambda:CreateFunction on \S+:.* in sa-east-1/],
    neverSays: [/in eu-north-1/],
  },
  "the bucket of the first region alone": {
    file: renamed(REMOTION_USER, "remotionlambda-*", "remotionlambda-useast1-*"),
    options: both("us-east-1", "eu-central-1"),
    exitCode: 1,
    says: [/s3:PutObject on arn:aws:s3:::remotionlambda-eucentral1-\S+:/],
    neverSays: [/on arn:aws:s3:::remotionlambda-useast1-/],
  },
  "the second region without tags, which Remotion goes on without": {
    file: plus(
      without(REMOTION_USER, "lambda:TagResource"),
      allow("lambda:TagResource", "arn:aws:lambda:us-east-1:*:function:remotion-render-*"),
    ),
    options: both("us-east-1", "eu-central-1"),
    exitCode: 0,
    says: [asUser("policy", "39 of 39"), /warning/, /lambda:TagResource on \S+:.* in eu-central-1/],
  },
};

const BUCKET = "studio-dev-renders-9f8e7d6";
const FUNCTION = "RenderFn-0a1b2c3";

/** A role as SST and Pulumi make it, with its logs and functions as given. */
const foreignRole = (given: { buckets: string[]; fn: string; logs: string[]; group: string }) =>
  policyOf(
    allow("s3:*", given.buckets),
    allow(["lambda:*"], given.fn),
    allow("logs:CreateLogGroup", "arn:aws:logs:*:*:log-group:/aws/lambda-insights"),
    allow(given.logs, [given.group, "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*"]),
  );
const WHOLE = {
  buckets: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
  fn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${FUNCTION}`,
  logs: ["logs:CreateLogStream", "logs:PutLogEvents"],
  group: `arn:aws:logs:*:*:log-group:/aws/lambda/${FUNCTION}:*`,
};
const FOREIGN = [
  ...["--as", "role", "--role-profile", "minimal", "--account", ACCOUNT],
  ...["--region", "eu-west-1", "--bucket", BUCKET, "--function", FUNCTION],
];

const NARROWER: Record<string, Row> = {
  "all that it needs, in its own bucket": {
    file: foreignRole(WHOLE),
    options: FOREIGN,
    exitCode: 0,
    says: [asRole("policy", "8 of 8")],
  },
  "log streams, but no events": {
    file: foreignRole({ ...WHOLE, logs: ["logs:CreateLogStream"] }),
    options: FOREIGN,
    exitCode: 1,
    says: [/logs:PutLogEvents on \S+:log-stream:.*:/],
    neverSays: [/logs:CreateLogStream on/, /s3:\w+ on/],
  },
  "versions of the function, but not the function": {
    file: foreignRole({ ...WHOLE, fn: `${WHOLE.fn}:*` }),
    options: FOREIGN,
    exitCode: 1,
    says: [`lambda:InvokeFunction on ${WHOLE.fn}:`],
    neverSays: [/s3:\w+ on/],
  },
  "another bucket than is used": {
    file: foreignRole({ ...WHOLE, buckets: ["arn:aws:s3:::other", "arn:aws:s3:::other/*"] }),
    options: FOREIGN,
    exitCode: 1,
    says: [new RegExp(`s3:PutObject on arn:aws:s3:::${BUCKET}/\\S+:`)],
  },
};

const TOLERATED: Record<string, Row> = {
  "a policy from before buckets had a policy of their own": {
    file: without(REMOTION_USER, "s3:PutBucketPolicy"),
    exitCode: 0,
    says: [asUser("policy", "39 of 39"), "SECURITY", "s3:PutBucketPolicy"],
    neverSays: ["MISSING"],
  },
  "a guard rail that denies tags": {
    file: plus(REMOTION_USER, { Effect: "Deny", Action: "lambda:TagResource", Resource: "*" }),
    exitCode: 0,
    says: [asUser("policy", "39 of 39"), "warning", "lambda:TagResource"],
    neverSays: ["MISSING"],
  },
  "the same, where warnings are to fail": {
    file: plus(REMOTION_USER, { Effect: "Deny", Action: "lambda:Tag*", Resource: "*" }),
    options: ["--fail-on", "tolerated"],
    exitCode: 1,
    says: [asUser("policy", "39 of 39"), "lambda:TagResource"],
    neverSays: ["MISSING"],
  },
  "what is created beside it is not tolerated": {
    file: without(REMOTION_USER, "lambda:TagResource", "lambda:PutFunctionEventInvokeConfig"),
    exitCode: 1,
    says: ["MISSING", /lambda:PutFunctionEventInvokeConfig on arn:aws:lambda:\S+:/],
  },
};

const TEMPLATE = {
  AWSTemplateFormatVersion: "2010-09-09",
  Parameters: { Stage: { Type: "String" } },
  Resources: {
    RenderRole: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: LAMBDA_TRUST,
        Policies: [{ PolicyName: "render", PolicyDocument: REMOTION_ROLE }],
      },
    },
  },
};

const CLOUDFORMATION: Record<string, Row> = {
  "as CDK synthesizes it": {
    file: { Resources: TEMPLATE.Resources, Rules: {} },
    exitCode: 0,
    says: [asRole("\\*-RenderRole", "9 of 9")],
  },
  "in YAML with its short functions": {
    file: 'Resources:\n  User:\n    Type: AWS::IAM::User\n    Properties:\n      UserName: !Sub "${Stage}-remotion-user"\n',
    exitCode: 1,
    says: [asUser("\\*-remotion-user", "0 of 39")],
  },
  "as aws cloudformation get-template answers": {
    file: { TemplateBody: TEMPLATE, StagesAvailable: ["Original", "Processed"] },
    exitCode: 0,
    says: [asRole("\\*-RenderRole", "9 of 9")],
  },
  "what stands below its PolicyDocument": {
    file: TEMPLATE.Resources.RenderRole.Properties.Policies[0]?.PolicyDocument,
    options: ["--as", "role"],
    exitCode: 0,
    says: [asRole("policy", "9 of 9")],
  },
};

const POLICY_TEXT = JSON.stringify(REMOTION_USER);

const denied = (document: DocumentInput, actions: string, Condition: object) =>
  plus(document, { Effect: "Deny", Action: actions, Resource: "*", Condition });

const GUARD_RAILS: Record<string, Row> = {
  "objects that are not encrypted by a header, which Remotion does not send": {
    file: denied(REMOTION_ROLE, "s3:PutObject", {
      StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
    }),
    options: ["--as", "role"],
    exitCode: 1,
    says: [/s3:PutObject on arn:aws:s3:::remotionlambda-\S+:/],
    neverSays: [/s3:GetObject on/],
  },
  "functions that are created without a tag, which Remotion gives afterwards": {
    file: denied(REMOTION_USER, "lambda:CreateFunction", {
      Null: { "aws:RequestTag/CostCenter": "true" },
    }),
    exitCode: 1,
    says: [asUser("policy", "37 of 39"), /lambda:CreateFunction on arn:aws:lambda:\S+:/],
  },
  "who came without a second factor, as a function does": {
    file: denied(REMOTION_ROLE, "*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }),
    options: ["--as", "role"],
    exitCode: 1,
    says: [asRole("policy", "0 of 9")],
  },
  "who came without a second factor, as a user may": {
    file: denied(REMOTION_USER, "*", { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }),
    options: ["--as", "user"],
    exitCode: 3,
    says: ["aws:MultiFactorAuthPresent is decided by the caller's session"],
    neverSays: ["MISSING"],
  },
  "a day that is over": {
    file: each(REMOTION_ROLE, {
      Condition: { DateLessThan: { "aws:CurrentTime": "2024-01-01T00:00:00Z" } },
    }),
    options: ["--as", "role"],
    exitCode: 1,
    says: [asRole("policy", "0 of 9")],
  },
  "buckets that are deleted, which Remotion never does": {
    file: denied(REMOTION_USER, "s3:DeleteBucket*", {}),
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
};

const NO_TERRAFORM: Record<string, Row> = {
  "a stack of Pulumi, exported": {
    file: { version: 3, deployment: { manifest: {}, resources: [{ urn: "urn:pulumi:dev::a" }] } },
    exitCode: 2,
    says: ["Pulumi"],
  },
  "terraform plan -json, which is a log": {
    file: [
      '{"@level":"info","@message":"Terraform 1.11.4","@module":"terraform.ui","type":"version","terraform":"1.11.4","ui":"1.2"}',
      '{"@level":"info","@message":"aws_iam_role.a: Plan to create","@module":"terraform.ui","type":"planned_change"}',
      "",
    ].join("\n"),
    exitCode: 2,
    says: ["terraform show -json"],
  },
  "a plan, behind the line that a wrapper of Terraform in CI writes": {
    file: '[command]/opt/terraform-bin show -json plan\n{"format_version":"1.2","planned_values":{}}',
    exitCode: 2,
    says: ["JSON"],
  },
  "a policy with the mark of bytes that editors on Windows write": {
    file: `\uFEFF${POLICY_TEXT.replaceAll(",", ",\r\n")}`,
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
  },
  "a policy as Windows PowerShell writes what it is sent": {
    file: Buffer.from(`\uFEFF${POLICY_TEXT}\r\n`, "utf16le"),
    exitCode: 2,
    says: ["UTF-8"],
  },
};

/** A stack as CDKTF synthesizes it. */
const stack = (...parts: readonly Root[]) => ({
  "//": { metadata: { backend: "local", stackName: "video", version: "0.21.0" }, outputs: {} },
  terraform: { required_providers: { aws: { source: "aws", version: "6.25.0" } } },
  provider: { aws: [{ region: "eu-west-1" }] },
  ...rootOf(...parts),
});
const ENVIRONMENT: Root = { variable: { env: { type: "string" } } };
const fnRole = role("fn", "remotion-lambda-role");
const [listing = {}, storage = {}, ...others] = REMOTION_ROLE.Statement;

const SYNTHESIZED: Record<string, Row> = {
  "a name with a variable, and a policy inside by the role's id": {
    file: stack(
      ENVIRONMENT,
      role("fn", "${var.env}-remotion-lambda-role"),
      inRole("fn", REMOTION_ROLE),
    ),
    exitCode: 0,
    says: [/as the role of Remotion's functions, .*: 9 of 9 allowed/],
  },
  "merged by a list of locals": {
    file: stack(
      { locals: { documents: [textOf("base")] } },
      fnRole,
      document("base", REMOTION_ROLE.Statement),
      data("aws_iam_policy_document", "all", { source_policy_documents: "${local.documents}" }),
      inRole("fn", textOf("all")),
    ),
    exitCode: 0,
    says: [asRole("remotion-lambda-role", "9 of 9")],
  },
  "merged without what stores": {
    file: stack(
      fnRole,
      document("base", [listing]),
      document("all", others, { source_policy_documents: [textOf("base")] }),
      inRole("fn", textOf("all")),
    ),
    exitCode: 1,
    says: [/s3:PutObject on arn:aws:s3:::remotionlambda-\S+:/, /allowed {2}rendering, logs/],
  },
  "dynamic blocks over a list that is written out": {
    file: stack(
      fnRole,
      document("all", [listing, ...others], {
        dynamic: {
          statement: {
            for_each: ["arn:aws:s3:::remotionlambda-*"],
            content: {
              actions: [storage["Action"]].flat().map(String),
              resources: ["${statement.value}"],
            },
          },
        },
      }),
      inRole("fn", textOf("all")),
    ),
    exitCode: 0,
    says: [asRole("remotion-lambda-role", "9 of 9")],
  },
  "an account that a variable without a default gives": {
    file: stack(
      { variable: { account: { type: "string" } } },
      fnRole,
      inRole("fn", renamed(REMOTION_ROLE, "lambda:*:*", "lambda:*:${var.account}")),
    ),
    exitCode: 3,
    says: [/lambda:InvokeFunction on .*var\.account has no default/, /allowed {2}rendering, logs/],
    neverSays: ["MISSING"],
  },
  "a Deny by an account that is read from AWS": {
    file: stack(
      fnRole,
      data("aws_caller_identity", "me", {}),
      inRole(
        "fn",
        plus(REMOTION_ROLE, {
          Effect: "Deny",
          Action: "s3:*",
          Resource: "*",
          Condition: {
            StringNotEqualsIfExists: {
              "aws:ResourceAccount": "${data.aws_caller_identity.me.account_id}",
            },
          },
        }),
      ),
    ),
    exitCode: 3,
    says: [/s3:PutObject on .*account/, /allowed {2}rendering, logs/],
    neverSays: ["MISSING"],
  },
};

const KINDS: Record<string, Record<string, Row>> = {
  "answers of the aws command line": ANSWERS_OF_CLI,
  "a caller's document with logs": CALLERS_WITH_LOGS,
  "conditions on TLS": TLS,
  "regions that are denied": REGION_DENIED,
  "conditions on the requested region": REQUESTED_REGION,
  "conditions on the account of a resource": RESOURCE_ACCOUNT,
  "policies of console guides": CONSOLE,
  "empty states": EMPTY_STATES,
  "roles that are adopted": ADOPTED,
  "a second region": SECOND_REGION,
  "foreign roles that are narrower": NARROWER,
  "what Remotion goes on without": TOLERATED,
  CloudFormation: CLOUDFORMATION,
  "documents of synthesized stacks": SYNTHESIZED,
  "guard rails of companies": GUARD_RAILS,
  "what is no Terraform": NO_TERRAFORM,
};

describe.each(Object.entries(KINDS))("%s, written otherwise", (_kind, rows) => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "further-inputs-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.entries(rows))("%s", async (_name, row) => {
    const { file, command = ["verify"], options = [] } = row;
    const path = join(folder, "input.json");
    const isText = typeof file === "string" || Buffer.isBuffer(file);
    writeFileSync(path, isText ? file : JSON.stringify(file, undefined, 2));

    // With what is allowed, too.
    const all = command[0] === "verify" ? ["--all"] : [];
    expectRight(await runRecorded(...command, path, ...all, ...options), row);
  });
});
