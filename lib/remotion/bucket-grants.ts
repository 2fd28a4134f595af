import { bucketArn, objectsArn } from "../iam/arn.js";
import type { Statement } from "../iam/policy-document.js";
import type { BucketAccess, OutputBucket } from "./output-bucket.js";

/** A part of a bucket that a statement is for. */
export type BucketPart = "bucket" | "objects" | "key";

/**
 * One statement of the grants to output buckets. It holds all buckets that it applies to, so a
 * policy grows by one or two ARNs a bucket and not by a statement.
 */
export interface BucketGrantFact {
  readonly sid: string;
  readonly actions: readonly string[];
  /** The accesses that it belongs to. */
  readonly accesses: readonly BucketAccess[];
  /** Only for buckets with `acl`. @default false */
  readonly acl?: true;
  /** What of such a bucket it is for. */
  readonly resources: readonly BucketPart[];
  readonly condition?: Statement["Condition"];
  readonly scope: string;
  readonly reason: string;
}

/**
 * The key may be used by S3 on the holder's behalf, and by nobody else.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
const THROUGH_S3 = {
  StringLike: { "kms:ViaService": ["s3.*.amazonaws.com", "s3.*.amazonaws.com.cn"] },
};

/**
 * The statements that let Remotion use further buckets: the role of its functions writes, whoever
 * calls it reads and deletes.
 *
 * @see https://www.remotion.dev/docs/lambda/custom-destination
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export const BUCKET_GRANTS: readonly BucketGrantFact[] = [
  {
    sid: "OutputBucketObjects",
    actions: ["s3:PutObject", "s3:GetObject"],
    accesses: ["write"],
    resources: ["objects"],
    scope: "objects of the output buckets with access `write`, under their prefix",
    reason: "Write the finished video and its artifacts, and look whether one is there already.",
  },
  {
    sid: "OutputBucketListing",
    actions: ["s3:ListBucket"],
    accesses: ["write", "read"],
    resources: ["bucket"],
    scope: "the output buckets with access `write` or `read`",
    reason: "Have S3 tell a video that is not there yet (404) from one that is forbidden (403).",
  },
  {
    sid: "OutputBucketPut",
    actions: ["s3:PutObject"],
    accesses: ["put"],
    resources: ["bucket", "objects"],
    scope: "the output buckets with access `put`, and their objects under their prefix",
    reason:
      "Write the finished video of renders with `overwrite: true`; Remotion's guide grants it on the bucket, too.",
  },
  {
    sid: "OutputBucketAcl",
    actions: ["s3:PutObjectAcl"],
    accesses: ["write", "put"],
    acl: true,
    resources: ["objects"],
    scope: "objects of the output buckets with `acl`, under their prefix",
    reason: "Set the ACL that Remotion sends with a video unless `privacy` is `no-acl`.",
  },
  {
    sid: "OutputBucketRead",
    actions: ["s3:GetObject"],
    accesses: ["read"],
    resources: ["objects"],
    scope: "objects of the output buckets with access `read`, under their prefix",
    reason: "Download and presign finished videos, and see without the function that one is there.",
  },
  {
    sid: "OutputBucketDelete",
    actions: ["s3:DeleteObject"],
    accesses: ["delete"],
    resources: ["objects"],
    scope: "objects of the output buckets with access `delete`, under their prefix",
    reason: "Delete the video of a render together with the render.",
  },
  {
    sid: "OutputBucketKeys",
    actions: ["kms:GenerateDataKey", "kms:Decrypt"],
    accesses: ["write", "put"],
    resources: ["key"],
    condition: THROUGH_S3,
    scope: "the KMS keys of the output buckets with access `write` or `put`, used through S3",
    reason: "Encrypt the video; S3 decrypts the parts of an upload to put them together.",
  },
  {
    sid: "OutputBucketReadKeys",
    actions: ["kms:Decrypt"],
    accesses: ["read"],
    resources: ["key"],
    condition: THROUGH_S3,
    scope: "the KMS keys of the output buckets with access `read`, used through S3",
    reason: "Decrypt the video for a download.",
  },
];

/**
 * The grants that a principal can have, where it takes only some accesses from a list of buckets.
 *
 * @returns the grants, each with those of its accesses that are among them
 */
export function grantsFor(accesses: readonly BucketAccess[]): BucketGrantFact[] {
  return BUCKET_GRANTS.map((grant) => ({
    ...grant,
    accesses: grant.accesses.filter((access) => accesses.includes(access)),
  })).filter((grant) => grant.accesses.length > 0);
}

/**
 * The statements that grant these buckets, without those that would name none. Reordering the
 * buckets changes nothing.
 *
 * @param buckets names and prefixes may be Terraform expressions; `access` and `acl` may not
 */
export function bucketGrantStatements(
  buckets: readonly OutputBucket[],
  partition: string,
): Statement[] {
  const statements = BUCKET_GRANTS.map((grant): Statement => {
    const granted = buckets.filter(
      ({ access, acl }) => grant.accesses.includes(access) && (grant.acl !== true || acl === true),
    );
    const resources = granted.flatMap((bucket) =>
      grant.resources.flatMap((part) => resourceOf(part, bucket, partition)),
    );
    return {
      Sid: grant.sid,
      Effect: "Allow",
      Action: grant.actions,
      Resource: [...new Set(resources)].sort(),
      ...(grant.condition === undefined ? {} : { Condition: grant.condition }),
    };
  });
  return statements.filter((statement) => statement.Resource.length > 0);
}

function resourceOf(
  part: BucketPart,
  { name, prefix, kmsKeyArn }: OutputBucket,
  partition: string,
): readonly string[] {
  switch (part) {
    case "bucket":
      return [bucketArn(partition, name)];
    case "objects":
      return [objectsArn(partition, name, prefix)];
    case "key":
      return kmsKeyArn === undefined ? [] : [kmsKeyArn];
  }
}
