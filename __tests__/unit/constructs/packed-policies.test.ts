import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Statement } from "../../../lib/iam/policy-document.js";
import { policySize, QUOTAS } from "../../../lib/iam/quotas.js";
import { BUCKET_NAME, KEY_PREFIX } from "../../../lib/iam/rules.js";
import { keepsRule } from "../../../lib/iam/value-rule.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { bucketGrantStatements } from "../../../lib/remotion/bucket-grants.js";
import {
  BUCKET_ACCESSES,
  isWriterAccess,
  type OutputBucket,
} from "../../../lib/remotion/output-bucket.js";
import { asVariable, fewestPolicies, manyBuckets } from "../../support/many-buckets.js";
import { moduleConfiguration } from "../../support/module-sources.js";

interface Packed {
  readonly address: string;
  readonly statements: readonly Statement[];
}

const MODULE = moduleConfiguration("remotion-bucket-grants");

/** Buckets by how long their names and folders are, and what is granted of them. */
const DISTRIBUTIONS: readonly {
  readonly kind: string;
  readonly buckets: (count: number, random: () => number) => OutputBucket[];
}[] = [
  {
    kind: "short names",
    buckets: (count) =>
      Array.from({ length: count }, (_, index) => ({
        name: `b-${index}`,
        prefix: "",
        access: "write",
      })),
  },
  {
    kind: "names of all lengths, and ACLs",
    buckets: (count, random) =>
      Array.from({ length: count }, (_, index) => ({
        name: `b${"o".repeat(random() * 50)}-${index}`,
        prefix: "",
        access: "write",
        acl: random() < 0.5,
      })),
  },
  {
    kind: "folders of all lengths",
    buckets: (count, random) =>
      Array.from({ length: count }, (_, index) => ({
        name: `acme-${index}`,
        prefix: `${"f".repeat(1 + random() * 60)}/`,
        access: BUCKET_ACCESSES[Math.floor(random() * BUCKET_ACCESSES.length)] ?? "write",
      })),
  },
  {
    kind: "folders of one bucket",
    buckets: (count) =>
      Array.from({ length: count }, (_, index) => ({
        name: "acme",
        prefix: `customers/${index}/`,
        access: "read",
      })),
  },
  {
    kind: "a key for each bucket",
    buckets: (count) =>
      Array.from({ length: count }, (_, index) => ({
        name: `acme-${index}`,
        prefix: "",
        access: "put",
        kmsKeyArn: `arn:aws:kms:eu-west-1:123456789012:key/${String(index).padStart(36, "0")}`,
      })),
  },
];

/*
 * The expressions of the module remotion-bucket-grants, worked out by the evaluator behind `verify`.
 * That Terraform works them out alike is shown in __tests__/terraform/many-buckets.test.ts.
 */
