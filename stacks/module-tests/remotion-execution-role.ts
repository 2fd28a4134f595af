import { type OidcTrust, type Trust, trustPolicy } from "../../lib/iam/trust-policy.js";
import type { JsonObject } from "../../lib/module/json-value.js";
import type { TestRun } from "../../lib/module/module-tests.js";
import { DEFAULT_NAMES } from "../../lib/remotion/default-names.js";
import { counts, equals, isDocument } from "./assertions.js";
import type { ModuleCases } from "./module-cases.js";
import {
  BOUNDARY,
  COMMON_INPUTS,
  hasCommonInputs,
  isTrustOfFunctions,
  refusesBoundaryElsewhere,
} from "./shared-runs.js";

/** Whom the role trusts in every run that says nobody else: without anybody it is refused. */
const FUNCTIONS = ["lambda.amazonaws.com"];

const GITHUB = {
  audiences: ["sts.amazonaws.com"],
  subjects: ["repo:acme@123456/video@456789:ref:refs/heads/main"],
  claims: { repository_id: ["456789"] },
} as const satisfies Omit<OidcTrust, "providerArn">;

const GITHUB_ARN = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

const TENANT = "arn:aws:iam::210987654321:root";

/** That the trust policy is the one of these identities. */
function trusts(name: string, variables: JsonObject, trust: Trust): TestRun {
  return {
    name,
    variables,
    assertions: [isDocument("output.trust_policy_json", trustPolicy(trust))],
  };
}

/** The tests of `remotion-execution-role`. */
export const EXECUTION_ROLE_CASES: ModuleCases = {
  inputs: { trusted_services: FUNCTIONS },
  defaults: [
    equals("output.role_name", DEFAULT_NAMES.executionRole),
    equals("output.instance_profile_name", null),
    counts("aws_iam_role_policy.this", 0),
    counts("aws_iam_role_policy_attachment.this", 0),
    isTrustOfFunctions("output.trust_policy_json"),
  ],
  options: [
    {
      name: "named",
      variables: {
        ...COMMON_INPUTS,
        name: "video",
        max_session_duration: 7200,
        permissions_boundary_arn: BOUNDARY,
      },
      assertions: [
        equals("output.role_name", "video"),
        equals("aws_iam_role.this.max_session_duration", 7200),
        ...hasCommonInputs("aws_iam_role.this"),
      ],
    },
    {
      name: "policies",
      variables: {
        policy_arns: { logs: "arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess" },
        log_function_names: ["video-api"],
      },
      assertions: [
        counts("aws_iam_role_policy.this", 1),
        equals(
          'aws_iam_role_policy_attachment.this["logs"].policy_arn',
          "arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess",
        ),
      ],
    },
    {
      name: "instance_profile",
      variables: { trusted_services: ["ec2.amazonaws.com"], create_instance_profile: true },
      assertions: [equals("output.instance_profile_name", DEFAULT_NAMES.executionRole)],
    },
    trusts(
      "trusts_tasks_of_an_account",
      { trusted_services: ["ecs-tasks.amazonaws.com"], source_account: "123456789012" },
      { services: ["ecs-tasks.amazonaws.com"], sourceAccount: "123456789012" },
    ),
    trusts(
      "trusts_schedules",
      {
        trusted_services: ["scheduler.amazonaws.com"],
        source_arns: ["arn:aws:scheduler:us-east-1:123456789012:schedule-group/video"],
      },
      {
        services: ["scheduler.amazonaws.com"],
        sourceArns: ["arn:aws:scheduler:us-east-1:123456789012:schedule-group/video"],
      },
    ),
    trusts(
      "trusts_another_account",
      {
        trusted_services: [],
        trusted_principal_arns: [TENANT],
        external_id: "acme-1",
        session_tag_keys: ["team"],
      },
      { principalArns: [TENANT], externalId: "acme-1", sessionTagKeys: ["team"] },
    ),
    trusts(
      "trusts_github",
      { trusted_services: [], trusted_oidc: [{ provider_arn: GITHUB_ARN, ...GITHUB }] },
      { oidc: [{ providerArn: GITHUB_ARN, ...GITHUB }] },
    ),
  ],
  refusedTogether: [
    {
      name: "refuses_a_role_for_nobody",
      variables: { trusted_services: [] },
      expectFailures: ["aws_iam_role.this"],
    },
    {
      name: "refuses_an_external_id_for_nobody",
      variables: { external_id: "acme-1" },
      expectFailures: ["aws_iam_role.this"],
    },
    {
      name: "refuses_an_instance_profile_that_no_instance_could_use",
      variables: { create_instance_profile: true },
      expectFailures: ["aws_iam_instance_profile.this[0]"],
    },
    {
      name: "refuses_subjects_of_everybody",
      variables: {
        trusted_oidc: [{ provider_arn: GITHUB_ARN, ...GITHUB, subjects: ["repo:*"] }],
      },
      expectFailures: ["aws_iam_role.this"],
    },
    refusesBoundaryElsewhere("aws_iam_role.this"),
  ],
};
