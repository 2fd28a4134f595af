import { policySize, QUOTAS } from "../../lib/iam/quotas.js";
import { bucketGrantStatements } from "../../lib/remotion/bucket-grants.js";
import type { OutputBucket } from "../../lib/remotion/output-bucket.js";

const PREFIXES = ["", "", "", "finished/", "customers/eu/finished/", "a/"];
const ACCESSES = ["write", "write", "write", "put", "read", "delete"] as const;

/** This many buckets with names, prefixes, accesses and keys of every kind; always the same ones. */
export function manyBuckets(count: number): OutputBucket[] {
  return Array.from({ length: count }, (_, index) => {
    const access = ACCESSES[(index * 5) % ACCESSES.length] ?? "write";
    const key = (index * 7) % 11;
    return {
      name: `acme-${"media-of-a-customer-in-europe".slice(0, 5 + ((index * 13) % 24))}-${index}`,
      prefix: PREFIXES[(index * 11) % PREFIXES.length] ?? "",
      access,
      acl: index % 3 === 0 && (access === "write" || access === "put"),
      ...(key < 5 ? { kmsKeyArn: keyArn(key) } : {}),
    };
  });
}

/** Buckets as the variable `output_buckets` takes them. */
export function asVariable(buckets: readonly OutputBucket[]): object[] {
  return buckets.map(({ kmsKeyArn, ...bucket }) => ({ ...bucket, kms_key_arn: kmsKeyArn ?? null }));
}

/**
 * No number of managed policies below this can hold the grants. However they are spread, a policy
 * with ARNs of a statement has room for no more of them than one with that statement alone.
 */
export function fewestPolicies(buckets: readonly OutputBucket[]): number {
  const shares = bucketGrantStatements(buckets, "aws").map((statement) => {
    const alone = { Version: "2012-10-17", Statement: [{ ...statement, Resource: [] }] };
    const characters = policySize({ Resource: statement.Resource }) - policySize({ Resource: [] });
    return characters / (QUOTAS.managedPolicy - policySize(alone));
  });
  return Math.ceil(shares.reduce((sum, share) => sum + share, 0));
}

function keyArn(number: number): string {
  return `arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-${String(number).padStart(12, "0")}`;
}
