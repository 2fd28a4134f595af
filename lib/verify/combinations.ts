import type { ApiCall } from "../remotion/api-calls.js";
import { type SampleRequest, sampleRequest } from "../remotion/sample-request.js";
import { regionOfBucket, regionOfIam } from "./aws-region.js";
import { type CheckedScope, regionsWithoutBucket } from "./checked-scope.js";

/** What stands for the caller's name in the table of API calls. */
export const CALLER = "{caller}";

/** What stands there for the role that is passed, with its path. */
export const ROLE = "{lambdaRole}";

/** A resource that names a function. */
export const HAS_FUNCTION = /\{function(?:Logs)?\}/;

/** A request on one combination of what its ARN has a place for. */
export interface Combination {
  readonly sample: SampleRequest;
  /** The region that answers. */
  readonly region: string;
  /** What tells it from the other combinations: a region, a bucket, a function. */
  readonly where: string;
  /** Whether its bucket is one that could exist, and no other is told. */
  readonly isSample: boolean;
  /** The role that is passed, with its path. */
  readonly role?: string;
}

/** Every combination of the regions, buckets, functions and roles that an ARN has a place for. */
export function combinationsOf(
  call: Pick<ApiCall, "action" | "resource">,
  scope: CheckedScope,
): readonly Combination[] {
  const { partition, account } = scope;
  const has = (place: string) => call.resource.includes(place);
  const functions = HAS_FUNCTION.test(call.resource) ? orNone(scope.functions) : [undefined];
  return sitesOf(call, scope).flatMap(({ region, bucket }) =>
    functions.map((name) => ({
      region,
      isSample: has("{bucket}") && bucket === undefined,
      sample: sampleRequest(call, {
        partition,
        accountId: account,
        regions: [region],
        bucketNames: bucket === undefined ? [] : [bucket],
        functionNames: name === undefined ? [] : [name],
        callerName: CALLER,
        lambdaRoleName: ROLE,
        lambdaRolePath: "",
      }),
      where: [
        has("{bucket}") && bucket !== undefined ? bucket : region,
        ...(name === undefined ? [] : [name]),
      ].join(", "),
    })),
  );
}

/** A bucket of Remotion's counts in the region that its name says, another one in each region. */
function sitesOf(
  { action, resource }: Pick<ApiCall, "action" | "resource">,
  scope: CheckedScope,
): readonly { readonly region: string; readonly bucket: string | undefined }[] {
  const { partition, regions, buckets, existing = [] } = scope;
  // Lambda checks iam:PassRole, in the region that it is called in.
  if (/^(iam|sts):/.test(action) && action !== "iam:PassRole") {
    return [{ region: regionOfIam(partition), bucket: undefined }];
  }
  if (!resource.includes("{bucket}")) {
    return regions.map((region) => ({ region, bucket: undefined }));
  }
  return [
    ...regionsWithoutBucket(scope).map((region) => ({ region, bucket: undefined })),
    ...sitesOfBuckets([...buckets, ...existing], regions),
  ];
}

function sitesOfBuckets(buckets: readonly string[], regions: readonly string[]) {
  return buckets.flatMap((bucket) => {
    const own = regionOfBucket(bucket);
    return (own === undefined ? regions : [own]).map((region) => ({ region, bucket }));
  });
}

function orNone(names: readonly string[]): readonly (string | undefined)[] {
  return names.length === 0 ? [undefined] : names;
}
