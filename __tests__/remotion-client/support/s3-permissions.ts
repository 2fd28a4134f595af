import { s3Arn } from "./aws-names.js";
import type { AwsRequest } from "./aws-request.js";
import type { Permission } from "./permission.js";

// Keys: the method, and the sub-resource that the query names, if any.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
const BUCKET_ACTIONS: Readonly<Record<string, string>> = {
  GET: "s3:ListBucket",
  HEAD: "s3:ListBucket",
  PUT: "s3:CreateBucket",
  DELETE: "s3:DeleteBucket",
  "GET location": "s3:GetBucketLocation",
  "PUT acl": "s3:PutBucketAcl",
  "PUT policy": "s3:PutBucketPolicy",
  "PUT lifecycle": "s3:PutLifecycleConfiguration",
  // Deleting a setting takes the permission to write it.
  "DELETE lifecycle": "s3:PutLifecycleConfiguration",
  "DELETE ownershipControls": "s3:PutBucketOwnershipControls",
  "DELETE publicAccessBlock": "s3:PutBucketPublicAccessBlock",
};

const OBJECT_ACTIONS: Readonly<Record<string, string>> = {
  GET: "s3:GetObject",
  HEAD: "s3:GetObject",
  PUT: "s3:PutObject",
  DELETE: "s3:DeleteObject",
  "PUT acl": "s3:PutObjectAcl",
  // The steps of an upload in parts: begin, one part, complete, give up.
  "POST uploads": "s3:PutObject",
  "PUT uploadId": "s3:PutObject",
  "POST uploadId": "s3:PutObject",
  "DELETE uploadId": "s3:AbortMultipartUpload",
};

const SUB_RESOURCES = [
  "acl",
  "lifecycle",
  "location",
  "ownershipControls",
  "policy",
  "publicAccessBlock",
  "uploadId",
  "uploads",
];

/**
 * What a request to S3 needs, given the status it was answered with: a missing object is answered
 * with 404 only to a caller who may list the bucket, with 403 to all others.
 */
export function s3Permissions(request: AwsRequest, status: number): Permission[] {
  const { method, query, headers } = request;
  const { region } = request.signature;
  const [, bucket = "", ...keyParts] = request.path.split("/").map(decodeURIComponent);
  const key = keyParts.join("/");
  const subResource = SUB_RESOURCES.find((name) => query.has(name));
  const operation = subResource === undefined ? method : `${method} ${subResource}`;

  if (bucket === "") return [{ action: "s3:ListAllMyBuckets", resource: "*" }];

  const bucketArn = s3Arn(region, bucket);
  if (key === "") {
    const permissions = [{ action: known(BUCKET_ACTIONS, operation), resource: bucketArn }];
    if (operation === "PUT" && headers["x-amz-acl"] !== undefined) {
      permissions.push({ action: "s3:PutBucketAcl", resource: bucketArn });
    }
    return permissions;
  }

  const resource = s3Arn(region, bucket, key);
  const permissions = [{ action: known(OBJECT_ACTIONS, operation), resource }];
  if (headers["x-amz-acl"] !== undefined) {
    permissions.push({ action: "s3:PutObjectAcl", resource });
  }
  if ((operation === "GET" || operation === "HEAD") && status === 404) {
    permissions.push({ action: "s3:ListBucket", resource: bucketArn });
  }
  return permissions;
}

function known(actions: Readonly<Record<string, string>>, operation: string): string {
  const action = actions[operation];
  if (action === undefined) {
    throw new Error(`No IAM action is known for the S3 request "${operation}": add it.`);
  }
  return action;
}
