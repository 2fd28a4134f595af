import type { Answer } from "./enforcing-aws.js";

/** A bucket of Remotion's. */
export const BUCKET = "remotionlambda-useast1-abc1234567";
/** A bucket that is none of Remotion's business. */
export const FOREIGN = "company-payroll";
/** An object that is in both, and stays. */
export const PROGRESS = "renders/abc1234567/progress.json";
/** Objects that are in Remotion's bucket, and stay. */
export const KEPT = ["input-props/abc1234567.json", "sites/my-site/bundle.js"] as const;

const [PROPS, BUNDLE] = KEPT;
const NEW_BUCKET = "remotionlambda-useast1-new1234567";
const SITE = "sites/my-site/index.html";

/** A request to S3 or IAM, and what it takes to be allowed. */
export interface Operation {
  /** What the policy has to allow. */
  readonly action: string;
  /** A bucket, an object as `bucket/key`, or nothing for all buckets. */
  readonly on?: string;
  /** The command, as words after `aws`; a bucket's and an object's options are added. */
  readonly command: string;
  /** What tells that it was allowed. @default "done" */
  readonly answer?: Answer;
}

/** What is tried with the keys of everybody. Order matters: a bucket is made before it is deleted. */
export const OPERATIONS: readonly Operation[] = [
  { action: "s3:ListAllMyBuckets", command: "list-buckets" },
  { action: "s3:CreateBucket", on: NEW_BUCKET, command: "create-bucket" },
  { action: "s3:GetBucketLocation", on: BUCKET, command: "get-bucket-location" },
  { action: "s3:ListBucket", on: BUCKET, command: "list-objects-v2" },
  { action: "s3:ListBucket", on: FOREIGN, command: "list-objects-v2" },
  { action: "s3:GetObject", on: `${BUCKET}/${PROGRESS}`, command: "get-object /dev/null" },
  { action: "s3:GetObject", on: `${FOREIGN}/${PROGRESS}`, command: "get-object /dev/null" },
  { action: "s3:GetObject", on: `${BUCKET}/${BUNDLE}`, command: "get-object /dev/null" },
  { action: "s3:PutObject", on: `${BUCKET}/renders/abc1234567/cancel.json`, command: "put-object" },
  { action: "s3:PutObject", on: `${BUCKET}/${SITE}`, command: "put-object" },
  { action: "s3:PutObject", on: `${BUCKET}/${PROPS}`, command: "put-object" },
  { action: "s3:DeleteObject", on: `${BUCKET}/${SITE}`, command: "delete-object" },
  { action: "s3:DeleteObject", on: `${BUCKET}/renders/abc1234567/out`, command: "delete-object" },
  {
    action: "s3:AbortMultipartUpload",
    on: `${BUCKET}/${SITE}`,
    command: "abort-multipart-upload --upload-id none",
    answer: "NoSuchUpload",
  },
  { action: "s3:DeleteBucket", on: NEW_BUCKET, command: "delete-bucket" },
  { action: "s3:DeleteBucket", on: FOREIGN, command: "delete-bucket" },
  {
    action: "s3:PutBucketPolicy",
    on: BUCKET,
    command: 'put-bucket-policy --policy {"Version":"2012-10-17","Statement":[]}',
  },
  {
    action: "s3:PutObjectAcl",
    on: `${BUCKET}/${PROGRESS}`,
    command: "put-object-acl --acl private",
  },
  {
    action: "s3:PutObjectAcl",
    on: `${BUCKET}/${PROPS}`,
    command: "put-object-acl --acl private",
  },
  {
    action: "s3:PutObjectAcl",
    on: `${BUCKET}/${BUNDLE}`,
    command: "put-object-acl --acl private",
  },
  { action: "s3:PutBucketAcl", on: BUCKET, command: "put-bucket-acl --acl private" },
  // Remotion sends the DELETE of these two, which AWS checks as the same action and the mock as s3:DeleteBucket.
  {
    action: "s3:PutBucketOwnershipControls",
    on: BUCKET,
    command:
      'put-bucket-ownership-controls --ownership-controls {"Rules":[{"ObjectOwnership":"ObjectWriter"}]}',
  },
  {
    action: "s3:PutBucketPublicAccessBlock",
    on: BUCKET,
    command: "put-public-access-block --public-access-block-configuration BlockPublicAcls=false",
  },
  {
    action: "s3:PutLifecycleConfiguration",
    on: BUCKET,
    command:
      'put-bucket-lifecycle-configuration --lifecycle-configuration {"Rules":[{"ID":"a","Status":"Enabled","Filter":{"Prefix":"renders/"},"Expiration":{"Days":1}}]}',
  },
  {
    action: "iam:SimulatePrincipalPolicy",
    command:
      "iam simulate-principal-policy --policy-source-arn arn:aws:iam::123456789012:user/user-full --action-names s3:GetObject",
    answer: "not implemented",
  },
  { action: "iam:ListUsers", command: "iam list-users" },
  { action: "iam:CreateUser", command: "iam create-user --user-name intruder" },
];

/**
 * Actions in the policies that no request asks for by itself, each with the reason.
 *
 * `sts:GetCallerIdentity`, which Remotion sends before `iam:SimulatePrincipalPolicy`, is in no policy:
 * AWS answers it even to a caller whom a policy denies it.
 */
export const UNTRIED_ACTIONS: Readonly<Record<string, string>> = {
  "iam:PassRole": "Lambda checks it when a function is given a role; no request is called so.",
};

/** The ARN of what an operation is on; `*` where it is on nothing of its own. */
export function arnOf({ on }: Operation): string {
  return on === undefined ? "*" : `arn:aws:s3:::${on}`;
}

/** The command of an operation, as words after `aws`. */
export function commandOf({ command, on }: Operation): string[] {
  const [operation = "", ...options] = command.split(" ");
  const [, bucket, key] = on?.match(/^([^/]+)(?:\/(.*))?$/) ?? [];
  return [
    ...(command.startsWith("iam ") ? [] : ["s3api"]),
    operation,
    ...(bucket === undefined ? [] : ["--bucket", bucket]),
    ...(key === undefined ? [] : ["--key", key]),
    ...options,
  ];
}
