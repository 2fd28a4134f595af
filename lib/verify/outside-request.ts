import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import type { BucketName } from "../terraform/outside-facts.js";

/** The account that requests are made in and by, as far as it is told. */
export interface AccountOfRequests {
  /** Twelve digits, perhaps of a sample. */
  readonly account: string;
  readonly accountIsKnown: boolean;
}

/** Who makes a request, and what for. */
export interface OutsideRequest extends AccountOfRequests {
  readonly action: string;
  readonly resource: string;
  /** Whether its bucket is one that could exist, and that Remotion would make. */
  readonly isSample: boolean;
  /** ARN of the caller; undefined where it is not told, or nothing asks for it. */
  readonly caller: string | undefined;
}

/** The bucket that a resource is, or is in. */
export function bucketIn(resource: string): string | undefined {
  return /^arn:[^:]*:s3:::([^/]+)/.exec(resource)?.[1];
}

/** Whether a bucket may have this name, as far as its own is told. */
export function mayBeCalled(bucket: BucketName, name: string): boolean {
  return typeof bucket === "string"
    ? bucket === name
    : matchesGlob(parseGlob(bucket.pieces?.join("*") ?? "*"), name);
}
