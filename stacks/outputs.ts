import type { Construct } from "constructs";
import type { RemotionExecutionRole } from "../lib/constructs/remotion-execution-role.js";
import type { RemotionExecutionRolePolicy } from "../lib/constructs/remotion-executionrole-policy.js";
import type { RemotionLambdaRole } from "../lib/constructs/remotion-lambda-role.js";
import type { RemotionUser } from "../lib/constructs/remotion-user.js";
import { ModuleOutput, type OutputPrecondition } from "../lib/module/module-output.js";
import { REMOTION_VERSION } from "../lib/remotion/release.js";
import { OWN_PACKAGE } from "./own-package.js";

/** The version that a module is of, so that a copy of its folder says where it comes from. */
export function moduleVersionOutput(scope: Construct): void {
  new ModuleOutput(scope, "module_version", {
    description: `Version of this module, made for Remotion ${REMOTION_VERSION}.`,
    value: OWN_PACKAGE.version,
  });
}

/**
 * What a module with a user gives back.
 *
 * @param policyPrefix what the policy's output begins with, where a module has several policies
 * @param preconditions of the policy; and of the access key, where the user may not be created
 */
export function userOutputs(
  scope: Construct,
  user: RemotionUser,
  policyPrefix = "",
  preconditions: {
    readonly policy?: readonly OutputPrecondition[];
    readonly accessKey?: readonly OutputPrecondition[];
  } = {},
): void {
  new ModuleOutput(scope, "user_name", { description: "Name of the user.", value: user.userName });
  new ModuleOutput(scope, "user_arn", { description: "ARN of the user.", value: user.userArn });
  new ModuleOutput(scope, `${policyPrefix}policy_json`, {
    description: "The user's policy document, as JSON.",
    value: user.policyJson,
    preconditions: preconditions.policy ?? [],
  });
  new ModuleOutput(scope, "access_key_id", {
    description: "Id of the access key; null without one.",
    value: user.accessKeyId,
    preconditions: preconditions.accessKey ?? [],
  });
  new ModuleOutput(scope, "secret_access_key", {
    description: "Secret of the access key; null without one, and where pgp_key encrypts it.",
    value: user.secretAccessKey,
    sensitive: true,
  });
  new ModuleOutput(scope, "encrypted_secret_access_key", {
    description:
      "Secret of the access key, encrypted with pgp_key and in base64; null without either.",
    value: user.encryptedSecretAccessKey,
    sensitive: true,
  });
}

/** What a module with Remotion's role gives back. */
export function lambdaRoleOutputs(scope: Construct, role: RemotionLambdaRole, prefix = ""): void {
  new ModuleOutput(scope, `${prefix}role_name`, {
    description: "Name of the role that Remotion's functions run as.",
    value: role.roleName,
  });
  new ModuleOutput(scope, `${prefix}role_arn`, {
    description: "ARN of that role, as deployFunction() takes it for customRoleArn.",
    value: role.roleArn,
  });
  new ModuleOutput(scope, `${prefix === "" ? "" : `${prefix}role_`}policy_json`, {
    description: "The role's policy document, as JSON.",
    value: role.policyJson,
  });
}

/**
 * What a module with the callers' policy gives back.
 *
 * @param preconditions of the policy; and of its ARN, where it may not be created
 */
export function executionRolePolicyOutputs(
  scope: Construct,
  policy: RemotionExecutionRolePolicy,
  prefix = "",
  preconditions: {
    readonly policy?: readonly OutputPrecondition[];
    readonly arn?: readonly OutputPrecondition[];
  } = {},
): void {
  new ModuleOutput(scope, `${prefix}policy_name`, {
    description: "Name of the managed policy for callers.",
    value: policy.policyName,
  });
  new ModuleOutput(scope, `${prefix}policy_arn`, {
    description: "ARN of the managed policy for callers.",
    value: policy.policyArn,
    preconditions: preconditions.arn ?? [],
  });
  new ModuleOutput(scope, `${prefix}policy_json`, {
    description: "The callers' policy document, as JSON.",
    value: policy.policyJson,
    preconditions: preconditions.policy ?? [],
  });
}

/**
 * What a module with the callers' role gives back.
 *
 * @param preconditions where the role may not be created
 */
export function executionRoleOutputs(
  scope: Construct,
  role: RemotionExecutionRole,
  prefix = "",
  preconditions: readonly OutputPrecondition[] = [],
): void {
  new ModuleOutput(scope, `${prefix}role_name`, {
    description: "Name of the role for callers.",
    value: role.roleName,
    preconditions,
  });
  new ModuleOutput(scope, `${prefix}role_arn`, {
    description: "ARN of the role for callers.",
    value: role.roleArn,
  });
  new ModuleOutput(scope, "instance_profile_name", {
    description: "Name of the instance profile, as EC2 takes it; null without one.",
    value: role.instanceProfileName,
  });
  new ModuleOutput(scope, "instance_profile_arn", {
    description: "ARN of the instance profile; null without one.",
    value: role.instanceProfileArn,
  });
  new ModuleOutput(scope, `${prefix === "" ? "" : `${prefix}role_`}trust_policy_json`, {
    description: "The trust policy, which says who may assume the role, as JSON.",
    value: role.trustPolicyJson,
  });
}
