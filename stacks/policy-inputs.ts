import type { Construct } from "constructs";
import { RemotionNarrowing } from "../lib/constructs/remotion-narrowing.js";
import { quotedChoices } from "../lib/iam/shown.js";
import { NAMELESS } from "../lib/module/logical-name.js";
import type { OutputPrecondition } from "../lib/module/module-output.js";
import { PROFILES_WITHOUT_OPTIONS } from "../lib/remotion/option-statements.js";
import { USER_PROFILES } from "../lib/remotion/profile-names.js";
import * as inputs from "./inputs.js";

/** Declares the inputs that narrow a policy's wildcards. */
export function narrowingInputs(scope: Construct): RemotionNarrowing {
  return new RemotionNarrowing(scope, NAMELESS, {
    regions: inputs.regions(scope, "regions").token,
    accountId: inputs.accountId(scope, "account_id").stringValue,
    bucketNames: inputs.bucketNames(scope, "bucket_names").token,
    functionNames: inputs.functionNames(scope, "function_names").token,
  });
}

/**
 * Declares the inputs for what Remotion can do and its own policy does not allow.
 *
 * @param vpc says for whom functions are in a VPC. @default for whoever deploys
 */
export function userOptionInputs(scope: Construct, vpc = inputs.deployerVpc) {
  return {
    customLayerArns: inputs.customLayerArns(scope, "custom_layer_arns").token,
    vpc: vpc(scope, "vpc").booleanValue,
    allInsightsRegions: inputs.allInsightsRegions(scope, "all_insights_regions").booleanValue,
  };
}

/** That a policy of the profile has what {@link userOptionInputs} are for. @param profile an input */
export function deploys(profile: string): string {
  return PROFILES_WITHOUT_OPTIONS.map((without) => `var.${profile} != "${without}"`).join(" && ");
}

/**
 * Refuses what is given for deploying functions where no policy is for that. Not `vpc`, which says of the functions
 * where they are.
 *
 * @param condition that some policy is, in HCL
 * @param nobody who does not deploy, and how that is mended, as the rest of a sentence
 */
export function withoutDeployer(condition: string, nobody: string): OutputPrecondition {
  return {
    condition: `\${${condition} || !(var.all_insights_regions || length(var.custom_layer_arns) > 0)}`,
    errorMessage: `custom_layer_arns and all_insights_regions are for deploying functions, which ${nobody}, or leave them out.`,
  };
}

/** The profiles that deploy, as a message names them. */
export const DEPLOYING_PROFILES = quotedChoices(
  USER_PROFILES.filter((profile) => !PROFILES_WITHOUT_OPTIONS.includes(profile)),
);

/** The same of a module with one policy. @param profile its input */
export function unusedOptions(profile: string): OutputPrecondition {
  return withoutDeployer(
    deploys(profile),
    `the ${profile} ${quotedChoices(PROFILES_WITHOUT_OPTIONS)} does not: give the ${profile} ${DEPLOYING_PROFILES}`,
  );
}
