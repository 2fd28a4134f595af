import type { JsonObject } from "../../lib/module/json-value.js";
import type { ProviderMock } from "../../lib/module/module-tests.js";

/** The account that mocked resources are of. */
const ACCOUNT = "123456789012";

/** What IAM answers for each type of resource that modules make: an ARN, which others are given, has the right form. */
const RESOURCES: Readonly<Record<string, JsonObject>> = {
  aws_iam_access_key: { id: "mock" },
  aws_iam_instance_profile: { arn: iamArn("instance-profile") },
  aws_iam_policy: { arn: iamArn("policy") },
  aws_iam_role: { arn: iamArn("role") },
  aws_iam_role_policy: { id: "mock:mock" },
  aws_iam_role_policy_attachment: { id: "mock" },
  aws_iam_user: { arn: iamArn("user") },
  aws_iam_user_policy: { id: "mock:mock" },
  aws_iam_user_policy_attachment: { id: "mock" },
};

/** The AWS provider of all tests: one and the same for every module. */
export const AWS_MOCK: ProviderMock = { provider: "aws", resources: RESOURCES };

function iamArn(kind: string): string {
  return `arn:aws:iam::${ACCOUNT}:${kind}/mock`;
}
