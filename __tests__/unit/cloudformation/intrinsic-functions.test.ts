import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { principalAt, trusting } from "./support/template.js";

/* What functions come to, as it stands in the resource of a statement. */

const TEMPLATE = {
  Parameters: {
    Stage: { Type: "String" },
    Prefix: { Type: "String", Default: "remotionlambda" },
    Count: { Type: "Number", Default: 5 },
    Names: { Type: "CommaDelimitedList", Default: "a, b,c" },
    OpenNames: { Type: "CommaDelimitedList" },
    Numbers: { Type: "List<Number>", Default: "1,2" },
    Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/a/b" },
  },
  Mappings: {
    Made: { a: { "Fn::Transform": { Name: "X" } } },
    Regions: { "eu-central-1": { Bucket: "here" }, other: { Bucket: "there" } },
  },
  Conditions: {
    Yes: { "Fn::Equals": [{ Ref: "Prefix" }, "remotionlambda"] },
    No: { "Fn::Not": [{ Condition: "Yes" }] },
    Open: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] },
    Both: { "Fn::And": [{ Condition: "Yes" }, { Condition: "Open" }] },
    NotBoth: { "Fn::And": [{ Condition: "No" }, { Condition: "Open" }] },
    Either: { "Fn::Or": [{ Condition: "Yes" }, { Condition: "Open" }] },
    Circle: { "Fn::Not": [{ Condition: "Circle" }] },
  },
};

const RESOURCES = {
  Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: "videos" } },
  MadeUp: { Type: "AWS::S3::Bucket" },
  Function: { Type: "AWS::Lambda::Function", Properties: { FunctionName: "render" } },
  Group: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/a" } },
  Key: { Type: "AWS::KMS::Key" },
  Unnamed: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: trusting("x") } },
  UnnamedWithAVeryLongLogicalId: {
    Type: "AWS::IAM::Role",
    Properties: { AssumeRolePolicyDocument: trusting("x") },
  },
  Nested: { Type: "AWS::CloudFormation::Stack", Properties: {} },
  Other: {
    Type: "AWS::IAM::Role",
    Properties: { RoleName: "other", Path: "/video/", AssumeRolePolicyDocument: trusting("x") },
  },
};

/** What a value in a statement's Resource comes to; an unknown text as its pieces, and why it is unknown. */
function resourceOf(value: unknown, parameters: Readonly<Record<string, string>> = {}): unknown {
  const document = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: value }],
  };
  const { policies } = principalAt(
    "Role",
    {
      ...TEMPLATE,
      Resources: {
        ...RESOURCES,
        Role: {
          Type: "AWS::IAM::Role",
          Properties: {
            RoleName: "role",
            AssumeRolePolicyDocument: trusting("lambda.amazonaws.com"),
            Policies: [{ PolicyName: "p", PolicyDocument: document }],
          },
        },
      },
    },
    parameters,
  );
  const [statement] = Object(policies[0]?.document).Statement;
  return told(statement.Resource);
}

function told(value: unknown): unknown {
  if (value instanceof UnknownPart) {
    const { cause, pieces } = value;
    return pieces === undefined ? `? ${cause}` : `${pieces.join("…")} ? ${cause}`;
  }
  return Array.isArray(value) ? value.map(told) : value;
}

const MADE_UP = "20260131000000000000000001";
const NO_STAGE = "the parameter Stage has no default";
const NO_REGION = "the region of the stack is not told";
const MAYBE = { "Fn::If": ["Open", "x", { Ref: "AWS::NoValue" }] };
const NO_ACCOUNT = "the account of the stack is not told";

