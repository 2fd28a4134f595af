import type { BucketName, OutsideFacts } from "../terraform/outside-facts.js";
import { mayBeCalled } from "./outside-request.js";

/** What the names of Remotion's buckets begin with. */
const OF_REMOTION = "remotionlambda-";

/** Whether a bucket is one of Remotion's by its name. */
export function isRemotions(name: string): boolean {
  return name.startsWith(OF_REMOTION);
}

/**
 * What decides about the buckets that are asked for: a file may have hundreds of others.
 *
 * @param named the buckets that are given, or that policies name
 */
export function relevantOutside(facts: OutsideFacts, named: () => readonly string[]): OutsideFacts {
  const { bucketPolicies, bucketKeys: keys, disabledAcls } = facts;
  if (bucketPolicies.length + keys.length + disabledAcls.length === 0) {
    return facts;
  }
  const names = new Set(named());
  const isRelevant = ({ bucket }: { readonly bucket: BucketName }) =>
    typeof bucket === "string"
      ? isRemotions(bucket) || names.has(bucket)
      : mayBeRemotions(bucket) || Array.from(names).some((name) => mayBeCalled(bucket, name));
  const bucketKeys = keys.filter(isRelevant);
  return {
    ...facts,
    bucketKeys,
    keyPolicies: bucketKeys.length === 0 ? [] : facts.keyPolicies,
    bucketPolicies: bucketPolicies.filter(isRelevant),
    disabledAcls: disabledAcls.filter(isRelevant),
  };
}

/** Whether the beginning that is known of a bucket's name is that of Remotion's buckets. */
function mayBeRemotions(bucket: BucketName): boolean {
  const begin = typeof bucket === "string" ? bucket : (bucket.pieces?.[0] ?? "");
  return begin !== "" && (isRemotions(begin) || OF_REMOTION.startsWith(begin));
}

/**
 * Whether what is for a bucket whose name is not told in full may be for this one. One that the file makes is no sample,
 * which Remotion would make, unless its name begins as those do.
 */
export function mayBeFor(bucket: BucketName, name: string, isSample: boolean): boolean {
  return mayBeCalled(bucket, name) && (!isSample || mayBeRemotions(bucket));
}
