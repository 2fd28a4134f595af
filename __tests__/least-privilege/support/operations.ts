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
  /** The request: to S3 by method and query, to IAM by the parameters of its action. */
  readonly request:
    | {
        readonly method: string;
        readonly query?: string;
        readonly headers?: Readonly<Record<string, string>>;
        readonly body?: string;
      }
    | { readonly parameters: Readonly<Record<string, string>> };
  /** What tells that it was allowed. @default "done" */
  readonly answer?: Answer;
}

const PRIVATE = { method: "PUT", query: "acl", headers: { "x-amz-acl": "private" } };

const put = (query: string, body: string) => ({ method: "PUT", query, body });

/** What is tried with the keys of everybody. Order matters: a bucket is made before it is deleted. */
export const OPERATIONS: readonly Operation[] = [
  { action: "s3:ListAllMyBuckets", request: { method: "GET" } },
  { action: "s3:CreateBucket", on: NEW_BUCKET, request: { method: "PUT" } },
  { action: "s3:GetBucketLocation", on: BUCKET, request: { method: "GET", query: "location" } },
  { action: "s3:ListBucket", on: BUCKET, request: { method: "GET", query: "list-type=2" } },
  { action: "s3:ListBucket", on: FOREIGN, request: { method: "GET", query: "list-type=2" } },
  { action: "s3:GetObject", on: `${BUCKET}/${PROGRESS}`, request: { method: "GET" } },
  { action: "s3:GetObject", on: `${FOREIGN}/${PROGRESS}`, request: { method: "GET" } },
  { action: "s3:GetObject", on: `${BUCKET}/${BUNDLE}`, request: { method: "GET" } },
  {
    action: "s3:PutObject",
    on: `${BUCKET}/renders/abc1234567/cancel.json`,
    request: { method: "PUT" },
  },
  { action: "s3:PutObject", on: `${BUCKET}/${SITE}`, request: { method: "PUT" } },
  { action: "s3:PutObject", on: `${BUCKET}/${PROPS}`, request: { method: "PUT" } },
  { action: "s3:DeleteObject", on: `${BUCKET}/${SITE}`, request: { method: "DELETE" } },
  {
    action: "s3:DeleteObject",
    on: `${BUCKET}/renders/abc1234567/out`,
    request: { method: "DELETE" },
  },
  {
    action: "s3:AbortMultipartUpload",
    on: `${BUCKET}/${SITE}`,
    request: { method: "DELETE", query: "uploadId=none" },
    answer: "NoSuchUpload",
  },
  { action: "s3:DeleteBucket", on: NEW_BUCKET, request: { method: "DELETE" } },
  { action: "s3:DeleteBucket", on: FOREIGN, request: { method: "DELETE" } },
  {
    action: "s3:PutBucketPolicy",
    on: BUCKET,
    request: put("policy", '{"Version":"2012-10-17","Statement":[]}'),
  },
  { action: "s3:PutObjectAcl", on: `${BUCKET}/${PROGRESS}`, request: PRIVATE },
  { action: "s3:PutObjectAcl", on: `${BUCKET}/${PROPS}`, request: PRIVATE },
  { action: "s3:PutObjectAcl", on: `${BUCKET}/${BUNDLE}`, request: PRIVATE },
  { action: "s3:PutBucketAcl", on: BUCKET, request: PRIVATE },
  // Remotion sends the DELETE of these two, which AWS checks as the same action and the mock as s3:DeleteBucket.
  {
    action: "s3:PutBucketOwnershipControls",
    on: BUCKET,
    request: put(
      "ownershipControls",
      "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>",
    ),
  },
  {
    action: "s3:PutBucketPublicAccessBlock",
    on: BUCKET,
    request: put(
      "publicAccessBlock",
      "<PublicAccessBlockConfiguration><BlockPublicAcls>false</BlockPublicAcls></PublicAccessBlockConfiguration>",
    ),
  },
  {
    action: "s3:PutLifecycleConfiguration",
    on: BUCKET,
    request: put(
      "lifecycle",
      "<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Filter><Prefix>renders/</Prefix></Filter><Expiration><Days>1</Days></Expiration></Rule></LifecycleConfiguration>",
    ),
  },
  {
    action: "iam:SimulatePrincipalPolicy",
    request: {
      parameters: {
        PolicySourceArn: "arn:aws:iam::123456789012:user/user-full",
        "ActionNames.member.1": "s3:GetObject",
      },
    },
    answer: "not implemented",
  },
  { action: "iam:ListUsers", request: { parameters: {} } },
  { action: "iam:CreateUser", request: { parameters: { UserName: "intruder" } } },
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
