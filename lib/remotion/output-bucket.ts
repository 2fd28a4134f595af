/** What a grant lets `remotion-lambda-role` do in a bucket: it is the one that writes every video. */
export const WRITER_ACCESSES = ["write", "put"] as const;

/** What a grant lets a caller do in a bucket: whoever asked for the render, and never writes it. */
export const CALLER_ACCESSES = ["read", "delete"] as const;

/**
 * What a grant lets its holder do in a bucket.
 *
 * - `write`: put a video there and see whether it is there already (`s3:PutObject` and
 *   `s3:GetObject` on the objects, `s3:ListBucket` on the bucket). What Remotion documents today.
 * - `put`: `s3:PutObject` on the bucket and its objects, the form Remotion published first. A render
 *   then ends with an error unless it is started with `overwrite: true`.
 * - `read`: download and presign what was rendered, and watch a render without asking its function
 *   (`s3:GetObject` on the objects, `s3:ListBucket` on the bucket).
 * - `delete`: `deleteRender()` (`s3:DeleteObject` on the objects).
 */
export const BUCKET_ACCESSES = [...WRITER_ACCESSES, ...CALLER_ACCESSES] as const;

/** What a grant lets a caller do in a bucket. */
export type CallerAccess = (typeof CALLER_ACCESSES)[number];

/** What a grant lets its holder do in a bucket. */
export type BucketAccess = (typeof BUCKET_ACCESSES)[number];

/** Whether this access comes with writing, and so with ACLs. */
export function isWriterAccess(access: BucketAccess): boolean {
  return WRITER_ACCESSES.some((writer) => writer === access);
}

/**
 * A bucket beside Remotion's own that renders are written to. Neither the folder nor the access has
 * a default: a grant says how wide it is.
 *
 * @see https://www.remotion.dev/docs/lambda/custom-destination
 */
export interface OutputBucket {
  /** Name of the bucket: no ARN, no wildcard. */
  readonly name: string;
  /** Folder to limit the objects to, a slash at its end; `""` for the whole bucket. */
  readonly prefix: string;
  readonly access: BucketAccess;
  /**
   * Also `s3:PutObjectAcl`, which a render needs unless its `privacy` is `no-acl`. Goes with the
   * accesses `write` and `put`. @default false
   */
  readonly acl?: boolean;
  /** ARN of the KMS key that the bucket encrypts with. @default none */
  readonly kmsKeyArn?: string;
}
