import { DEFAULT_NAMES } from "../../lib/remotion/default-names.js";
import { counts, equals } from "./assertions.js";
import type { ModuleCases } from "./module-cases.js";
import {
  rolePolicyDefaults,
  rolePolicyRuns,
  userPolicyDefaults,
  userPolicyRuns,
} from "./policy-runs.js";
import {
  BOUNDARY,
  COMMON_INPUTS,
  hasCommonInputs,
  isTrustOfFunctions,
  refusesUnusedOptions,
} from "./shared-runs.js";

const USER_POLICIES = {
  outputs: ["user_policy_json", "executionrole_policy_json"],
  profiles: ["user_profile", "executionrole_policy_profile"],
  prefix: "callers_",
};

const ROLE_POLICY = {
  outputs: ["lambda_role_policy_json"],
  profiles: ["lambda_role_profile"],
  prefix: "role_",
};

/** Some policies of the user have more characters than an inline one may. */
const MANAGED = { user_policy_type: "managed" };

/** The tests of `remotion-lambda`. */
export const LAMBDA_CASES: ModuleCases = {
  defaults: [
    equals("output.user_name", DEFAULT_NAMES.user),
    equals("output.lambda_role_name", DEFAULT_NAMES.lambdaRole),
    equals("output.executionrole_policy_name", DEFAULT_NAMES.executionRolePolicy),
    equals("output.execution_role_name", null),
    equals("output.access_key_id", null),
    isTrustOfFunctions("aws_iam_role.lambda_role.assume_role_policy"),
    ...userPolicyDefaults(USER_POLICIES),
    ...rolePolicyDefaults(ROLE_POLICY),
  ],
  options: [
    {
      name: "managed",
      variables: { ...MANAGED, lambda_role_policy_type: "managed" },
      assertions: [
        counts("aws_iam_user_policy.user", 0),
        counts("aws_iam_role_policy.lambda_role", 0),
        equals("aws_iam_policy.user[0].name", DEFAULT_NAMES.userPolicy),
        equals("aws_iam_policy.lambda_role[0].name", DEFAULT_NAMES.lambdaRolePolicy),
      ],
    },
    {
      name: "prefixed",
      variables: {
        ...COMMON_INPUTS,
        name_prefix: "staging-",
        permissions_boundary_arn: BOUNDARY,
        user_force_destroy: true,
      },
      assertions: [
        equals("output.user_name", `staging-${DEFAULT_NAMES.user}`),
        equals("output.lambda_role_name", `staging-${DEFAULT_NAMES.lambdaRole}`),
        equals("output.executionrole_policy_name", `staging-${DEFAULT_NAMES.executionRolePolicy}`),
        equals("aws_iam_user.user[0].force_destroy", true),
        ...hasCommonInputs("aws_iam_user.user[0]"),
        ...hasCommonInputs("aws_iam_role.lambda_role"),
        ...hasCommonInputs("aws_iam_policy.executionrole_policy[0]", false),
      ],
    },
    {
      name: "without_user_and_policy",
      variables: { create_user: false, create_executionrole_policy: false },
      assertions: [
        equals("output.user_name", null),
        equals("output.executionrole_policy_name", null),
        equals("output.lambda_role_name", DEFAULT_NAMES.lambdaRole),
      ],
    },
    {
      name: "access_keys",
      variables: { create_access_key: true, access_keys: { first: "inactive" } },
      assertions: [
        counts("aws_iam_access_key.user", 1),
        equals('aws_iam_access_key.user_named["first"].status', "Inactive"),
      ],
    },
    {
      name: "execution_role",
      variables: {
        create_execution_role: true,
        trusted_services: ["lambda.amazonaws.com", "ec2.amazonaws.com"],
        create_instance_profile: true,
        log_function_names: ["video-api"],
        role_names: { api: "api" },
      },
      assertions: [
        equals("output.execution_role_name", DEFAULT_NAMES.executionRole),
        equals("output.instance_profile_name", DEFAULT_NAMES.executionRole),
        equals(
          "aws_iam_role_policy_attachment.execution_role_remotion[0].role",
          DEFAULT_NAMES.executionRole,
        ),
        equals('aws_iam_role_policy_attachment.executionrole_policy["api"].role', "api"),
        counts("aws_iam_role_policy.execution_role", 1),
      ],
    },
    ...userPolicyRuns(USER_POLICIES, MANAGED),
    ...rolePolicyRuns(ROLE_POLICY),
  ],
  refusedTogether: [
    refusesUnusedOptions(USER_POLICIES.profiles, "user_policy_json"),
    {
      name: "refuses_keys_without_a_user",
      variables: { create_user: false, create_access_key: true },
      expectFailures: ["output.access_key_id"],
    },
    {
      name: "refuses_roles_without_a_policy",
      variables: { create_executionrole_policy: false, role_names: { api: "api" } },
      expectFailures: ["output.executionrole_policy_arn"],
    },
    {
      name: "refuses_trust_without_a_role",
      variables: { trusted_services: ["lambda.amazonaws.com"] },
      expectFailures: ["output.execution_role_name"],
    },
  ],
};
