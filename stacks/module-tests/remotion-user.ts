import { DEFAULT_NAMES } from "../../lib/remotion/default-names.js";
import { userPolicy } from "../../lib/remotion/policies.js";
import { counts, equals, isDocument } from "./assertions.js";
import type { ModuleCases } from "./module-cases.js";
import { userPolicyDefaults, userPolicyRuns } from "./policy-runs.js";
import {
  BOUNDARY,
  COMMON_INPUTS,
  hasCommonInputs,
  passesNamedRole,
  refusesBoundaryElsewhere,
  refusesUnusedOptions,
} from "./shared-runs.js";

const POLICY = { outputs: ["policy_json"], profiles: ["profile"] };

/** The tests of `remotion-user`. */
export const USER_CASES: ModuleCases = {
  defaults: [
    equals("output.user_name", DEFAULT_NAMES.user),
    equals("output.access_key_id", null),
    equals("aws_iam_user_policy.this[0].name", DEFAULT_NAMES.userPolicy),
    counts("aws_iam_policy.this", 0),
    counts("aws_iam_access_key.named", 0),
    ...userPolicyDefaults(POLICY),
  ],
  options: [
    {
      name: "managed",
      variables: { policy_type: "managed" },
      assertions: [
        counts("aws_iam_user_policy.this", 0),
        equals("aws_iam_policy.this[0].name", DEFAULT_NAMES.userPolicy),
        equals("aws_iam_user_policy_attachment.this[0].user", DEFAULT_NAMES.user),
        isDocument("aws_iam_policy.this[0].policy", userPolicy()),
      ],
    },
    {
      name: "access_keys",
      variables: {
        create_access_key: true,
        access_keys: { first: "inactive" },
        pgp_key: "keybase:acme",
      },
      assertions: [
        equals("aws_iam_access_key.this[0].pgp_key", "keybase:acme"),
        equals('aws_iam_access_key.named["first"].status', "Inactive"),
      ],
    },
    {
      name: "named",
      variables: {
        ...COMMON_INPUTS,
        name: "video",
        policy_name: "video",
        force_destroy: true,
        permissions_boundary_arn: BOUNDARY,
      },
      assertions: [
        equals("output.user_name", "video"),
        equals("aws_iam_user_policy.this[0].name", "video"),
        equals("aws_iam_user.this.force_destroy", true),
        ...hasCommonInputs("aws_iam_user.this"),
      ],
    },
    passesNamedRole("policy_json"),
    // Some of them have more characters than an inline policy of a user may.
    ...userPolicyRuns(POLICY, { policy_type: "managed" }),
  ],
  refusedTogether: [
    refusesUnusedOptions(POLICY.profiles, "policy_json"),
    {
      name: "refuses_a_third_access_key",
      variables: { create_access_key: true, access_keys: { first: "active", second: "inactive" } },
      expectFailures: ["aws_iam_access_key.this[0]"],
    },
    refusesBoundaryElsewhere("aws_iam_user.this"),
  ],
};
