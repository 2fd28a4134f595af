import { bucketArn, objectsArn } from "../iam/arn.js";
import type { Statement } from "../iam/policy-document.js";
import { type BucketAccess, completeOutputBucket, type OutputBucket } from "./output-bucket.js";

/**
 * One statement of the grants to output buckets. It holds all buckets that it applies to, so a
 * policy grows by one or two ARNs a bucket and not by a statement.
 */
export interface BucketGrantFact {
  readonly sid: string;
  readonly actions: readonly string[];
  /** Which buckets it applies to. */
  readonly appliesTo: { readonly access: BucketAccess } | { readonly acl: true };
  /** What of such a bucket it is for. */
  readonly resources: readonly ("bucket" | "objects")[];
  readonly scope: string;
  readonly reason: string;
}

/**
 * The statements that let Remotion write to further buckets.
 *
 * @see https://www.remotion.dev/docs/lambda/custom-destination
 */
export const BUCKET_GRANTS: readonly BucketGrantFact[] = [
  {
    sid: "OutputBucketObjects",
    actions: ["s3:PutObject", "s3:GetObject"],
    appliesTo: { access: "write" },
    resources: ["objects"],
    scope: "objects of the output buckets with access `write`, under their prefix",
    reason: "Write the finished video and its artifacts, and look whether one is there already.",
  },
  {
    sid: "OutputBucketListing",
    actions: ["s3:ListBucket"],
    appliesTo: { access: "write" },
    resources: ["bucket"],
    scope: "the output buckets with access `write`",
    reason:
      "Let S3 answer 404 and not 403 when the video is not there yet; without it the render fails.",
  },
  {
    sid: "OutputBucketPut",
    actions: ["s3:PutObject"],
    appliesTo: { access: "put" },
    resources: ["bucket", "objects"],
    scope: "the output buckets with access `put`, and their objects under their prefix",
    reason: "Write the finished video, for renders that are started with `overwrite: true`.",
  },
  {
    sid: "OutputBucketAcl",
    actions: ["s3:PutObjectAcl"],
    appliesTo: { acl: true },
    resources: ["objects"],
    scope: "objects of the output buckets with `acl`, under their prefix",
    reason: "Set the ACL that Remotion sends with a video unless `privacy` is `no-acl`.",
  },
];

/**
 * The statements that grant these buckets, without those that would name none.
 *
 * @param buckets names and prefixes may be Terraform expressions; `access` and `acl` may not
 */
export function bucketGrantStatements(
  buckets: readonly OutputBucket[],
  partition: string,
): Statement[] {
  const complete = buckets.map(completeOutputBucket);
  const statements = BUCKET_GRANTS.map((grant): Statement => {
    const granted = complete.filter((bucket) =>
      "access" in grant.appliesTo ? bucket.access === grant.appliesTo.access : bucket.acl,
    );
    const resources = granted.flatMap((bucket) =>
      grant.resources.map((part) =>
        part === "bucket"
          ? bucketArn(partition, bucket.name)
          : objectsArn(partition, bucket.name, bucket.prefix),
      ),
    );
    return {
      Sid: grant.sid,
      Effect: "Allow",
      Action: grant.actions,
      Resource: [...new Set(resources)],
    };
  });
  return statements.filter((statement) => statement.Resource.length > 0);
}
