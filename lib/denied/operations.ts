/** Operations of S3's API whose action in a policy has another name, or that need several. */
const S3_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  PutObject: ["s3:PutObject", "s3:PutObjectAcl"],
  CreateMultipartUpload: ["s3:PutObject", "s3:PutObjectAcl"],
  UploadPart: ["s3:PutObject"],
  CompleteMultipartUpload: ["s3:PutObject"],
  HeadObject: ["s3:GetObject"],
  ListObjects: ["s3:ListBucket"],
  ListObjectsV2: ["s3:ListBucket"],
  HeadBucket: ["s3:ListBucket"],
  ListBuckets: ["s3:ListAllMyBuckets"],
  DeleteObjects: ["s3:DeleteObject"],
  PutBucketLifecycle: ["s3:PutLifecycleConfiguration"],
  PutBucketLifecycleConfiguration: ["s3:PutLifecycleConfiguration"],
  PutPublicAccessBlock: ["s3:PutBucketPublicAccessBlock"],
  DeletePublicAccessBlock: ["s3:PutBucketPublicAccessBlock"],
  DeleteBucketPublicAccessBlock: ["s3:PutBucketPublicAccessBlock"],
};

/** How SDKs and the AWS CLI name the operation that was refused. */
const OPERATION =
  /when calling the ([A-Za-z0-9]{2,64}) operation|operation error [A-Za-z0-9 ]{1,32}: ([A-Za-z0-9]{2,64})|\bde_([A-Za-z0-9]{2,64}?)CommandError\b/;

/** The operation of AWS's API that a text names as the refused one. */
export function operationIn(text: string): string | undefined {
  const [, cli, go, javaScript] = OPERATION.exec(text) ?? [];
  return cli ?? go ?? javaScript;
}

/**
 * The actions that an operation needs, the first always.
 *
 * @param service as policies name it
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
export function actionsOf(service: string, operation: string): readonly [string, ...string[]] {
  const [first, ...others] = service === "s3" ? (S3_ACTIONS[operation] ?? []) : [];
  if (first !== undefined) {
    return [first, ...others];
  }
  // Lambda's events have the version of the API behind the name.
  const name = operation.replace(/20[0-9]{6}(?:v[0-9])?$/, "");
  return [`${service}:${service === "lambda" && name === "Invoke" ? "InvokeFunction" : name}`];
}
