import { describe, expect, it } from "vitest";
import { PARTITIONS } from "../../lib/iam/partition.js";
import type { PolicyOptions } from "../../lib/remotion/policies.js";
import { type SampleScope, sampleRequest } from "../../lib/remotion/sample-request.js";
import { neededCalls } from "./support/exceptions.js";
import { mutationsOf } from "./support/mutations.js";
import { POLICIES_UNDER_TEST, type PolicyName } from "./support/policies-under-test.js";
import { report } from "./support/report.js";
import { decider } from "./support/verdicts.js";

const NEVER_CALLED = "Remotion's own policy has it, and no version 4.0.527 API calls it.";

/** What can be taken out of a policy without any API noticing, and why it is there. */
const UNNOTICED: Readonly<Record<PolicyName, Readonly<Record<string, string>>>> = {
  "user full": {
    "Storage: s3:DeleteBucket": NEVER_CALLED,
    "FunctionManagement: lambda:InvokeAsync": NEVER_CALLED,
  },
  "user render": {},
  "user deploy": {},
  "role full": {},
  "role minimal": {},
};

const LAYER = "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3";

const WITH_OPTIONS: PolicyOptions = {
  customLayerArns: [LAYER],
  vpc: true,
  allInsightsRegions: true,
};

const OPTIONS: readonly string[] = ["ownLayers", "vpc", "insights"];

/** One scope for each resource that the options add. */
const OPTION_SCOPES: readonly SampleScope[] = [
  { layerArn: LAYER },
  ...["af-south-1", "ap-east-1", "ap-northeast-3", "eu-south-1"].map((region) => ({
    regions: [region],
  })),
];

const CASES = POLICIES_UNDER_TEST.flatMap((underTest) =>
  PARTITIONS.map((partition) => ({ name: underTest.name, partition, underTest })),
);

describe("a policy without any one of its actions or resources", () => {
  it.each(CASES)("fails an API: $name in $partition", ({ name, partition, underTest }) => {
    const policy = underTest.policyOf({ partition });
    const requests = neededCalls(underTest, partition).map((call) =>
      sampleRequest(call, { partition }),
    );
    const mutations = mutationsOf(policy);
    const unnoticed = mutations.filter((mutation) => {
      const allows = decider(mutation.policy);
      return requests.every((request) => allows(request));
    });

    report(`mutations, ${name}, ${partition}: ${mutations.length}, unnoticed ${unnoticed.length}`);
    expect(requests.every(decider(policy))).toBe(true);
    expect(unnoticed.map(({ without }) => without)).toEqual(Object.keys(UNNOTICED[name]));
  });

  it.each(POLICIES_UNDER_TEST)("fails an API of the options: $name", (underTest) => {
    const { name, policyOf, rows } = underTest;
    const added = new Set(policyOf(WITH_OPTIONS).Statement.map(({ Sid }) => Sid));
    for (const { Sid } of policyOf({}).Statement) {
      added.delete(Sid);
    }
    const requests = rows
      .flatMap(({ calls }) => calls)
      .filter(({ option }) => option !== undefined && OPTIONS.includes(option))
      .flatMap((call) => OPTION_SCOPES.map((scope) => sampleRequest(call, scope)));
    const mutations = mutationsOf(policyOf(WITH_OPTIONS)).filter(({ without }) =>
      added.has(without.split(":")[0] ?? ""),
    );
    const allowed = requests.filter(decider(policyOf(WITH_OPTIONS)));
    const unnoticed = mutations.filter((mutation) => allowed.every(decider(mutation.policy)));

    report(`mutations, ${name} with options: ${mutations.length}, unnoticed ${unnoticed.length}`);
    expect(mutations.length > 0).toBe(name !== "user render");
    expect(unnoticed).toEqual([]);
  });
});
