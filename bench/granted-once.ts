import { bucketGrantStatements } from "../lib/remotion/bucket-grants.js";
import type { OutputBucket } from "../lib/remotion/output-bucket.js";

interface Grant {
  readonly Sid?: string;
  readonly Resource: string | readonly string[];
}

/**
 * What is wrong with policies that should grant buckets: a sentence for each grant that is not in them,
 * is in them more than once, or should not be.
 *
 * @param policies policy documents, as JSON
 */
export function grantedOnce(
  buckets: readonly OutputBucket[],
  policies: readonly string[],
): string[] {
  const given = new Map<string, number>();
  for (const text of policies) {
    const { Statement } = JSON.parse(text) as { readonly Statement: readonly Grant[] };
    for (const grant of Statement.flatMap(grantsOf)) {
      given.set(grant, (given.get(grant) ?? 0) + 1);
    }
  }
  const wanted = new Set(bucketGrantStatements(buckets, "aws").flatMap(grantsOf));
  return [
    ...[...wanted]
      .filter((grant) => given.get(grant) !== 1)
      .map((grant) => `${grant} is granted ${given.get(grant) ?? 0} times.`),
    ...[...given.keys()]
      .filter((grant) => !wanted.has(grant))
      .map((grant) => `${grant} is granted, and nobody asked for it.`),
  ];
}

function grantsOf({ Sid = "", Resource }: Grant): string[] {
  return [Resource].flat().map((arn) => `${Sid} on ${arn}`);
}
