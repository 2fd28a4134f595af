import { DEFAULT_NAMES } from "../../lib/remotion/default-names.js";
import { counts, equals } from "./assertions.js";
import type { ModuleCases } from "./module-cases.js";
import { userPolicyDefaults, userPolicyRuns } from "./policy-runs.js";
import {
  COMMON_INPUTS,
  hasCommonInputs,
  passesNamedRole,
  refusesUnusedOptions,
} from "./shared-runs.js";

const POLICY = { outputs: ["policy_json"], profiles: ["profile"] };

/** The tests of `remotion-executionrole-policy`. */
export const EXECUTIONROLE_POLICY_CASES: ModuleCases = {
  defaults: [
    equals("output.policy_name", DEFAULT_NAMES.executionRolePolicy),
    counts("aws_iam_role_policy_attachment.this", 0),
    ...userPolicyDefaults(POLICY),
  ],
  options: [
    {
      name: "attached",
      variables: {
        ...COMMON_INPUTS,
        name: "video",
        role_names: { api: "api", worker: "arn:aws:iam::123456789012:role/worker" },
      },
      assertions: [
        equals("output.policy_name", "video"),
        equals('aws_iam_role_policy_attachment.this["api"].role', "api"),
        equals('aws_iam_role_policy_attachment.this["worker"].role', "worker"),
        ...hasCommonInputs("aws_iam_policy.this", false),
      ],
    },
    passesNamedRole("policy_json"),
    ...userPolicyRuns(POLICY),
  ],
  refusedTogether: [refusesUnusedOptions(POLICY.profiles, "policy_json")],
};
