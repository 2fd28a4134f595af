/** Account that every request is made in: moto's. */
export const ACCOUNT = "123456789012";

/** ARN of something in a region of the account. */
export function regionalArn(service: string, region: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${ACCOUNT}:${resource}`;
}

/** ARN of a bucket, or of an object when a key is given. */
export function s3Arn(region: string, bucket: string, key?: string): string {
  const object = key === undefined ? "" : `/${key}`;
  return `arn:${partitionOf(region)}:s3:::${bucket}${object}`;
}

/** Partition that a region belongs to. Remotion knows two. */
export function partitionOf(region: string): "aws" | "aws-cn" {
  return region.startsWith("cn-") ? "aws-cn" : "aws";
}
