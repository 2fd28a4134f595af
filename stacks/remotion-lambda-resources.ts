import type { Construct } from "constructs";
import { composedNames } from "../lib/constructs/composed-names.js";
import { concern } from "../lib/constructs/concern.js";
import { allOf } from "../lib/constructs/condition.js";
import { expression } from "../lib/constructs/expression.js";
import { givenInputs } from "../lib/constructs/given-inputs.js";
import { RemotionExecutionRole } from "../lib/constructs/remotion-execution-role.js";
import { RemotionExecutionRolePolicy } from "../lib/constructs/remotion-executionrole-policy.js";
import { RemotionLambdaRole } from "../lib/constructs/remotion-lambda-role.js";
import { RemotionUser } from "../lib/constructs/remotion-user.js";
import { attachToRole } from "../lib/constructs/role-attachments.js";
import type { OutputPrecondition } from "../lib/module/module-output.js";
import type { ModuleVariable } from "../lib/module/module-variable.js";
import { CALLER_ACCESSES, WRITER_ACCESSES } from "../lib/remotion/output-bucket.js";
import { accessKeys } from "./access-keys-input.js";
import { ACCESS_KEYS_WITHOUT_USER, accessKeysOutputs } from "./access-keys-outputs.js";
import { principalInputs } from "./common-inputs.js";
import { executionRoleInputs, executionRoleName } from "./execution-role-inputs.js";
import * as inputs from "./inputs.js";
import {
  executionRoleOutputs,
  executionRolePolicyOutputs,
  lambdaRoleOutputs,
  moduleVersionOutput,
  userOutputs,
} from "./outputs.js";
import {
  DEPLOYING_PROFILES,
  deploys,
  narrowingInputs,
  userOptionInputs,
  withoutDeployer,
} from "./policy-inputs.js";

/** The inputs of the callers' role that do nothing without it, each with the condition that it is given. */
const EXECUTION_ROLE_INPUTS: Readonly<Record<string, string>> = {
  trusted_services: "length(var.trusted_services) > 0",
  source_account: "var.source_account != null",
  source_arns: "length(var.source_arns) > 0",
  trusted_principal_arns: "length(var.trusted_principal_arns) > 0",
  external_id: "var.external_id != null",
  session_tag_keys: "length(var.session_tag_keys) > 0",
  trusted_oidc: "length(var.trusted_oidc) > 0",
  execution_role_policy_arns: "length(var.execution_role_policy_arns) > 0",
  log_function_names: "length(var.log_function_names) > 0",
  create_instance_profile: "var.create_instance_profile",
};

/**
 * All that Remotion Lambda needs in one stack, with its inputs and outputs: what the module
 * `remotion-lambda` and the deployable stack have in common.
 */
