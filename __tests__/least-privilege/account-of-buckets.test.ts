import { describe, expect, it } from "vitest";
import { PARTITIONS } from "../../lib/iam/partition.js";
import { policySize, QUOTAS } from "../../lib/iam/quotas.js";
import { userPolicy } from "../../lib/remotion/policies.js";
import { DEFAULT_REGIONS } from "../../lib/remotion/regions.js";
import { sampleRequest } from "../../lib/remotion/sample-request.js";
import { neededCalls } from "./support/exceptions.js";
import { simulate } from "./support/iam-simulate.js";
import { POLICIES_UNDER_TEST } from "./support/policies-under-test.js";
import { allAllowed, allDenied, verdictsOf } from "./support/verdicts.js";

const OWN = "123456789012";
const OTHER = "210987654321";
const BUCKET = "remotionlambda-useast1-abc1234567";

const SITES = {
  action: "s3:PutObject",
  resource: "arn:{partition}:s3:::{bucket}/sites/*",
} as const;

const NARROWINGS = [
  {},
  { regions: ["us-east-1"] },
  { bucketNames: [BUCKET] },
  { regions: ["us-east-1"], bucketNames: [BUCKET] },
] as const;

const CASES = POLICIES_UNDER_TEST.flatMap((underTest) =>
  PARTITIONS.flatMap((partition) =>
    NARROWINGS.map((narrowing) => ({
      name: underTest.name,
      partition,
      underTest,
      narrowing,
      beside: Object.keys(narrowing).join(" and ") || "nothing",
    })),
  ),
);

/** The calls of a policy for Remotion's buckets and their objects. */
function callsForBuckets({ underTest, partition }: (typeof CASES)[number]) {
  return neededCalls(underTest, partition).filter(({ resource }) => resource.includes("{bucket}"));
}

describe.each(CASES)("$name in $partition, narrowed to an account beside $beside", (given) => {
  const { partition, underTest, narrowing } = given;
  const policy = underTest.policyOf({ ...narrowing, accountId: OWN, partition });
  const requestsIn = (accountId: string) =>
    callsForBuckets(given).map((call) =>
      sampleRequest(call, { ...narrowing, partition, accountId }),
    );

  it("allows all calls for buckets of the account, one that is only to be created among them", async () => {
    const requests = requestsIn(OWN);

    expect(requests.length).toBeGreaterThan(0);
    expect(await verdictsOf(policy, requests)).toEqual(allAllowed(requests));
  });

  it(`${underTest.name.endsWith(" full") ? "allows, as Remotion's own policy," : "denies"} those of the same name that are somebody else's`, async () => {
    const requests = requestsIn(OTHER);

    expect(await verdictsOf(policy, requests)).toEqual(
      underTest.name.endsWith(" full") ? allAllowed(requests) : allDenied(requests),
    );
  });
});

describe("the account of buckets, in policies beside", () => {
  const deploy = (accountId: string) => userPolicy({ profile: "deploy", accountId });
  const outputBucket = { name: "remotionlambda-of-a-partner", prefix: "", access: "read" } as const;

  it("leaves what another policy of the same principal allows: two accounts are both allowed", async () => {
    const identity = [deploy(OWN), deploy(OTHER)];
    const requests = [OWN, OTHER].map((accountId) => sampleRequest(SITES, { accountId }));
    const decisions = await Promise.all(
      requests.map(({ context, ...request }) =>
        simulate({ ...request, context: { ...context }, identity }),
      ),
    );

    expect(decisions).toEqual([{ decision: "allowed" }, { decision: "allowed" }]);
  });

  it("is not asked of output buckets, which may be a partner's", async () => {
    const policy = userPolicy({ profile: "render", accountId: OWN, outputBuckets: [outputBucket] });
    const requests = [
      {
        action: "s3:GetObject",
        resource: `arn:aws:s3:::${outputBucket.name}/out.mp4`,
        context: { "aws:ResourceAccount": OTHER },
      },
    ];

    expect(await verdictsOf(policy, requests)).toEqual(allAllowed(requests));
  });
});

describe("the room that the account of buckets takes", () => {
  it.each(
    DEFAULT_REGIONS.map((region) => [
      region,
      region.startsWith("cn-") ? ("aws-cn" as const) : ("aws" as const),
    ]),
  )("leaves the policy deploy of one account in %s an inline one", (region, partition) => {
    const policy = userPolicy({ profile: "deploy", accountId: OWN, regions: [region], partition });

    expect(policySize(policy)).toBeLessThanOrEqual(QUOTAS.inlinePoliciesOfUser);
  });

  // docs/decisions/0017-the-account-of-buckets.md has these.
  it.each([
    ["render", "us-east-1", 755, 953],
    ["deploy", "us-east-1", 1880, 2012],
    ["deploy", "eu-central-1", 1901, 2033],
    ["deploy", "ap-northeast-1", 1915, 2047],
  ] as const)("is what the decision says: %s in %s", (profile, region, before, after) => {
    const policy = userPolicy({ profile, accountId: OWN, regions: [region] });
    const text = JSON.stringify(policy);
    const condition = `,"Condition":{"StringLike":{"aws:ResourceAccount":"${OWN}"}}`;

    expect([policySize(text.replaceAll(condition, "")), policySize(text)]).toEqual([before, after]);
  });
});
