import { LAYERS } from "./layers.js";
import type { ResourcesByPartition } from "./statement-fact.js";

/** What the resources of API calls are, in the order in which a policy names them. */
export interface ResourceKind {
  /** As in the table of API calls. */
  readonly template: string;
  /** Name of the statement on these resources. */
  readonly sid: string;
  /** What they are, in words. */
  readonly scope: string;
  /** Statements of different services are not merged. */
  readonly service: string;
  /** The resources, where they differ between the partitions. */
  readonly resources?: ResourcesByPartition;
}

const FUNCTION = "arn:{partition}:lambda:{region}:{account}:function:{function}";
const BUCKET = "arn:{partition}:s3:::{bucket}";
const LOGS = "arn:{partition}:logs:{region}:{account}:log-group:";

/** Every kind of resource that a derived policy can name. */
export const RESOURCE_KINDS: readonly ResourceKind[] = [
  {
    template: "*",
    sid: "Listing",
    scope: "the whole account: these actions know no narrower resource",
    service: "any",
  },
  {
    template: FUNCTION,
    sid: "Functions",
    scope: "functions whose names begin with remotion-render-",
    service: "lambda",
  },
  {
    template: "arn:{partition}:lambda:{region}:678892195805:layer:remotion-binaries-*",
    sid: "Layers",
    scope: "the layers that Remotion publishes",
    service: "lambda",
    resources: LAYERS,
  },
  {
    template: "arn:{partition}:lambda:{region}:{insightsAccount}:layer:LambdaInsightsExtension*",
    sid: "Insights",
    scope: "AWS's Lambda Insights layer",
    service: "lambda",
    resources: LAYERS,
  },
  {
    template: "arn:{partition}:iam::{account}:role{lambdaRole}",
    sid: "PassRole",
    scope: "the role that Remotion's functions run as, and no other, passed to Lambda alone",
    service: "iam",
  },
  { template: BUCKET, sid: "Buckets", scope: "buckets of Remotion", service: "s3" },
  {
    template: `${BUCKET}/*`,
    sid: "Objects",
    scope: "everything in buckets of Remotion",
    service: "s3",
  },
  {
    template: `${BUCKET}/sites/*`,
    sid: "Sites",
    scope: "sites in buckets of Remotion",
    service: "s3",
  },
  {
    template: `${BUCKET}/input-props/*`,
    sid: "InputProps",
    scope: "input props in buckets of Remotion",
    service: "s3",
  },
  {
    template: `${BUCKET}/resolved-props/*`,
    sid: "ResolvedProps",
    scope: "resolved props in buckets of Remotion",
    service: "s3",
  },
  {
    template: `${BUCKET}/renders/*`,
    sid: "Renders",
    scope: "renders in buckets of Remotion",
    service: "s3",
  },
  {
    template: `${BUCKET}/renders/*/progress.json`,
    sid: "Progress",
    scope: "the progress of renders in buckets of Remotion",
    service: "s3",
  },
  {
    template: `${BUCKET}/renders/*/cancel.json`,
    sid: "Cancellation",
    scope: "the mark that cancels a render in buckets of Remotion",
    service: "s3",
  },
  {
    template: `${LOGS}/aws/lambda/{functionLogs}`,
    sid: "Logs",
    scope: "log groups of functions whose names begin with remotion-render-",
    service: "logs",
  },
  {
    template: `${LOGS}/aws/lambda-insights`,
    sid: "InsightsLogGroup",
    scope: "the log group of Lambda Insights",
    service: "logs",
  },
  {
    template: `${LOGS}/aws/lambda-insights:*`,
    sid: "InsightsLogs",
    scope: "logs of Lambda Insights",
    service: "logs",
  },
  {
    template: "arn:{partition}:servicequotas:{region}:{account}:lambda/L-B99A9384",
    sid: "ConcurrencyQuota",
    scope: "the quota on concurrent Lambda executions",
    service: "servicequotas",
  },
];