export function declareRemotionLambda(scope: Construct): void {
  const namePrefix = inputs.namePrefix(scope, "name_prefix");

  const createUser = inputs.switchInput("Create the user.", true)(scope, "create_user");
  const userName = inputs.userName(scope, "user_name");
  const userPolicyName = inputs.userPolicyName(scope, "user_policy_name");
  const userPolicyType = inputs.policyType("user")(scope, "user_policy_type");
  const userProfile = inputs.userProfile(scope, "user_profile");
  const createAccessKey = inputs.createAccessKey(scope, "create_access_key");
  const namedKeys = accessKeys(scope, "access_keys");
  const pgpKey = inputs.pgpKey(scope, "pgp_key");
  const forceDestroy = inputs.forceDestroy(scope, "user_force_destroy");

  const lambdaRoleName = inputs.lambdaRoleName(scope, "lambda_role_name");
  const rolePolicyName = inputs.lambdaRolePolicyName(scope, "lambda_role_policy_name");
  const rolePolicyType = inputs.policyType("role")(scope, "lambda_role_policy_type");
  const roleProfile = inputs.roleProfile(scope, "lambda_role_profile");
  const maxSessionDuration = inputs.lambdaRoleSessionDuration(scope, "max_session_duration");
  const outputBuckets = inputs.sharedOutputBuckets(scope, "output_buckets").token;

  const createPolicy = inputs.switchInput("Create the managed policy for callers.", true)(
    scope,
    "create_executionrole_policy",
  );
  const policyName = inputs.executionRolePolicyName(scope, "executionrole_policy_name");
  const policyProfile = inputs.userProfile(scope, "executionrole_policy_profile");
  const roleNames = inputs.roleNames(scope, "role_names");

  const createRole = inputs.switchInput(
    "Create a role for callers, with the managed policy for callers attached where that is created.",
    false,
  )(scope, "create_execution_role");
  const callerRoleName = executionRoleName(scope, "execution_role_name");
  const callerRole = executionRoleInputs(scope, "execution_role_");
  const callerSession = inputs.executionRoleSessionDuration(
    scope,
    "execution_role_max_session_duration",
  );

  const prefixed = (name: ModuleVariable) => `${namePrefix.stringValue}${name.stringValue}`;
  const names = composedNames(scope, {
    user: prefixed(userName),
    user_policy: prefixed(userPolicyName),
    lambda_role: prefixed(lambdaRoleName),
    lambda_role_policy: prefixed(rolePolicyName),
    executionrole_policy: prefixed(policyName),
    execution_role: prefixed(callerRoleName),
  });
  const narrowing = narrowingInputs(scope);
  const options = userOptionInputs(scope, inputs.vpc);
  const { permissionsBoundaryArn, ...common } = principalInputs(scope, "the user and the roles");

  const user = new RemotionUser(scope, "user", {
    ...common,
    permissionsBoundaryArn,
    name: names.user,
    policyName: names.user_policy,
    policyType: userPolicyType.stringValue,
    profile: userProfile.stringValue,
    narrowing,
    ...options,
    lambdaRoleName: names.lambda_role,
    lambdaRolePath: common.path,
    outputBuckets,
    bucketAccesses: CALLER_ACCESSES,
    createAccessKey: createAccessKey.booleanValue,
    accessKeys: namedKeys.stringMapValue,
    pgpKey: pgpKey.stringValue,
    forceDestroy: forceDestroy.booleanValue,
    create: createUser.booleanValue,
  });
  const role = new RemotionLambdaRole(scope, "lambda_role", {
    ...common,
    permissionsBoundaryArn,
    name: names.lambda_role,
    policyName: names.lambda_role_policy,
    policyType: rolePolicyType.stringValue,
    profile: roleProfile.stringValue,
    narrowing,
    vpc: options.vpc,
    // The role writes every video; whoever calls it reads and deletes.
    outputBuckets,
    bucketAccesses: WRITER_ACCESSES,
    maxSessionDuration: maxSessionDuration.numberValue,
  });
  const policy = new RemotionExecutionRolePolicy(scope, "executionrole_policy", {
    ...common,
    name: names.executionrole_policy,
    profile: policyProfile.stringValue,
    narrowing,
    ...options,
    roleNames: roleNames.stringMapValue,
    lambdaRoleName: names.lambda_role,
    lambdaRolePath: common.path,
    outputBuckets,
    bucketAccesses: CALLER_ACCESSES,
    sameStatementsAs: user,
    create: createPolicy.booleanValue,
  });
  const executionRole = new RemotionExecutionRole(scope, "execution_role", {
    ...common,
    permissionsBoundaryArn,
    name: names.execution_role,
    ...callerRole,
    maxSessionDuration: callerSession.numberValue,
    create: createRole.booleanValue,
  });
  // Apart from role_names, whose keys are the caller's.
  const attachment = attachToRole(
    scope,
    "execution_role_remotion",
    policy.policyArn,
    executionRole.roleName,
    allOf(createRole.booleanValue, createPolicy.booleanValue),
  );
  for (const construct of [user, role, policy, executionRole]) {
    concern(construct, construct.node.id);
  }
  concern(attachment, executionRole.node.id);

  userOutputs(scope, user, "user_", {
    policy: [
      withoutDeployer(
        `(var.create_user && ${deploys("user_profile")}) || (var.create_executionrole_policy && ${deploys("executionrole_policy_profile")})`,
        `neither the user nor the managed policy for callers does: give user_profile or executionrole_policy_profile as ${DEPLOYING_PROFILES}`,
      ),
    ],
    accessKey: [
      {
        condition: "${var.create_user || !var.create_access_key}",
        errorMessage:
          "create_access_key is true, and create_user is false: there is no user to have the key. Set create_user to true, or leave create_access_key out.",
      },
    ],
  });
  accessKeysOutputs(scope, user, [ACCESS_KEYS_WITHOUT_USER]);
  lambdaRoleOutputs(scope, role, "lambda_");
  executionRolePolicyOutputs(scope, policy, "executionrole_", {
    arn: [
      {
        condition: "${var.create_executionrole_policy || length(var.role_names) == 0}",
        errorMessage:
          'role_names has ${join(", ", keys(var.role_names))}, and create_executionrole_policy is false: there is no policy to attach. Set it to true, or leave role_names out.',
      },
      withoutCallers(),
    ],
  });
  executionRoleOutputs(scope, executionRole, "execution_", [withoutExecutionRole(executionRole)]);
  moduleVersionOutput(scope);
}

/** Refuses what callers do with buckets where none of them is created. A name may be of the same apply, so none is shown. */
function withoutCallers(): OutputPrecondition {
  const accesses = CALLER_ACCESSES.map((access) => `"${access}"`).join(", ");
  const granted = `[for bucket in var.output_buckets : bucket.access if contains([${accesses}], bucket.access)]`;
  return {
    condition: `\${var.create_user || var.create_executionrole_policy || length(${granted}) == 0}`,
    errorMessage: `output_buckets has the accesses \${join(", ", distinct(${granted}))}, and create_user and create_executionrole_policy are false: nobody would get them. Set one of them to true, or leave what callers do out.`,
  };
}

/** Refuses what is meant for the role for callers where that is not created. */
function withoutExecutionRole(executionRole: RemotionExecutionRole): OutputPrecondition {
  const given = givenInputs(
    executionRole,
    "inputs",
    EXECUTION_ROLE_INPUTS,
    "What is given for the role for callers.",
  );
  return {
    condition: expression`var.create_execution_role || length(${given}) == 0`,
    errorMessage: `\${join(", ", ${given})} would do nothing, as create_execution_role is false: there is no role for callers. Set it to true, or leave the others out.`,
  };
}
