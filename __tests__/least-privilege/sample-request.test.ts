import { describe, expect, it } from "vitest";
import { API_ROWS } from "../../lib/remotion/api-calls.js";
import { type SampleScope, sampleRequest } from "../../lib/remotion/sample-request.js";

const CALLS = API_ROWS.flatMap(({ calls }) => calls);

const SCOPES: readonly SampleScope[] = [
  {},
  { partition: "aws-cn" },
  { regions: ["af-south-1"], accountId: "210987654321", lambdaRolePath: "/video/" },
];

describe("the sample of a call", () => {
  it.each(SCOPES)("names a resource that could exist, in %o", (scope) => {
    const resources = CALLS.map((call) => sampleRequest(call, scope).resource);

    expect(resources.filter((resource) => /[{}*?]/.test(resource) && resource !== "*")).toEqual([]);
    for (const resource of resources.filter((name) => name !== "*")) {
      expect(resource).toMatch(
        /^arn:aws(-cn)?:[a-z0-9]+:([a-z0-9-]+)?:([0-9]{12})?:[A-Za-z/][^ ]*[A-Za-z0-9]$/,
      );
    }
  });

  it.each<{ action: string; template: string; scope: SampleScope; resource: string }>([
    {
      action: "s3:GetObject",
      template: "arn:{partition}:s3:::{bucket}/renders/*/progress.json",
      scope: {},
      resource: "arn:aws:s3:::remotionlambda-useast1-abc1234567/renders/abc1234567/progress.json",
    },
    {
      action: "s3:ListBucket",
      template: "arn:{partition}:s3:::{bucket}",
      scope: { regions: ["eu-west-1", "us-east-1"] },
      resource: "arn:aws:s3:::remotionlambda-euwest1-abc1234567",
    },
    {
      action: "s3:ListBucket",
      template: "arn:{partition}:s3:::{bucket}",
      scope: { regions: ["eu-west-1"], bucketNames: ["remotionlambda-shared"] },
      resource: "arn:aws:s3:::remotionlambda-shared",
    },
    {
      action: "iam:PassRole",
      template: "arn:{partition}:iam::{account}:role{lambdaRole}",
      scope: { lambdaRoleName: "renderer", lambdaRolePath: "/video/" },
      resource: "arn:aws:iam::123456789012:role/video/renderer",
    },
    {
      action: "lambda:GetLayerVersion",
      template: "arn:{partition}:lambda:{region}:{insightsAccount}:layer:LambdaInsightsExtension*",
      scope: { regions: ["ap-east-1"] },
      resource: "arn:aws:lambda:ap-east-1:519774774795:layer:LambdaInsightsExtension-Arm64:1",
    },
    {
      action: "lambda:GetLayerVersion",
      template: "arn:{partition}:lambda:{region}:{insightsAccount}:layer:LambdaInsightsExtension*",
      scope: { partition: "aws-cn" },
      resource: "arn:aws-cn:lambda:cn-north-1:488211338238:layer:LambdaInsightsExtension-Arm64:1",
    },
    {
      action: "lambda:GetLayerVersion",
      template: "arn:{partition}:lambda:{region}:{account}:layer:{ownLayer}",
      scope: { layerArn: "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3" },
      resource: "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3",
    },
  ])("of $action in $scope is $resource", ({ action, template, scope, resource }) => {
    expect(sampleRequest({ action, resource: template }, scope)).toMatchObject({
      action,
      resource,
    });
  });

  it("says that a role is passed to Lambda, whose a bucket is, and nothing of other actions", () => {
    const contexts = CALLS.map((call) => ({ ...call, context: sampleRequest(call).context }));

    for (const { action, context } of contexts) {
      const ofBuckets = action.startsWith("s3:") ? { "aws:ResourceAccount": "123456789012" } : {};
      expect(context).toEqual(
        action === "iam:PassRole" ? { "iam:PassedToService": "lambda.amazonaws.com" } : ofBuckets,
      );
    }
  });
});
