import type { Construct } from "constructs";
import type { RemotionExecutionRoleProps } from "../lib/constructs/remotion-execution-role.js";
import {
  ATTACHED_POLICY_ARN,
  EXTERNAL_ID,
  FUNCTION_NAME,
  GITHUB_SUBJECT,
  OIDC_AUDIENCE,
  OIDC_PROVIDER_ARN,
  OIDC_SUBJECT,
  PRINCIPAL_ARN,
  ROLE_NAME,
  SERVICE_PRINCIPAL,
} from "../lib/iam/rules.js";
import { GITHUB_PROVIDER } from "../lib/iam/trust-policy.js";
import { ModuleVariable } from "../lib/module/module-variable.js";
import { DEFAULT_NAMES } from "../lib/remotion/default-names.js";
import { type Input, listInput, switchInput, textInput } from "./inputs.js";
import { everyHolds, everyRule, stringRule } from "./validations.js";

/** The inputs of the role for callers that no other module has. */

export const executionRoleName = textInput(
  ROLE_NAME,
  "Name of the role, and of its instance profile.",
  DEFAULT_NAMES.executionRole,
);

const trustedServices = listInput(
  SERVICE_PRINCIPAL,
  "AWS services whose workloads have the role: lambda.amazonaws.com, ec2.amazonaws.com, ecs-tasks.amazonaws.com.",
);

const trustedPrincipalArns = listInput(
  PRINCIPAL_ARN,
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

/** That an item of the input limits who of the provider may come. */
const NAMES_IDENTITIES =
  "try(length(trust.audiences), 0) > 0 && try(length(trust.subjects), 0) > 0";

const trustedOidc: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: `list(object({
  provider_arn = string
  audiences    = list(string)
  subjects     = list(string)
}))`,
    description:
      'Identities from outside AWS, by OIDC: the provider in IAM, the audiences of which a token must have one, and the subjects of which it must match one. "*" in a subject stands for any text, after its owner.',
    default: [],
    validations: [
      everyRule(id, OIDC_PROVIDER_ARN, {
        each: "trust",
        value: "trust.provider_arn",
        what: `${id} has the providers`,
      }),
      {
        condition: everyHolds("trust", `var.${id}`, NAMES_IDENTITIES),
        // By their places: the ARN of a provider of the same apply is not known yet.
        errorMessage: `${id} has no audiences or no subjects at the places \${join(", ", [for index, trust in var.${id} : index if !(${NAMES_IDENTITIES})])}, from 0: every identity of the provider could assume the role; give at least one of each.`,
      },
      everyRule(id, OIDC_AUDIENCE, {
        each: "audience",
        of: `flatten(var.${id}[*].audiences)`,
        what: `${id} has the audiences`,
      }),
      everyRule(id, OIDC_SUBJECT, {
        each: "subject",
        of: `flatten(var.${id}[*].subjects)`,
        what: `${id} has the subjects`,
      }),
      everyRule(id, GITHUB_SUBJECT, {
        each: "subject",
        of: `flatten([for trust in var.${id} : trust.subjects if strcontains(trust.provider_arn, "${GITHUB_PROVIDER}")])`,
        what: `${id} has the subjects`,
      }),
    ],
  });

const policyArns: Input = (scope, id) =>
  new ModuleVariable(scope, id, {
    type: "map(string)",
    description:
      "Managed policies for the role: a key of your choice, fixed in the code, to the policy's ARN. The ARN may come from a policy of the same apply.",
    default: {},
    validations: [everyRule(id, ATTACHED_POLICY_ARN, { each: "arn", what: `${id} has` })],
  });

const logFunctionNames = listInput(
  FUNCTION_NAME,
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
    | "trustedPrincipalArns"
    | "externalId"
    | "trustedOidc"
    | "policyArns"
    | "logFunctionNames"
    | "createInstanceProfile"
  >
> {
  return {
    trustedServices: trustedServices(scope, "trusted_services").token,
    trustedPrincipalArns: trustedPrincipalArns(scope, "trusted_principal_arns").token,
    externalId: externalId(scope, "external_id").stringValue,
    trustedOidc: trustedOidc(scope, "trusted_oidc").token,
    policyArns: policyArns(scope, `${prefix}policy_arns`).stringMapValue,
    logFunctionNames: logFunctionNames(scope, "log_function_names").token,
    createInstanceProfile: createInstanceProfile(scope, "create_instance_profile").booleanValue,
  };
}
