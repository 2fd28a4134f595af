import type { ResourcesByPartition } from "./statement-fact.js";

/**
 * The layers that a function gets: those that Remotion publishes, with Chrome and the compositor, and
 * AWS's Lambda Insights, which is published from another account in China.
 */
export const LAYERS: ResourcesByPartition = {
  name: "layer_arns",
  about: "The layers of a function, which differ between the partitions.",
  byPartition: {
    aws: [
      "arn:{partition}:lambda:{region}:678892195805:layer:remotion-binaries-*",
      "arn:{partition}:lambda:{region}:580247275435:layer:LambdaInsightsExtension*",
    ],
    "aws-cn": ["arn:{partition}:lambda:{region}:488211338238:layer:LambdaInsightsExtension*"],
  },
};

/**
 * Lambda Insights in the four regions where AWS publishes it from accounts of their own, which
 * Remotion's policy does not name.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-insights.html
 */
export const FURTHER_INSIGHTS_LAYERS: readonly string[] = [
  "arn:{partition}:lambda:af-south-1:012438385374:layer:LambdaInsightsExtension*",
  "arn:{partition}:lambda:ap-east-1:519774774795:layer:LambdaInsightsExtension*",
  "arn:{partition}:lambda:ap-northeast-3:194566237122:layer:LambdaInsightsExtension*",
  "arn:{partition}:lambda:eu-south-1:339249233099:layer:LambdaInsightsExtension*",
];
