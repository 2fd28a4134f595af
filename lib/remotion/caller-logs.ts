import type { StatementFact } from "./statement-fact.js";

/**
 * What a Lambda function that calls Remotion needs for its own logs, which Remotion's policies do not
 * hold. `{function}` stands for the caller here, not for Remotion's functions.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
 */
export const CALLER_LOGS: StatementFact = {
  sid: "CallerLogs",
  actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [
    "arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda/{function}",
    "arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda/{function}:*",
  ],
  scope: "the log groups of the functions named",
  reason: "Write the logs of the Lambda functions that call Remotion as this role.",
};
