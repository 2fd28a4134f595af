import { describe, expect, it } from "vitest";
import { PARTITIONS } from "../../lib/iam/partition.js";
import type { CallOption } from "../../lib/remotion/api-calls.js";
import type { PolicyExtras } from "../../lib/remotion/option-statements.js";
import type { PolicyOptions } from "../../lib/remotion/policies.js";
import { type SampleScope, sampleRequest } from "../../lib/remotion/sample-request.js";
import { POLICIES_UNDER_TEST } from "./support/policies-under-test.js";
import { allAllowed, allDenied, verdictsOf } from "./support/verdicts.js";

const LAYER = "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3";
const LAYER_IN_CHINA = "arn:aws-cn:lambda:cn-north-1:123456789012:layer:fonts:3";

interface Case {
  readonly name: string;
  /** The calls that the option is for. */
  readonly of: CallOption;
  readonly extras: PolicyOptions & PolicyExtras;
  readonly scope: SampleScope;
}

const CASES: readonly Case[] = [
  {
    name: "custom layers",
    of: "ownLayers",
    extras: { customLayerArns: [LAYER] },
    scope: { layerArn: LAYER },
  },
  {
    name: "custom layers in China",
    of: "ownLayers",
    extras: { partition: "aws-cn", customLayerArns: [LAYER_IN_CHINA] },
    scope: { partition: "aws-cn", layerArn: LAYER_IN_CHINA },
  },
  ...PARTITIONS.map((partition) => ({
    name: `functions in a VPC in ${partition}`,
    of: "vpc" as const,
    extras: { partition, vpc: true },
    scope: { partition },
  })),
  ...["af-south-1", "ap-east-1", "ap-northeast-3", "eu-south-1"].map((region) => ({
    name: `Lambda Insights in ${region}`,
    of: "insights" as const,
    extras: { allInsightsRegions: true },
    scope: { regions: [region] },
  })),
];

const POLICIES_AND_CASES = POLICIES_UNDER_TEST.flatMap((underTest) =>
  CASES.map((given) => ({
    ...given,
    policyName: underTest.name,
    policyOf: underTest.policyOf,
    requests: underTest.rows
      .flatMap(({ calls }) => calls)
      .filter((call) => call.option === given.of)
      .map((call) => sampleRequest(call, given.scope)),
  })),
).filter(({ requests }) => requests.length > 0);

describe("an option allows its calls", () => {
  it.each(POLICIES_AND_CASES)("$policyName: $name", async ({ policyOf, extras, requests }) => {
    expect(await verdictsOf(policyOf(extras), requests)).toEqual(allAllowed(requests));
  });

  it("of users who deploy, and of the functions' role", () => {
    expect(new Set(POLICIES_AND_CASES.map(({ policyName, of }) => `${policyName}: ${of}`))).toEqual(
      new Set([
        "user full: ownLayers",
        "user full: vpc",
        "user full: insights",
        "user deploy: ownLayers",
        "user deploy: vpc",
        "user deploy: insights",
        "role full: vpc",
        "role full: insights",
        "role minimal: vpc",
        "role minimal: insights",
      ]),
    );
  });
});

describe("custom layers", () => {
  const deployers = POLICIES_UNDER_TEST.filter(({ name }) => /full|deploy/.test(name));
  const users = deployers.filter(({ principal }) => principal === "user");

  it.each(users)("of $name allow no other layer and no other version", async ({ policyOf }) => {
    const others = ["layer:fonts:4", "layer:fonts-2:3", "layer:other:3"].map((layer) => ({
      action: "lambda:GetLayerVersion",
      resource: `arn:aws:lambda:us-east-1:123456789012:${layer}`,
      context: {},
    }));

    expect(await verdictsOf(policyOf({ customLayerArns: [LAYER] }), others)).toEqual(
      allDenied(others),
    );
  });
});

describe("Lambda Insights in regions with an account of their own", () => {
  it.each(
    POLICIES_AND_CASES.filter(
      ({ of, policyName }) => of === "insights" && policyName.startsWith("user"),
    ),
  )("$policyName needs the option: $name", async ({ policyOf, requests }) => {
    expect(await verdictsOf(policyOf({}), requests)).toEqual(allDenied(requests));
  });
});