describe("grants to many buckets", () => {
  it.each([1, 10, 100, 500])("to %i of them take the fewest policies, or little more", (count) => {
    const buckets = manyBuckets(count);
    const packed = pack(buckets);

    expect(packed.length).toBeGreaterThanOrEqual(fewestPolicies(buckets));
    expect(packed.length).toBeLessThanOrEqual(
      Math.max(fewestPolicies(buckets) * 1.05, fewestPolicies(buckets) + 1),
    );
    expectWhole(packed, buckets);
  });

  it.each(DISTRIBUTIONS)("take the fewest policies, or little more, with $kind", ({ buckets }) => {
    for (const seed of [1, 2, 3]) {
      for (const count of [40, 150, 400]) {
        const some = buckets(count, seededRandom(seed));
        const fewest = fewestPolicies(some);

        expect(pack(some).length).toBeLessThanOrEqual(Math.max(fewest * 1.05, fewest + 1));
        expectWhole(pack(some), some);
      }
    }
  });

  it("keep the quota with ARNs of which no two fit into a policy", () => {
    const buckets = Array.from({ length: 30 }, (_, index) => ({
      name: String(index).padStart(63, "n"),
      prefix: `${"&".repeat(511)}/`,
      access: BUCKET_ACCESSES[index % BUCKET_ACCESSES.length] ?? ("write" as const),
    }));

    expectWhole(pack(buckets), buckets);
  });

  it("keep the quota and grant all of it once, whatever the buckets are", () => {
    fc.assert(
      fc.property(fc.array(bucket(), { minLength: 1, maxLength: 120 }), (buckets) => {
        expectWhole(pack(buckets), buckets);
      }),
      { numRuns: 60 },
    );
  });

  it("keep the quota with the longest names, prefixes and keys there are", () => {
    const prefix = `${"p".repeat(255)}/${"p".repeat(255)}/`;
    const buckets = Array.from({ length: 40 }, (_, index) => ({
      name: String(index).padStart(63, "n"),
      prefix,
      access: "write" as const,
      acl: true,
      kmsKeyArn: `arn:aws-cn:kms:ap-northeast-1:123456789012:key/mrk-${String(index).padStart(32, "0")}`,
    }));

    expectWhole(pack(buckets), buckets);
  });

  it("keep the quota with folders of characters that take six each in Terraform's JSON", () => {
    const buckets = Array.from({ length: 60 }, (_, index) => ({
      name: `acme-${index}`,
      prefix: `${"&<>é ".repeat(index)}R&D/`,
      access: "read" as const,
    }));

    expect(pack(buckets).length).toBeGreaterThan(1);
    expectWhole(pack(buckets), buckets);
  });

  it("keep the quota where so few buckets are not measured, were they the longest there are", () => {
    // The most that are taken for one policy whatever their names are, with every statement in it.
    const buckets = Array.from({ length: 14 }, (_, index) => {
      const access = BUCKET_ACCESSES[index % BUCKET_ACCESSES.length] ?? "write";
      return {
        name: String(index).padStart(63, "n"),
        prefix: "",
        access,
        acl: isWriterAccess(access),
        kmsKeyArn: `arn:aws-cn:kms:ap-northeast-1:123456789012:key/mrk-${String(index).padStart(32, "0")}`,
      };
    });

    expect(pack(buckets)).toHaveLength(1);
    expectWhole(pack(buckets), buckets);
    const written = buckets.map((bucket) => ({ ...bucket, access: "write" as const, acl: true }));
    expect(pack(written)).toHaveLength(1);
    expectWhole(pack(written), written);
  });

  it("are the same policies in whatever order the buckets are given", () => {
    const buckets = manyBuckets(150);

    expect(pack(buckets.toReversed())).toEqual(pack(buckets));
  });

  it("are numbered from 1, without a gap", () => {
    const addresses = pack(manyBuckets(500)).map(({ address }) => address);

    expect(addresses.toSorted()).toEqual(
      addresses.map((_, index) => `aws_iam_policy.this["${index + 1}"]`).toSorted(),
    );
  });
});

/** Numbers from 0 to 1, the same for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** That every policy keeps the quota, and all of them together are the grants, nothing twice. */
function expectWhole(packed: readonly Packed[], buckets: readonly OutputBucket[]): void {
  for (const { statements } of packed) {
    expect(policySize({ Version: "2012-10-17", Statement: statements })).toBeLessThanOrEqual(
      QUOTAS.managedPolicy,
    );
  }
  const granted = packed.flatMap(({ statements }) => statements.flatMap(grants)).sort();
  expect(granted).toEqual(bucketGrantStatements(buckets, "aws").flatMap(grants).sort());
}

function grants({ Resource, ...statement }: Statement): string[] {
  return Resource.map(
    (arn) => `${arn} ${JSON.stringify(statement, Object.keys(statement).sort())}`,
  );
}

function pack(buckets: readonly OutputBucket[]): Packed[] {
  const { variable, ...configuration } = MODULE;
  const given = { output_buckets: asVariable(buckets), role_names: { writer: "writer" } };
  const variables = Object.entries(variable as Record<string, JsonObject>).map(
    ([name, declaration]) => [
      name,
      { ...declaration, ...(name in given ? { default: given[name as keyof typeof given] } : {}) },
    ],
  );
  const { principals } = readPrincipals(
    JSON.stringify({ ...configuration, variable: Object.fromEntries(variables) }),
  );
  return principals
    .flatMap(({ policies }) => policies)
    .map(({ address, document }) => ({
      address,
      statements: (document as { Statement: Statement[] }).Statement,
    }));
}

function bucket(): fc.Arbitrary<OutputBucket> {
  return fc
    .record({
      name: fc.stringMatching(/^[a-z][a-z0-9-]{1,61}[a-z0-9]$/),
      prefix: fc.stringMatching(/^([a-z&]{1,60}\/){0,3}$/),
      access: fc.constantFrom(...BUCKET_ACCESSES),
      acl: fc.boolean(),
      key: fc.integer({ min: 0, max: 9 }),
    })
    .filter(({ name, prefix }) => keepsRule(BUCKET_NAME, name) && keepsRule(KEY_PREFIX, prefix))
    .map(({ key, acl, ...rest }) => ({
      ...rest,
      acl: acl && isWriterAccess(rest.access),
      ...(key < 5
        ? { kmsKeyArn: `arn:aws:kms:eu-west-1:123456789012:key/${String(key).repeat(36)}` }
        : {}),
    }));
}
