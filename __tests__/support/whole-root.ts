import { moduleSource } from "./module-sources.js";

/** Number of the account that the AWS mock has. */
export const ACCOUNT = "123456789012";

/** IAM path of what the root module makes. */
export const WHOLE_PATH = "/video/";

/**
 * A root module that makes something of every type that the modules make, but no access key. A call is tried three
 * times, and not 25 times as the provider does by itself.
 */
export const WHOLE_ROOT = `provider "aws" {
  region      = "us-east-1"
  max_retries = 2
}

module "remotion" {
  source = "${moduleSource("remotion-lambda", "hcl")}"

  path                    = "${WHOLE_PATH}"
  user_policy_type        = "managed"
  lambda_role_policy_type = "managed"
  create_execution_role   = true
  trusted_services        = ["ec2.amazonaws.com"]
  create_instance_profile = true
  log_function_names      = ["api"]
}
`;

/** Names of all that it makes under a name, sorted, as `IamApi.everything` lists them. */
export const WHOLE_NAMES = [
  "remotion-execution-role",
  "remotion-execution-role",
  "remotion-executionrole-policy",
  "remotion-lambda-policy",
  "remotion-lambda-role",
  "remotion-user",
  "remotion-user-policy",
];
