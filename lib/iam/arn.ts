/**
 * ARN of a role, in any account unless one is named.
 *
 * @param options.path the role's IAM path, `/` at both ends
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function roleArn(options: {
  readonly partition: string;
  readonly account?: string;
  readonly path?: string;
  readonly name: string;
}): string {
  const { partition, account = "*", path = "/", name } = options;
  return `arn:${partition}:iam::${account}:role${path}${name}`;
}

/** ARN of a bucket. */
export function bucketArn(partition: string, bucket: string): string {
  return `arn:${partition}:s3:::${bucket}`;
}

/** ARN of all objects of a bucket whose keys begin with `prefix`. */
export function objectsArn(partition: string, bucket: string, prefix = ""): string {
  return `${bucketArn(partition, bucket)}/${prefix}*`;
}

/**
 * ARN of a managed policy.
 *
 * @param options.path the policy's IAM path, `/` at both ends
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function policyArn(options: {
  readonly partition: string;
  readonly account: string;
  readonly path: string;
  readonly name: string;
}): string {
  const { partition, account, path, name } = options;
  return `arn:${partition}:iam::${account}:policy${path}${name}`;
}
