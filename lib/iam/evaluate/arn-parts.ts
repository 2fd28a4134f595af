/** The first five parts of an ARN, then all the rest: `arn`, partition, service, region, account. */
export type ArnParts = readonly [string, string, string, string, string, string];

/**
 * The six parts of an ARN. The sixth, the resource, keeps its own colons. A colon inside `${…}`
 * belongs to the policy variable and separates nothing.
 *
 * @returns undefined when there are fewer than six parts
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnParts(arn: string): ArnParts | undefined {
  const [prefix, partition, service, region, account, resource] = splitArn(arn);
  if (
    prefix === undefined ||
    partition === undefined ||
    service === undefined ||
    region === undefined ||
    account === undefined ||
    resource === undefined
  ) {
    return undefined;
  }
  return [prefix, partition, service, region, account, resource];
}

/**
 * The six parts of an ARN in a policy's Resource element, where IAM takes each part that is missing
 * at the end for `*`: `arn:aws:sqs` is `arn:aws:sqs:*:*:*`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function completedArnParts(arn: string): ArnParts {
  const [
    prefix = "*",
    partition = "*",
    service = "*",
    region = "*",
    account = "*",
    resource = "*",
  ] = splitArn(arn);
  return [prefix, partition, service, region, account, resource];
}

/** The text between the first five colons outside policy variables, and all that follows. */
function splitArn(arn: string): readonly string[] {
  const parts: string[] = [];
  // Where no variable can close any more, looking for its end again would take time for each `${`.
  const lastClose = arn.lastIndexOf("}");
  let start = 0;
  let at = 0;
  while (at < arn.length && parts.length < 5) {
    if (arn[at] === ":") {
      parts.push(arn.slice(start, at));
      start = at + 1;
    } else if (arn[at] === "$" && arn[at + 1] === "{" && at < lastClose) {
      at = arn.indexOf("}", at);
    }
    at += 1;
  }
  parts.push(arn.slice(start));
  return parts;
}