describe("functions", () => {
  it.each<[string, unknown, unknown]>([
    ["a Ref to a parameter", { Ref: "Prefix" }, "remotionlambda"],
    ["a Ref to a parameter without a default", { Ref: "Stage" }, `? ${NO_STAGE}`],
    [
      "a Ref to what a function names",
      { Ref: { "Fn::Sub": "Pre${Fix}" } },
      "? Fix is not in the template",
    ],
    [
      "a Ref to what a function names in full",
      { Ref: { "Fn::Join": ["", ["Pre", "fix"]] } },
      "remotionlambda",
    ],
    ["a Ref to what is not told", { Ref: { Ref: "Stage" } }, `? ${NO_STAGE}`],
    ["a Ref to a list of names", { Ref: ["Prefix"] }, "? Ref is given what it does not take"],
    [
      "an attribute of what a function names",
      { "Fn::GetAtt": [{ "Fn::Join": ["", ["Buc", "ket"]] }, "Arn"] },
      "arn:aws:s3:::videos",
    ],
    [
      "an attribute that a function names",
      { "Fn::GetAtt": { "Fn::Join": [".", ["Bucket", "Arn"]] } },
      "arn:aws:s3:::videos",
    ],
    [
      "an attribute of what is not told",
      { "Fn::GetAtt": [{ Ref: "Stage" }, "Arn"] },
      `? ${NO_STAGE}`,
    ],
    ["a Ref to a number", { Ref: "Count" }, "5"],
    ["a Ref to a list", { Ref: "Names" }, ["a", "b", "c"]],
    ["a Ref to a list in a list", [{ Ref: "Names" }], [["a", "b", "c"]]],
    [
      "a Ref to a stored parameter",
      { Ref: "Stored" },
      "? the parameter Stored is read from the Parameter Store",
    ],
    ["a Ref to nothing", { Ref: "Nothing" }, "? Nothing is not in the template"],
    ["a Ref to a bucket", { Ref: "Bucket" }, "videos"],
    ["a Ref to a function", { Ref: "Function" }, "render"],
    [
      "a Ref to a key",
      { Ref: "Key" },
      "? what AWS makes of Key is known only after the deployment",
    ],
    ["no value in a list", ["a", { Ref: "AWS::NoValue" }, "b"], ["a", "b"]],
    ["the partition", { Ref: "AWS::Partition" }, "aws"],
    ["the suffix of its domain", { Ref: "AWS::URLSuffix" }, "amazonaws.com"],
    ["the region", { Ref: "AWS::Region" }, `? ${NO_REGION}`],
    ["the account", { Ref: "AWS::AccountId" }, `? ${NO_ACCOUNT}`],
    [
      "the stack's id",
      { Ref: "AWS::StackId" },
      "? AWS::StackId is known only after the deployment",
    ],
    [
      "a text",
      { "Fn::Sub": "arn:${AWS::Partition}:s3:::${Prefix}-*" },
      "arn:aws:s3:::remotionlambda-*",
    ],
    [
      "a text with its own variables",
      { "Fn::Sub": ["${A}-${Prefix}", { A: "x", Prefix: "y" }] },
      "x-y",
    ],
    [
      "a text with what stands for itself",
      { "Fn::Sub": "a/${!aws:username}" },
      "a/${aws:username}",
    ],
    ["a text with a policy variable", "a/${aws:username}", "a/${aws:username}"],
    [
      "a text that is known in part",
      { "Fn::Sub": "arn:aws:s3:::${Stage}/*" },
      `arn:aws:s3:::…/* ? ${NO_STAGE}`,
    ],
    [
      "a text that is known in two parts",
      { "Fn::Sub": "a-${Stage}-${AWS::Region}-b" },
      `a-…-…-b ? ${NO_STAGE}`,
    ],
    ["a bucket's ARN", { "Fn::Sub": "${Bucket.Arn}/*" }, "arn:aws:s3:::videos/*"],
    [
      "the ARN of a bucket with a made-up name",
      { "Fn::GetAtt": ["MadeUp", "Arn"] },
      "arn:aws:s3:::…-madeup-… ? CloudFormation makes up the name of MadeUp",
    ],
    ["an ARN as a text", { "Fn::GetAtt": "Bucket.Arn" }, "arn:aws:s3:::videos"],
    [
      "the ARN of a role with a made-up name",
      { "Fn::GetAtt": ["Unnamed", "Arn"] },
      [
        `arn:aws:iam::*:role/${MADE_UP}-Unnamed-${MADE_UP}`,
        `arn:aws:iam::…:role/…-Unnamed-… ? ${NO_ACCOUNT}`,
      ],
    ],
    [
      "the ARN of a role with a long logical id, in a list",
      ["a", { "Fn::Sub": "${UnnamedWithAVeryLongLogicalId.Arn}" }],
      [
        "a",
        `arn:aws:iam::*:role/${MADE_UP}-UnnamedWithAVeryLongLogicalId-${MADE_UP}`,
        `arn:aws:iam::…:role/…-UnnamedWithAVeryLong… ? ${NO_ACCOUNT}`,
      ],
    ],
    ["the ARN of a role", { "Fn::GetAtt": ["Other", "Arn"] }, "arn:aws:iam::*:role/video/other"],
    [
      "what else a role has",
      { "Fn::GetAtt": ["Other", "RoleId"] },
      "? what AWS makes of Other is known only after the deployment",
    ],
    [
      "the ARN of a function",
      { "Fn::GetAtt": ["Function", "Arn"] },
      `arn:aws:lambda:…:…:function:render ? ${NO_REGION}`,
    ],
    [
      "the ARN of a log group",
      { "Fn::GetAtt": ["Group", "Arn"] },
      `arn:aws:logs:…:…:log-group:/a:* ? ${NO_REGION}`,
    ],
    [
      "an output of a nested stack",
      { "Fn::GetAtt": ["Nested", "Outputs.Arn"] },
      "? it is an output of the nested stack Nested, whose template is another file",
    ],
    [
      "a join",
      { "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, ":s3:::", { Ref: "Prefix" }]] },
      "arn:aws:s3:::remotionlambda",
    ],
    ["a join of a list", { "Fn::Join": ["-", { Ref: "Names" }] }, "a-b-c"],
    [
      "a join of an open list",
      { "Fn::Join": ["-", { Ref: "OpenNames" }] },
      "? the parameter OpenNames has no default",
    ],
    ["a join in part", { "Fn::Join": ["-", ["a", { Ref: "Stage" }, "b"]] }, `a-…-b ? ${NO_STAGE}`],
    ["a choice", { "Fn::Select": ["1", { Ref: "Names" }] }, "b"],
    [
      "a choice beyond the list",
      { "Fn::Select": [3, { Ref: "Names" }] },
      "? Fn::Select is given what it does not take",
    ],
    ["a choice of what is cut", { "Fn::Select": [2, { "Fn::Split": [":", "a:b:c"] }] }, "c"],
    ["what is cut of something open", { "Fn::Split": [":", { Ref: "Stage" }] }, `? ${NO_STAGE}`],
    ["a value of a map", { "Fn::FindInMap": ["Regions", "other", "Bucket"] }, "there"],
    [
      "a value of a map by the region",
      { "Fn::FindInMap": ["Regions", { Ref: "AWS::Region" }, "Bucket"] },
      `? ${NO_REGION}`,
    ],
    [
      "what a map does not have",
      { "Fn::FindInMap": ["Regions", "none", "Bucket"] },
      "? the map Regions has no such value",
    ],
    [
      "what a map has instead",
      { "Fn::FindInMap": ["Regions", "none", "Bucket", { DefaultValue: { Ref: "Prefix" } }] },
      "remotionlambda",
    ],
    [
      "what a map may have that a macro makes",
      { "Fn::FindInMap": ["Made", "a", "Bucket", { DefaultValue: "x" }] },
      "? the map Made has no such value",
    ],
    ["a condition that holds", { "Fn::If": ["Yes", "a", "b"] }, "a"],
    ["one that does not", { "Fn::If": ["No", "a", "b"] }, "b"],
    ["one that is open", { "Fn::If": ["Open", "a", "b"] }, `? ${NO_STAGE}`],
    [
      "one that is open, in a list",
      ["a", { "Fn::If": ["Open", "b", { Ref: "AWS::NoValue" }] }],
      ["a", `? ${NO_STAGE}`],
    ],
    ["one of which a part is open", { "Fn::If": ["Both", "a", "b"] }, `? ${NO_STAGE}`],
    ["one that is settled by a part", { "Fn::If": ["NotBoth", "a", "b"] }, "b"],
    ["one that is settled by another part", { "Fn::If": ["Either", "a", "b"] }, "a"],
    ["one that needs itself", { "Fn::If": ["Circle", "a", "b"] }, "? it is made from itself"],
    [
      "one that is not there",
      { "Fn::If": ["None", "a", "b"] },
      "? the condition None is not in the template",
    ],
    [
      "a join of what may not be there",
      { "Fn::Join": ["-", ["a", MAYBE, "b", "c"]] },
      `a…b-c ? ${NO_STAGE}`,
    ],
    ["a choice behind what may not be there", { "Fn::Select": [1, [MAYBE, "b"]] }, `? ${NO_STAGE}`],
    ["a choice before it", { "Fn::Select": [0, ["a", MAYBE]] }, "a"],
    [
      "a secret in a text",
      { "Fn::Sub": "a-{{resolve:ssm:/${Prefix}}}-b" },
      "a-…-b ? CloudFormation reads it from elsewhere",
    ],
    [
      "a secret of which a part is open",
      { "Fn::Sub": "a-{{resolve:ssm:/${Stage}}}-b" },
      "? CloudFormation reads it from elsewhere",
    ],
    [
      "a secret in parts",
      { "Fn::Join": ["", ["a{{resolve:", "ssm:x}}"]] },
      "a… ? CloudFormation reads it from elsewhere",
    ],
    ["what is exported elsewhere", { "Fn::ImportValue": "x" }, "? it is exported by another stack"],
    ["what a macro makes", { "Fn::Transform": { Name: "X" } }, "? a macro makes it"],
    ["base 64", { "Fn::Base64": { Ref: "Prefix" } }, "cmVtb3Rpb25sYW1iZGE="],
    ["a length", { "Fn::Sub": ["${A}", { A: { "Fn::Length": { Ref: "Names" } } }] }, "3"],
    ["a function that is not known", { "Fn::New": "x" }, "? Fn::New is not worked out"],
    [
      "a function that is given nothing",
      { "Fn::Join": [] },
      "? Fn::Join is given what it does not take",
    ],
    [
      "a secret",
      "arn:aws:s3:::{{resolve:ssm:/name:1}}/*",
      "arn:aws:s3:::…/* ? CloudFormation reads it from elsewhere",
    ],
  ])("%s", (_what, value, expected) => {
    expect(resourceOf(value)).toEqual(expected);
  });

  it.each<[string, unknown, Record<string, string>, unknown]>([
    ["a parameter", { Ref: "Stage" }, { Stage: "dev" }, "dev"],
    ["one with a default", { Ref: "Prefix" }, { Prefix: "b" }, "b"],
    ["a list", { Ref: "OpenNames" }, { OpenNames: "x, y" }, ["x", "y"]],
    ["a condition", { "Fn::If": ["Open", "a", "b"] }, { Stage: "prod" }, "a"],
    [
      "the region",
      { "Fn::FindInMap": ["Regions", { Ref: "AWS::Region" }, "Bucket"] },
      { "AWS::Region": "eu-central-1" },
      "here",
    ],
    [
      "the partition by the region",
      { Ref: "AWS::Partition" },
      { "AWS::Region": "cn-north-1" },
      "aws-cn",
    ],
    [
      "the partition",
      { Ref: "AWS::URLSuffix" },
      { "AWS::Partition": "aws-cn" },
      "amazonaws.com.cn",
    ],
    [
      "the name of the stack",
      { "Fn::GetAtt": ["MadeUp", "Arn"] },
      { "AWS::StackName": "Video" },
      "arn:aws:s3:::video-madeup-… ? CloudFormation makes up the name of MadeUp",
    ],
    [
      "all of an ARN",
      { "Fn::GetAtt": ["Function", "Arn"] },
      { "AWS::Region": "eu-central-1", "AWS::AccountId": "111111111111" },
      "arn:aws:lambda:eu-central-1:111111111111:function:render",
    ],
    [
      "a role's ARN",
      { "Fn::GetAtt": ["Other", "Arn"] },
      { "AWS::AccountId": "111111111111" },
      "arn:aws:iam::111111111111:role/video/other",
    ],
  ])("take %s that is given", (_what, value, parameters, expected) => {
    expect(resourceOf(value, parameters)).toEqual(expected);
  });
});

/* Requests are for the stack's own account, but not those for layers, keys and buckets. */
describe("the account of the stack in an ARN", () => {
  const account = "${AWS::AccountId}";
  it.each<[string, string, unknown]>([
    ["a role", `arn:aws:iam::${account}:role/*`, "arn:aws:iam::*:role/*"],
    ["a function", `arn:aws:lambda:*:${account}:function:x`, "arn:aws:lambda:*:*:function:x"],
    ["a log group", `arn:aws:logs:*:${account}:log-group:/x:*`, "arn:aws:logs:*:*:log-group:/x:*"],
    [
      "a layer",
      `arn:aws:lambda:*:${account}:layer:*`,
      `arn:aws:lambda:*:…:layer:* ? ${NO_ACCOUNT}`,
    ],
    ["anything of Lambda", `arn:aws:lambda:*:${account}:*`, `arn:aws:lambda:*:…:* ? ${NO_ACCOUNT}`],
    ["a key", `arn:aws:kms:*:${account}:key/*`, `arn:aws:kms:*:…:key/* ? ${NO_ACCOUNT}`],
    [
      "another account's role",
      "arn:aws:iam::${Stage}:role/x",
      `arn:aws:iam::…:role/x ? ${NO_STAGE}`,
    ],
    [
      "a role with something else that is open",
      `arn:aws:iam::${account}:role/\${Stage}`,
      `arn:aws:iam::…:role/… ? ${NO_ACCOUNT}`,
    ],
    [
      "a name of the account",
      `arn:aws:s3:::remotion-${account}`,
      `arn:aws:s3:::remotion-… ? ${NO_ACCOUNT}`,
    ],
  ])("of %s", (_what, text, expected) => {
    expect(resourceOf({ "Fn::Sub": text })).toEqual(expected);
    expect(resourceOf([{ "Fn::Sub": text }])).toEqual([expected]);
  });
});
