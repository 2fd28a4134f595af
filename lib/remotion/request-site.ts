import type { RequestedCall } from "./request-parameters.js";

/** Where and about what a request is made. */
export interface RequestSite {
  readonly action: string;
  /** An ARN without wildcards, or `*`. */
  readonly resource: string;
  readonly partition: string;
  /** The region of the function, log group or quota; for S3 the bucket's. IAM's own follows from it. */
  readonly region: string;
  /** The caller's account. */
  readonly account: string;
  /** Whether the account is really known and not a sample. */
  readonly accountIsKnown: boolean;
  /** When the request is made. */
  readonly now: Date;
  /** The call of the table that the request is made for. @default any that has this permission */
  readonly call?: RequestedCall;
  /** ARN of the function whose role makes the request, or has it made by Lambda. @default a caller makes it */
  readonly fromFunction?: string;
  /** The service that assumes a role, as in `lambda.amazonaws.com`. @default no service makes the request */
  readonly byService?: string;
}

/**
 * The region of the endpoint that answers a request: IAM has one in each partition. Whether a role may be
 * passed is asked where the function is made.
 *
 * @param request.region the region that Remotion is used in
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export function requestRegion({
  action,
  partition,
  region,
}: Pick<RequestSite, "action" | "partition" | "region">): string {
  if (!action.startsWith("iam:") || action === "iam:PassRole") {
    return region;
  }
  return partition === "aws-cn" ? "cn-north-1" : "us-east-1";
}
