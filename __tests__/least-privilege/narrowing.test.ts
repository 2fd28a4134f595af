import { afterAll, describe, expect, it } from "vitest";
import { PARTITIONS } from "../../lib/iam/partition.js";
import type { ApiCall } from "../../lib/remotion/api-calls.js";
import type { Narrowing } from "../../lib/remotion/resource-scope.js";
import { sampleRequest } from "../../lib/remotion/sample-request.js";
import { neededCalls } from "./support/exceptions.js";
import { POLICIES_UNDER_TEST, type PolicyName } from "./support/policies-under-test.js";
import { report } from "./support/report.js";
import { allAllowed, allDenied, verdictsOf } from "./support/verdicts.js";

const BUCKET = "remotionlambda-useast1-abc1234567";
const FUNCTION = "remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";

interface Case {
  readonly of: string;
  /** What the policy is narrowed to. */
  readonly to: Narrowing;
  /** What the policy then leaves out. */
  readonly others: readonly Narrowing[];
  /** Placeholders of the resources that this narrows. */
  readonly narrows: readonly string[];
  /** Those that it narrows in all profiles but `full`, which is Remotion's own. @default none */
  readonly narrowsOutsideFull?: readonly string[];
}

const CASES: readonly Case[] = [
  {
    of: "a region",
    to: { regions: ["us-east-1"] },
    others: [
      { regions: ["eu-west-1"] },
      { regions: ["us-east-2"] },
      { regions: ["us-gov-east-1"] },
    ],
    narrows: ["{region}", "{bucket}"],
  },
  {
    of: "two regions",
    to: { regions: ["us-east-1", "eu-west-1"] },
    others: [{ regions: ["us-west-1"] }],
    narrows: ["{region}", "{bucket}"],
  },
  {
    of: "an account",
    to: { accountId: "123456789012" },
    others: [{ accountId: "210987654321" }],
    narrows: ["{account}"],
    narrowsOutsideFull: ["{bucket}"],
  },
  {
    of: "a bucket",
    to: { bucketNames: [BUCKET] },
    others: [
      { bucketNames: ["remotionlambda-useast1-other12345"] },
      { bucketNames: [`${BUCKET}8`] },
      { bucketNames: [BUCKET.slice(0, -1)] },
    ],
    narrows: ["{bucket}"],
  },
  {
    of: "two buckets",
    to: { bucketNames: ["remotionlambda-euwest1-abc1234567", BUCKET] },
    others: [{ bucketNames: ["remotionlambda-useast1-other12345"] }],
    narrows: ["{bucket}"],
  },
  {
    of: "a function",
    to: { functionNames: [FUNCTION] },
    others: [
      { functionNames: ["remotion-render-4-0-528-mem2048mb-disk2048mb-120sec"] },
      { functionNames: [`${FUNCTION}s`] },
      { functionNames: [FUNCTION.slice(0, -1)] },
    ],
    narrows: ["{function}", "{functionLogs}"],
  },
  {
    of: "everything",
    to: {
      regions: ["us-east-1"],
      accountId: "123456789012",
      bucketNames: [BUCKET],
      functionNames: [FUNCTION],
    },
    others: [
      {
        regions: ["eu-west-1"],
        accountId: "210987654321",
        bucketNames: ["remotionlambda-euwest1-other12345"],
        functionNames: ["remotion-render-of-another-size"],
      },
    ],
    narrows: ["{region}", "{account}", "{bucket}", "{function}", "{functionLogs}"],
  },
];

/** What Remotion's own policy gives on every resource, so that there is no wildcard to narrow. */
const NOT_NARROWED: Readonly<Partial<Record<PolicyName, readonly string[]>>> = {
  "user full": [
    "lambda:GetFunction",
    "iam:SimulatePrincipalPolicy",
    "servicequotas:GetServiceQuota",
    "servicequotas:ListRequestedServiceQuotaChangeHistoryByQuota",
    "servicequotas:RequestServiceQuotaIncrease",
  ],
};

const POLICIES_AND_CASES = POLICIES_UNDER_TEST.flatMap((underTest) =>
  PARTITIONS.flatMap((partition) =>
    CASES.map((given) => ({ ...given, partition, policyName: underTest.name, underTest })),
  ),
);

let checked = 0;

describe.each(POLICIES_AND_CASES)("$policyName in $partition, narrowed to $of", (given) => {
  const { partition, underTest, to, others } = given;
  const narrows = [
    ...given.narrows,
    ...(underTest.name.endsWith(" full") ? [] : (given.narrowsOutsideFull ?? [])),
  ];
  const policy = underTest.policyOf({ ...to, partition });
  const calls = neededCalls(underTest, partition);

  it("allows its APIs all calls on what is named", async () => {
    const requests = eachNamed(to).flatMap((scope) =>
      calls.map((call) => sampleRequest(call, { ...scope, partition })),
    );

    expect(await verdictsOf(policy, requests)).toEqual(allAllowed(requests));
    checked += requests.length;
  });

  it("allows no call on anything else", async () => {
    const kept = NOT_NARROWED[underTest.name] ?? [];
    const narrowed = calls.filter(
      (call) => narrows.some((place) => isNarrowed(call, place)) && !kept.includes(call.action),
    );
    const requests = others.flatMap((other) =>
      narrowed.map((call) => sampleRequest(call, { ...other, partition })),
    );

    expect(await verdictsOf(policy, requests)).toEqual(allDenied(requests));
    checked += requests.length;
  });
});

describe.each(
  POLICIES_AND_CASES.filter(({ policyName }) => NOT_NARROWED[policyName] !== undefined),
)("$policyName in $partition, narrowed to $of", ({ partition, underTest, to, others }) => {
  it("keeps what Remotion's own policy gives on every resource", async () => {
    const kept = neededCalls(underTest, partition).filter(({ action }) =>
      NOT_NARROWED[underTest.name]?.includes(action),
    );
    const requests = others.flatMap((other) =>
      kept.map((call) => sampleRequest(call, { ...other, partition })),
    );

    expect(requests.length).toBeGreaterThan(0);
    expect(await verdictsOf(underTest.policyOf({ ...to, partition }), requests)).toEqual(
      allAllowed(requests),
    );
  });
});

afterAll(() => report(`narrowing: ${checked} requests asked of both evaluators`));

function isNarrowed(call: ApiCall, placeholder: string): boolean {
  return call.resource.includes(placeholder);
}

/** A scope for each of several names: samples are of the first name of a list. */
function eachNamed(narrowing: Narrowing): Narrowing[] {
  const { regions = [], bucketNames = [] } = narrowing;
  const byRegion = regions.map((region) => ({ ...narrowing, regions: [region] }));
  const byBucket = bucketNames.map((name) => ({ ...narrowing, bucketNames: [name] }));
  const scopes = regions.length > 1 ? byRegion : byBucket;
  return scopes.length > 0 ? scopes : [narrowing];
}
