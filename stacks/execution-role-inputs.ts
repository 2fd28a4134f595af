import type { Construct } from "constructs";
import type { RemotionExecutionRoleProps } from "../lib/constructs/remotion-execution-role.js";
import { QUOTAS } from "../lib/iam/quotas.js";
import {
  ACCOUNT_ID,
  ATTACHED_POLICY_ARN,
  EXTERNAL_ID,
  FUNCTION_NAME,
  PRINCIPAL_ARN,
  ROLE_NAME,
  SERVICE_PRINCIPAL,
  SESSION_TAG_KEY,
  SOURCE_ARN,
} from "../lib/iam/rules.js";
import { ModuleVariable } from "../lib/module/module-variable.js";
import { DEFAULT_NAMES } from "../lib/remotion/default-names.js";
import { attributes } from "./attributes.js";
import { type Input, listInput, switchInput, textInput } from "./inputs.js";
import { everyRule, oidcTrustRules, stringRule, wholeNumberRule } from "./validations.js";

/** The inputs of the role for callers that no other module has. */

export const executionRoleName = textInput(
  ROLE_NAME,
  "Name of the role, and of its instance profile.",
  DEFAULT_NAMES.executionRole,
);

const trustedServices = listInput(
  SERVICE_PRINCIPAL,
  "service",
  "AWS services whose workloads have the role: lambda.amazonaws.com, ec2.amazonaws.com, ecs-tasks.amazonaws.com.",
);

const trustedPrincipalArns = listInput(
  PRINCIPAL_ARN,
  "arn",
  "ARNs of roles, users or accounts (arn:aws:iam::123456789012:root) that may assume the role.",
);

const externalId: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "string",
    description:
      "What trusted_principal_arns must say when they assume the role, as agreed with the other account; null for nothing.",
    default: null,
    nullable: true,
    validations: [stringRule(id, EXTERNAL_ID, true)],
  });

const sourceAccount: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "string",
    description:
      "Number of the account that trusted_services must act for, so that nobody else's task, rule or schedule gets the role; null for any. For ECS tasks, EventBridge and Step Functions, which say for whom they act.",
    default: null,
    nullable: true,
    validations: [stringRule(id, ACCOUNT_ID, true)],
  });

const sourceArns = listInput(
  SOURCE_ARN,
  "arn",
  "ARNs of what trusted_services must act for, perhaps with wildcards behind the account; empty for anything. For the services that source_account is for.",
);

const sessionTagKeys = listInput(
  SESSION_TAG_KEY,
  "key",
  "Keys of the tags that trusted_principal_arns may give to their sessions; empty for none.",
);

const maxTrustPolicySize: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "number",
    description: `Characters that a role's trust policy may have in this account. More than ${QUOTAS.trustPolicy}, AWS's own quota, only where AWS raised it (L-C07B4B0D), which it does up to ${QUOTAS.raisedTrustPolicy}.`,
    default: QUOTAS.trustPolicy,
    validations: [wholeNumberRule(id, QUOTAS.trustPolicy, QUOTAS.raisedTrustPolicy, "characters")],
  });

const trustedOidc: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: `list(object({
  provider_arn = string
  audiences    = list(string)
  subjects     = list(string)
  claims       = map(list(string))
  owner        = optional(string)
}))`,
    description: attributes("Identities from outside AWS, by OIDC, each with:", {
      provider_arn: "the provider in IAM.",
      audiences: "those of which a token must have one.",
      subjects:
        'those of which it must match one; "*" stands for any text, behind what only you can be given.',
      claims: "those of which it must have one value each; {} for none.",
      owner: "that beginning of the subjects, for issuers without a known shape.",
    }),
    default: [],
    validations: oidcTrustRules(id),
  });

const policyArns: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "map(string)",
    description:
      "Managed policies for the role: a key of your choice, fixed in the code, to the policy's ARN. The ARN may come from a policy of the same apply.",
    default: {},
    validations: everyRule(ATTACHED_POLICY_ARN, {
      each: "arn",
      of: `var.${id}`,
      what: `${id} has invalid values`,
      holding: (arn) => ({ video: arn }),
    }),
  });

const logFunctionNames = listInput(
  FUNCTION_NAME,
  "name",
  "Lambda functions that run as the role, by name: it may write to their log groups, and to no others.",
);

const createInstanceProfile = switchInput(
  "Create an instance profile with the role, which is how an EC2 instance gets it.",
  false,
);

/**
 * Declares the inputs of the role that no other module has, but for its name.
 *
 * @param prefix what those names begin with that do not say of which role they are
 */
export function executionRoleInputs(
  scope: Construct,
  prefix = "",
): Required<
  Pick<
    RemotionExecutionRoleProps,
    | "trustedServices"
    | "sourceAccount"
    | "sourceArns"
    | "trustedPrincipalArns"
    | "externalId"
    | "sessionTagKeys"
    | "trustedOidc"
    | "policyArns"
    | "logFunctionNames"
    | "createInstanceProfile"
    | "maxTrustPolicySize"
  >
> {
  return {
    trustedServices: trustedServices(scope, "trusted_services").token,
    sourceAccount: sourceAccount(scope, "source_account").stringValue,
    sourceArns: sourceArns(scope, "source_arns").token,
    trustedPrincipalArns: trustedPrincipalArns(scope, "trusted_principal_arns").token,
    externalId: externalId(scope, "external_id").stringValue,
    sessionTagKeys: sessionTagKeys(scope, "session_tag_keys").token,
    trustedOidc: trustedOidc(scope, "trusted_oidc").token,
    policyArns: policyArns(scope, `${prefix}policy_arns`).stringMapValue,
    logFunctionNames: logFunctionNames(scope, "log_function_names").token,
    createInstanceProfile: createInstanceProfile(scope, "create_instance_profile").booleanValue,
    maxTrustPolicySize: maxTrustPolicySize(scope, "max_trust_policy_size").numberValue,
  };
}
