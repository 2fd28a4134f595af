import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUCKET_NAME, KEY_PREFIX } from "../../../lib/iam/rules.js";
import { keepsRule, type ValueRule } from "../../../lib/iam/value-rule.js";
import { bucketGrantStatements, grantsFor } from "../../../lib/remotion/bucket-grants.js";
import { BUCKET_ACCESSES, type OutputBucket } from "../../../lib/remotion/output-bucket.js";

/** Action → resources it is allowed on. */
type Granted = Record<string, readonly string[]>;

interface GrantCase {
  readonly case: string;
  readonly buckets: readonly OutputBucket[];
  readonly granted: Granted;
}

const ARN = "arn:aws:s3:::";

const CASES: readonly GrantCase[] = [
  { case: "no bucket", buckets: [], granted: {} },
  {
    case: "write, the default",
    buckets: [{ name: "b", prefix: "", access: "write" }],
    granted: {
      "s3:PutObject": [`${ARN}b/*`],
      "s3:GetObject": [`${ARN}b/*`],
      "s3:ListBucket": [`${ARN}b`],
    },
  },
  {
    case: "write under a prefix",
    buckets: [{ name: "b", access: "write", prefix: "v/" }],
    granted: {
      "s3:PutObject": [`${ARN}b/v/*`],
      "s3:GetObject": [`${ARN}b/v/*`],
      "s3:ListBucket": [`${ARN}b`],
    },
  },
  {
    case: "put",
    buckets: [{ name: "b", prefix: "", access: "put" }],
    granted: { "s3:PutObject": [`${ARN}b`, `${ARN}b/*`] },
  },
  {
    case: "put under a prefix",
    buckets: [{ name: "b", access: "put", prefix: "v/" }],
    granted: { "s3:PutObject": [`${ARN}b`, `${ARN}b/v/*`] },
  },
  {
    case: "put with ACL under a prefix",
    buckets: [{ name: "b", access: "put", prefix: "v/", acl: true }],
    granted: { "s3:PutObject": [`${ARN}b`, `${ARN}b/v/*`], "s3:PutObjectAcl": [`${ARN}b/v/*`] },
  },
  {
    case: "write with ACL",
    buckets: [{ name: "b", prefix: "", access: "write", acl: true }],
    granted: {
      "s3:PutObject": [`${ARN}b/*`],
      "s3:GetObject": [`${ARN}b/*`],
      "s3:ListBucket": [`${ARN}b`],
      "s3:PutObjectAcl": [`${ARN}b/*`],
    },
  },
  {
    case: "the same bucket twice",
    buckets: [
      { name: "b", prefix: "", access: "write" },
      { name: "b", prefix: "", access: "write" },
    ],
    granted: {
      "s3:PutObject": [`${ARN}b/*`],
      "s3:GetObject": [`${ARN}b/*`],
      "s3:ListBucket": [`${ARN}b`],
    },
  },
  {
    case: "two prefixes of one bucket, which is listed once",
    buckets: [
      { name: "b", prefix: "v/", access: "write" },
      { name: "b", prefix: "w/", access: "write" },
    ],
    granted: {
      "s3:PutObject": [`${ARN}b/v/*`, `${ARN}b/w/*`],
      "s3:GetObject": [`${ARN}b/v/*`, `${ARN}b/w/*`],
      "s3:ListBucket": [`${ARN}b`],
    },
  },
  {
    case: "buckets of either access, each in its own statement",
    buckets: [
      { name: "c", prefix: "", access: "put" },
      { name: "b", prefix: "", access: "write" },
    ],
    granted: {
      "s3:PutObject": [`${ARN}b/*`, `${ARN}c`, `${ARN}c/*`],
      "s3:GetObject": [`${ARN}b/*`],
      "s3:ListBucket": [`${ARN}b`],
    },
  },
];

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1";
const THROUGH_S3 = {
  StringLike: { "kms:ViaService": ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"] },
};

describe("the key of a bucket", () => {
  it.each([
    { access: "write", actions: ["kms:GenerateDataKey", "kms:Decrypt"] },
    { access: "put", actions: ["kms:GenerateDataKey", "kms:Decrypt"] },
    { access: "read", actions: ["kms:Decrypt"] },
    { access: "delete", actions: undefined },
  ] as const)(
    "may be used through S3 alone, with the access $access for what it takes",
    ({ access, actions }) => {
      const statements = bucketGrantStatements(
        [{ name: "b", prefix: "", access, kmsKeyArn: KEY }],
        "aws",
      );
      const onKey = statements.filter(({ Resource }) => Resource.includes(KEY));

      expect(
        onKey.map(({ Action, Resource, Condition }) => ({ Action, Resource, Condition })),
      ).toEqual(
        actions === undefined ? [] : [{ Action: actions, Resource: [KEY], Condition: THROUGH_S3 }],
      );
    },
  );

  it("is asked of no statement but those of the key", () => {
    const statements = bucketGrantStatements(
      [{ name: "b", prefix: "", access: "write", kmsKeyArn: KEY }],
      "aws",
    );
    const others = statements.filter(({ Resource }) => !Resource.includes(KEY));

    expect(others).not.toEqual([]);
    for (const statement of others) {
      expect(statement).not.toHaveProperty("Condition");
    }
  });
});

describe("grantsFor", () => {
  it.each([
    { accesses: [], sids: [] },
    { accesses: ["put"], sids: ["OutputBucketPut", "OutputBucketAcl", "OutputBucketKeys"] },
    { accesses: ["delete"], sids: ["OutputBucketDelete"] },
    {
      accesses: ["read", "delete"],
      sids: [
        "OutputBucketListing",
        "OutputBucketRead",
        "OutputBucketDelete",
        "OutputBucketReadKeys",
      ],
    },
  ] as const)("are the grants for $accesses", ({ accesses, sids }) => {
    const grants = grantsFor(accesses);

    expect(grants.map(({ sid }) => sid)).toEqual(sids);
    for (const grant of grants) {
      expect(accesses).toEqual(expect.arrayContaining([...grant.accesses]));
    }
  });
});

describe("bucketGrantStatements", () => {
  it.each(CASES)("grants $case", ({ buckets, granted }) => {
    const statements = bucketGrantStatements(buckets, "aws");

    const actual: Record<string, string[]> = {};
    for (const { Action, Resource } of statements) {
      for (const action of Action) {
        actual[action] = [...(actual[action] ?? []), ...Resource];
      }
    }
    expect(actual).toEqual(granted);
  });

  it("is the same whatever order the buckets come in", () => {
    const buckets = ["c", "a", "b"].map(
      (name): OutputBucket => ({ name, prefix: "", access: "write" }),
    );

    expect(bucketGrantStatements(buckets, "aws")).toEqual(
      bucketGrantStatements(buckets.toReversed(), "aws"),
    );
  });

  it("allows and never denies, and names no statement twice", () => {
    const statements = bucketGrantStatements(
      [{ name: "b", prefix: "", access: "write", acl: true }],
      "aws",
    );

    expect(statements.map(({ Effect }) => Effect)).toEqual(statements.map(() => "Allow"));
    expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  });

  it("writes ARNs of the partition named", () => {
    const resources = bucketGrantStatements(
      [{ name: "b", prefix: "", access: "write" }],
      "aws-cn",
    ).flatMap((s) => s.Resource);

    expect(resources).toEqual(["arn:aws-cn:s3:::b/*", "arn:aws-cn:s3:::b"]);
  });

  it("makes no statement without a resource", () => {
    fc.assert(
      fc.property(fc.array(bucket()), (buckets) => {
        for (const { Resource } of bucketGrantStatements(buckets, "aws")) {
          expect(Resource).not.toEqual([]);
        }
      }),
    );
  });

  it("names the buckets given and nothing else, the wildcard only at the end of a folder", () => {
    fc.assert(
      fc.property(fc.array(bucket(), { minLength: 1 }), (buckets) => {
        const named = bucketGrantStatements(buckets, "aws").flatMap(({ Resource }) => Resource);
        const allowed = buckets.flatMap(({ name, prefix }) => [
          `${ARN}${name}`,
          `${ARN}${name}/${prefix}*`,
        ]);
        expect(allowed).toEqual(expect.arrayContaining(named));
        for (const { name } of buckets) {
          expect(named.filter((arn) => bucketOf(arn) === name)).not.toEqual([]);
        }
      }),
    );
  });

  it("grows by no statement with the number of buckets", () => {
    const many = Array.from({ length: 30 }, (_, index) => ({
      name: `bucket-${index}`,
      prefix: "",
      access: "write" as const,
    }));

    expect(bucketGrantStatements(many, "aws")).toHaveLength(2);
  });
});

function bucket(): fc.Arbitrary<OutputBucket> {
  return fc.record(
    {
      name: keeping(BUCKET_NAME, /^[a-z][a-z0-9-]{1,8}[a-z0-9]$/),
      prefix: keeping(KEY_PREFIX, /^([a-z]{1,3}\/){0,2}$/),
      access: fc.constantFrom(...BUCKET_ACCESSES),
      acl: fc.boolean(),
    },
    { requiredKeys: ["name", "prefix", "access"] },
  );
}

function keeping(rule: ValueRule, shape: RegExp): fc.Arbitrary<string> {
  return fc.stringMatching(shape).filter((value) => keepsRule(rule, value));
}

function bucketOf(arn: string): string | undefined {
  return arn.slice(ARN.length).split("/")[0];
}
