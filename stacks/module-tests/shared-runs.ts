import { trustPolicy } from "../../lib/iam/trust-policy.js";
import type { JsonObject } from "../../lib/module/json-value.js";
import type { TestAssertion, TestRun } from "../../lib/module/module-tests.js";
import { userPolicy } from "../../lib/remotion/policies.js";
import { equals, isDocument } from "./assertions.js";

/** Runs that several modules have. */

/** A boundary for whatever a module makes. */
export const BOUNDARY = "arn:aws:iam::123456789012:policy/boundary";

/** That a resource has what {@link COMMON_INPUTS} say. @param withBoundary it is a user or a role */
export function hasCommonInputs(address: string, withBoundary = true): TestAssertion[] {
  return [
    equals(`${address}.path`, "/video/"),
    equals(`${address}.tags["team"]`, "video"),
    ...(withBoundary ? [equals(`${address}.permissions_boundary`, BOUNDARY)] : []),
  ];
}

/** Inputs of every module. */
export const COMMON_INPUTS: JsonObject = { path: "/video/", tags: { team: "video" } };

/** That functions assume a role, and nobody else. */
export function isTrustOfFunctions(expression: string): TestAssertion {
  return isDocument(expression, trustPolicy({ services: ["lambda.amazonaws.com"] }));
}

/** That the policy passes the role that is named, and no other. */
export function passesNamedRole(output: string): TestRun {
  return {
    name: "passes_the_role_that_is_named",
    variables: { lambda_role_name: "video", lambda_role_path: "/video/" },
    assertions: [
      isDocument(
        `output.${output}`,
        userPolicy({ lambdaRoleName: "video", lambdaRolePath: "/video/" }),
      ),
    ],
  };
}

/** A boundary in another partition, which IAM would never match. @param address of the user or the role */
export function refusesBoundaryElsewhere(address: string): TestRun {
  return {
    name: "refuses_a_boundary_in_another_partition",
    variables: { permissions_boundary_arn: "arn:aws-cn:iam::123456789012:policy/boundary" },
    expectFailures: [address],
  };
}

/** Options for deploying where no profile deploys. @param profiles the inputs that say it */
export function refusesUnusedOptions(profiles: readonly string[], output: string): TestRun {
  return {
    name: "refuses_options_for_deploying_where_nobody_does",
    variables: {
      ...Object.fromEntries(profiles.map((profile) => [profile, "render"])),
      all_insights_regions: true,
    },
    expectFailures: [`output.${output}`],
  };
}
