import { describe, expect, it } from "vitest";
import { API_ROWS } from "../../../lib/remotion/api-calls.js";
import { type SampleScope, sampleRequest } from "../../../lib/remotion/sample-request.js";

const FUNCTION = "remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";

describe("a sample of a call's resource", () => {
  it.each<[template: string, scope: SampleScope, resource: string]>([
    ["*", {}, "*"],
    ["arn:{partition}:s3:::{bucket}", {}, "arn:aws:s3:::remotionlambda-useast1-abc1234567"],
    [
      "arn:{partition}:s3:::{bucket}",
      { partition: "aws-cn" },
      "arn:aws-cn:s3:::remotionlambda-cnnorth1-abc1234567",
    ],
    [
      "arn:{partition}:s3:::{bucket}",
      { regions: ["eu-central-1", "us-east-1"] },
      "arn:aws:s3:::remotionlambda-eucentral1-abc1234567",
    ],
    ["arn:{partition}:s3:::{bucket}", { bucketNames: ["b", "c"] }, "arn:aws:s3:::b"],
    [
      "arn:{partition}:s3:::{bucket}/renders/*/progress.json",
      { bucketNames: ["b"] },
      "arn:aws:s3:::b/renders/abc1234567/progress.json",
    ],
    [
      "arn:{partition}:s3:::{bucket}/renders/*",
      { bucketNames: ["b"] },
      "arn:aws:s3:::b/renders/abc1234567/out.mp4",
    ],
    [
      "arn:{partition}:s3:::{bucket}/sites/*",
      { bucketNames: ["b"] },
      "arn:aws:s3:::b/sites/my-site/index.html",
    ],
    [
      "arn:{partition}:s3:::{bucket}/input-props/*",
      { bucketNames: ["b"] },
      "arn:aws:s3:::b/input-props/abc1234567.json",
    ],
    [
      "arn:{partition}:s3:::{bucket}/resolved-props/*",
      { bucketNames: ["b"] },
      "arn:aws:s3:::b/resolved-props/abc1234567.json",
    ],
    [
      "arn:{partition}:s3:::{ownBucket}/*",
      {},
      "arn:aws:s3:::videos-of-my-own/renders/abc1234567/out.mp4",
    ],
    ["arn:{partition}:s3:::{ownBucket}", { ownBucketName: "films" }, "arn:aws:s3:::films"],
    [
      "arn:{partition}:lambda:{region}:{account}:function:{function}",
      {},
      `arn:aws:lambda:us-east-1:123456789012:function:${FUNCTION}`,
    ],
    [
      "arn:{partition}:lambda:{region}:{account}:function:{function}",
      { regions: ["eu-west-1"], accountId: "210987654321", functionNames: ["f", "g"] },
      "arn:aws:lambda:eu-west-1:210987654321:function:f",
    ],
    [
      "arn:{partition}:iam::{account}:role{lambdaRole}",
      {},
      "arn:aws:iam::123456789012:role/remotion-lambda-role",
    ],
    [
      "arn:{partition}:iam::{account}:role{lambdaRole}",
      { lambdaRolePath: "/video/", lambdaRoleName: "renderer" },
      "arn:aws:iam::123456789012:role/video/renderer",
    ],
    [
      "arn:{partition}:iam::{account}:role/{ownRole}",
      {},
      "arn:aws:iam::123456789012:role/role-of-my-own",
    ],
    [
      "arn:{partition}:iam::{account}:role/{ownRole}",
      { ownRoleName: "mine" },
      "arn:aws:iam::123456789012:role/mine",
    ],
    [
      "arn:{partition}:iam::{account}:user/{caller}",
      {},
      "arn:aws:iam::123456789012:user/remotion-user",
    ],
    [
      "arn:{partition}:iam::{account}:user/{caller}",
      { callerName: "me" },
      "arn:aws:iam::123456789012:user/me",
    ],
    [
      "arn:{partition}:lambda:{region}:{account}:layer:{ownLayer}",
      {},
      "arn:aws:lambda:us-east-1:123456789012:layer:layer-of-my-own:1",
    ],
    [
      "arn:{partition}:lambda:{region}:{account}:layer:{ownLayer}",
      { layerArn: "arn:aws:lambda:us-east-1:210987654321:layer:fonts:3" },
      "arn:aws:lambda:us-east-1:210987654321:layer:fonts:3",
    ],
    [
      "arn:{partition}:lambda:{region}:678892195805:layer:remotion-binaries-*",
      {},
      "arn:aws:lambda:us-east-1:678892195805:layer:remotion-binaries-chromium-arm64:1",
    ],
    [
      "arn:{partition}:lambda:{region}:{insightsAccount}:layer:LambdaInsightsExtension*",
      {},
      "arn:aws:lambda:us-east-1:580247275435:layer:LambdaInsightsExtension-Arm64:1",
    ],
    [
      "arn:{partition}:lambda:{region}:{insightsAccount}:layer:LambdaInsightsExtension*",
      { partition: "aws-cn" },
      "arn:aws-cn:lambda:cn-north-1:488211338238:layer:LambdaInsightsExtension-Arm64:1",
    ],
    [
      "arn:{partition}:lambda:{region}:{insightsAccount}:layer:LambdaInsightsExtension*",
      { regions: ["ap-east-1"] },
      "arn:aws:lambda:ap-east-1:519774774795:layer:LambdaInsightsExtension-Arm64:1",
    ],
    // What is no placeholder stays.
    ["arn:{partition}:x:::{unknown}", {}, "arn:aws:x:::{unknown}"],
  ])("of %s in %o is %s", (template, scope, resource) => {
    expect(sampleRequest({ action: "x:Y", resource: template }, scope).resource).toBe(resource);
  });

  it.each(["logs:CreateLogStream", "logs:PutLogEvents"])(
    "of %s is a stream of its group",
    (action) => {
      const group = "arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda/{functionLogs}";
      const stream = `arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/${FUNCTION}:log-stream:2026/01/31/[$LATEST]0123456789abcdef0123456789abcdef`;

      expect(sampleRequest({ action, resource: group }).resource).toBe(stream);
      expect(sampleRequest({ action, resource: `${group}:*` }).resource).toBe(stream);
    },
  );

  it("of each call of the table has no place left open", () => {
    const resources = API_ROWS.flatMap(({ calls }) => calls).map(
      (call) => sampleRequest(call).resource,
    );

    expect(resources.filter((resource) => resource !== "*" && /[{}*]/.test(resource))).toEqual([]);
  });
});

describe("what AWS says of a sample", () => {
  it.each([
    ["iam:PassRole", {}, { "iam:PassedToService": "lambda.amazonaws.com" }],
    ["iam:GetRole", {}, {}],
    ["s3:GetObject", {}, { "aws:ResourceAccount": "123456789012" }],
    ["s3:GetObject", { accountId: "210987654321" }, { "aws:ResourceAccount": "210987654321" }],
    ["lambda:InvokeFunction", {}, {}],
  ])("%s in %o: %o", (action, scope, context) => {
    expect(sampleRequest({ action, resource: "*" }, scope)).toEqual({
      action,
      resource: "*",
      context,
    });
  });
});
