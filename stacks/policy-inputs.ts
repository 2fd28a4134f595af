import type { Construct } from "constructs";
import { RemotionNarrowing } from "../lib/constructs/remotion-narrowing.js";
import { NAMELESS } from "../lib/module/logical-name.js";
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

/** Declares the inputs for what Remotion can do and its own policy does not allow. */
export function userOptionInputs(scope: Construct) {
  return {
    customLayerArns: inputs.customLayerArns(scope, "custom_layer_arns").token,
    vpc: inputs.vpc(scope, "vpc").booleanValue,
    allInsightsRegions: inputs.allInsightsRegions(scope, "all_insights_regions").booleanValue,
  };
}
