import { DEFAULT_NAMES } from "../../lib/remotion/default-names.js";
import { counts, equals } from "./assertions.js";
import type { ModuleCases } from "./module-cases.js";
import { rolePolicyDefaults, rolePolicyRuns } from "./policy-runs.js";
import {
  BOUNDARY,
  COMMON_INPUTS,
  hasCommonInputs,
  isTrustOfFunctions,
  refusesBoundaryElsewhere,
} from "./shared-runs.js";

const POLICY = { outputs: ["policy_json"], profiles: ["profile"] };

/** The tests of `remotion-lambda-role`. */
export const LAMBDA_ROLE_CASES: ModuleCases = {
  defaults: [
    equals("output.role_name", DEFAULT_NAMES.lambdaRole),
    equals("aws_iam_role_policy.this[0].name", DEFAULT_NAMES.lambdaRolePolicy),
    counts("aws_iam_policy.this", 0),
    isTrustOfFunctions("aws_iam_role.this.assume_role_policy"),
    ...rolePolicyDefaults(POLICY),
  ],
  options: [
    {
      name: "managed",
      variables: { policy_type: "managed" },
      assertions: [
        counts("aws_iam_role_policy.this", 0),
        equals("aws_iam_policy.this[0].name", DEFAULT_NAMES.lambdaRolePolicy),
        equals("aws_iam_role_policy_attachment.this[0].role", DEFAULT_NAMES.lambdaRole),
      ],
    },
    {
      name: "named",
      variables: {
        ...COMMON_INPUTS,
        name: "video",
        policy_name: "video",
        max_session_duration: 7200,
        permissions_boundary_arn: BOUNDARY,
      },
      assertions: [
        equals("output.role_name", "video"),
        equals("aws_iam_role_policy.this[0].name", "video"),
        equals("aws_iam_role.this.max_session_duration", 7200),
        ...hasCommonInputs("aws_iam_role.this"),
      ],
    },
    ...rolePolicyRuns(POLICY),
  ],
  refusedTogether: [refusesBoundaryElsewhere("aws_iam_role.this")],
};
