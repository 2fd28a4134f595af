/**
 * What a grant lets its holder do in a bucket.
 *
 * - `write`: put a video there and see whether it is there already (`s3:PutObject` and
 *   `s3:GetObject` on the objects, `s3:ListBucket` on the bucket). What Remotion documents today.
 * - `put`: `s3:PutObject` on the bucket and its objects, the form Remotion published first. A render
 *   then ends with an error unless it is started with `overwrite: true`.
 */
export const BUCKET_ACCESSES = ["write", "put"] as const;

/** What a grant lets its holder do in a bucket. */
export type BucketAccess = (typeof BUCKET_ACCESSES)[number];

/**
 * A bucket beside Remotion's own that a render may write to.
 *
 * @see https://www.remotion.dev/docs/lambda/custom-destination
 */
export interface OutputBucket {
  /** Name of the bucket: no ARN, no wildcard. */
  readonly name: string;
  /** Folder to limit the objects to, a slash at its end. @default "" (the whole bucket) */
  readonly prefix?: string;
  /** @default "write" */
  readonly access?: BucketAccess;
  /** Also `s3:PutObjectAcl`, which a render needs unless its `privacy` is `no-acl`. @default false */
  readonly acl?: boolean;
}

/** An output bucket with every default filled in. */
export type CompleteOutputBucket = Required<OutputBucket>;

/** Fills in the defaults of an output bucket. */
export function completeOutputBucket(bucket: OutputBucket): CompleteOutputBucket {
  return {
    name: bucket.name,
    prefix: bucket.prefix ?? "",
    access: bucket.access ?? "write",
    acl: bucket.acl ?? false,
  };
}
