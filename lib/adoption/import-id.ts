/** Import id of a policy inside a user or a role. */
export function inlinePolicyId(owner: string, policyName: string): string {
  return `${owner}:${policyName}`;
}

/** Import id of a managed policy's attachment to a user or a role. */
export function attachmentId(owner: string, policyArn: string): string {
  return `${owner}/${policyArn}`;
}

/** An attribute of a resource that is a text; undefined where it is not. */
type TextAttribute = (name: string) => string | undefined;

/**
 * What tells one real-life thing from another, by resource type, in the form that `import` blocks
 * take.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role_policy_attachment#import
 */
const IMPORT_IDS: Readonly<Record<string, (attribute: TextAttribute) => string | undefined>> = {
  aws_iam_access_key: (attribute) => attribute("id"),
  aws_iam_policy: (attribute) => attribute("arn"),
  aws_iam_role: (attribute) => attribute("name"),
  aws_iam_role_policy: (attribute) => joined(attribute, "role", ":", "name"),
  aws_iam_role_policy_attachment: (attribute) => joined(attribute, "role", "/", "policy_arn"),
  aws_iam_user: (attribute) => attribute("name"),
  aws_iam_user_policy: (attribute) => joined(attribute, "user", ":", "name"),
  aws_iam_user_policy_attachment: (attribute) => joined(attribute, "user", "/", "policy_arn"),
};

/** Import id of a resource; undefined for other types, and where attributes are missing. */
export function importId(type: string, attribute: TextAttribute): string | undefined {
  return Object.hasOwn(IMPORT_IDS, type) ? IMPORT_IDS[type]?.(attribute) : undefined;
}

function joined(attribute: TextAttribute, owner: string, separator: string, name: string) {
  const [first, second] = [attribute(owner), attribute(name)];
  return first === undefined || second === undefined ? undefined : `${first}${separator}${second}`;
}
