import { describe, expect, it } from "vitest";
import { PARTITIONS, type Partition } from "../../../lib/iam/partition.js";
import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document.js";
import { policySize, QUOTAS } from "../../../lib/iam/quotas.js";
import { bucketGrantStatements } from "../../../lib/remotion/bucket-grants.js";
import { DEFAULT_NAMES } from "../../../lib/remotion/default-names.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { REMOTION_VERSION } from "../../../lib/remotion/release.js";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };

const POLICIES = [
  { principal: "user", policyOf: userPolicy, sizes: { aws: 1779, "aws-cn": 1736 } },
  { principal: "role", policyOf: rolePolicy, sizes: { aws: 800, "aws-cn": 815 } },
] as const;

const CASES = POLICIES.flatMap(({ principal, policyOf, sizes }) =>
  PARTITIONS.map((partition) => ({
    principal,
    partition,
    policy: policyOf({ partition }),
    published: upstream.policies[partition][principal],
    size: sizes[partition],
  })),
);

describe.each(CASES)("the policy of the $principal in $partition", (given) => {
  const { policy, published, size } = given;

  it("is Remotion's, byte for byte", () => {
    expect(JSON.stringify(policy)).toBe(JSON.stringify(published));
  });

  it("has Remotion's Sids, actions and resources in Remotion's order", () => {
    const parts = (key: "Sid" | "Action" | "Resource") => policy.Statement.map((item) => item[key]);

    expect(parts("Sid")).toEqual(published.Statement.map(({ Sid }) => Sid));
    expect(parts("Action")).toEqual(published.Statement.map(({ Action }) => Action));
    expect(parts("Resource")).toEqual(published.Statement.map(({ Resource }) => Resource));
  });

  it(`has ${size} characters`, () => {
    expect(policySize(policy)).toBe(size);
  });
});

describe("the policies", () => {
  it("are those of the release that they are said to be of", () => {
    expect(upstream.version).toBe(REMOTION_VERSION);
  });

  it("are for the partition aws unless another is named", () => {
    expect(userPolicy()).toEqual(userPolicy({ partition: "aws" }));
    expect(rolePolicy()).toEqual(rolePolicy({ partition: "aws" }));
  });

  it.each([
    { of: "user", policyOf: userPolicy },
    { of: "role", policyOf: rolePolicy },
  ])("of the $of are full and for no further bucket unless that is asked for", ({ policyOf }) => {
    expect(policyOf({ partition: "aws", profile: "full", outputBuckets: [] })).toStrictEqual(
      policyOf(),
    );
    expect(policyOf({ vpc: true })).toStrictEqual(policyOf({ vpc: true, profile: "full" }));
  });

  it("write the ARNs of further buckets for the partition aws unless another is named", () => {
    const outputBuckets = [{ name: "b", prefix: "", access: "write" }] as const;
    const resources = (partition?: Partition) =>
      rolePolicy({ outputBuckets, ...(partition === undefined ? {} : { partition }) })
        .Statement.flatMap(({ Resource }) => Resource)
        .filter((arn) => arn.endsWith(":b"));

    expect(resources()).toEqual(["arn:aws:s3:::b"]);
    expect(resources("aws-cn")).toEqual(["arn:aws-cn:s3:::b"]);
  });

  it("have no empty condition", () => {
    for (const statement of userPolicy().Statement) {
      expect(Object.keys(statement)).toEqual(["Sid", "Effect", "Action", "Resource"]);
    }
  });

  it("fit inline into the principal that they are for", () => {
    expect(policySize(userPolicy())).toBeLessThanOrEqual(QUOTAS.inlinePoliciesOfUser);
    expect(policySize(rolePolicy())).toBeLessThanOrEqual(QUOTAS.inlinePoliciesOfRole);
  });
});

describe("the role that may be passed", () => {
  it.each([
    { options: {}, arn: `arn:aws:iam::*:role/${DEFAULT_NAMES.lambdaRole}` },
    { options: { lambdaRoleName: "render" }, arn: "arn:aws:iam::*:role/render" },
    {
      options: { lambdaRolePath: "/video/" },
      arn: `arn:aws:iam::*:role/video/${DEFAULT_NAMES.lambdaRole}`,
    },
    {
      options: { lambdaRoleName: "render", lambdaRolePath: "/a/b/", partition: "aws-cn" as const },
      arn: "arn:aws-cn:iam::*:role/a/b/render",
    },
  ])("is $arn for $options", ({ options, arn }) => {
    expect(passRole(userPolicy(options)).Resource).toEqual([arn]);
  });

  it("is the only thing that its name changes", () => {
    const others = (policy: PolicyDocument) =>
      policy.Statement.filter((statement) => statement !== passRole(policy));

    expect(others(userPolicy({ lambdaRoleName: "render" }))).toEqual(others(userPolicy()));
  });
});

describe("output buckets", () => {
  const outputBuckets = [
    { name: "acme-videos", prefix: "", access: "write", acl: true },
    { name: "acme-raw", prefix: "in/", access: "write" },
  ] as const;

  it.each(POLICIES)("come after the statements of the $principal", ({ policyOf }) => {
    const { Statement: own } = policyOf({ partition: "aws-cn" });

    expect(policyOf({ partition: "aws-cn", outputBuckets }).Statement).toEqual([
      ...own,
      ...bucketGrantStatements(outputBuckets, "aws-cn"),
    ]);
  });

  it.each(POLICIES)(
    "leave the policy of the $principal as it is when there are none",
    ({ policyOf }) => {
      expect(policyOf({ outputBuckets: [] })).toEqual(policyOf());
    },
  );
});

function passRole(policy: PolicyDocument): Statement {
  const [statement, ...others] = policy.Statement.filter(({ Action }) =>
    Action.includes("iam:PassRole"),
  );
  expect(others).toEqual([]);
  if (statement === undefined) {
    throw new Error("The policy passes no role.");
  }
  return statement;
}
