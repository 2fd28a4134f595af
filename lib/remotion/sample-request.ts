import type { ApiCall } from "./api-calls.js";
import { DEFAULT_NAMES } from "./default-names.js";
import { FURTHER_INSIGHTS_LAYERS, LAYERS } from "./layers.js";
import type { ResourceScope } from "./resource-scope.js";

/** What samples are made for. Where a list has several names, a sample is of its first. */
export interface SampleScope extends ResourceScope {
  /** A layer of one's own, with its version. @default a layer of the account */
  readonly layerArn?: string;
  /** A bucket of one's own, for output or sites. @default `videos-of-my-own` */
  readonly ownBucketName?: string;
  /** A role of one's own for functions. @default `role-of-my-own` */
  readonly ownRoleName?: string;
  /** Name of the user who calls. @default `remotion-user` */
  readonly callerName?: string;
}

/** One request as IAM sees it, on a resource that could exist. */
export interface SampleRequest {
  readonly action: string;
  /** An ARN without wildcards, or `*` where the action knows no resource. */
  readonly resource: string;
  /** Context keys that AWS sets on such a request. */
  readonly context: Readonly<Record<string, string>>;
}

const ACCOUNT = "123456789012";
const FUNCTION = "remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";
const RENDER = "abc1234567";
const LOG_STREAM = "2026/01/31/[$LATEST]0123456789abcdef0123456789abcdef";

/** Actions that AWS checks against the ARN of a log stream; the table has the log group's. */
const OF_LOG_STREAMS: readonly string[] = ["logs:CreateLogStream", "logs:PutLogEvents"];

/** What a star in the key of an object, or at the end of another resource, stands for. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  ["/renders/*/", `/renders/${RENDER}/`],
  ["/renders/*", `/renders/${RENDER}/out.mp4`],
  ["/sites/*", "/sites/my-site/index.html"],
  ["/input-props/*", `/input-props/${RENDER}.json`],
  ["/resolved-props/*", `/resolved-props/${RENDER}.json`],
  ["/*", `/renders/${RENDER}/out.mp4`],
  [":layer:remotion-binaries-*", ":layer:remotion-binaries-chromium-arm64:1"],
  [":layer:LambdaInsightsExtension*", ":layer:LambdaInsightsExtension-Arm64:1"],
];

/**
 * A request that a call from the table of API calls makes: its template with names that could exist.
 *
 * The names are those of the scope, and samples where the scope leaves Remotion's wildcard. A bucket
 * is one of the first region unless its name is given.
 */
export function sampleRequest(
  call: Pick<ApiCall, "action" | "resource">,
  scope: SampleScope = {},
): SampleRequest {
  const { action } = call;
  const filled = fillNames(call.resource, namesOf(scope));
  return {
    action,
    resource: OF_LOG_STREAMS.includes(action) ? inLogStream(filled) : fillStars(filled),
    context: contextOf(action, scope),
  };
}

/** The keys that policies of this project ask for. */
function contextOf(
  action: string,
  { accountId = ACCOUNT }: SampleScope,
): Readonly<Record<string, string>> {
  if (action === "iam:PassRole") {
    return { "iam:PassedToService": "lambda.amazonaws.com" };
  }
  return action.startsWith("s3:") ? { "aws:ResourceAccount": accountId } : {};
}

/** The placeholders of the table, by name, each with one value. */
function namesOf(scope: SampleScope): Readonly<Record<string, string>> {
  const { partition = "aws", accountId: account = ACCOUNT } = scope;
  const [region = partition === "aws-cn" ? "cn-north-1" : "us-east-1"] = scope.regions ?? [];
  const [bucket = `remotionlambda-${region.replaceAll("-", "")}-${RENDER}`] =
    scope.bucketNames ?? [];
  const [functionName = FUNCTION] = scope.functionNames ?? [];
  const { lambdaRolePath = "/", lambdaRoleName = DEFAULT_NAMES.lambdaRole } = scope;
  const { layerArn = `arn:${partition}:lambda:${region}:${account}:layer:layer-of-my-own:1` } =
    scope;
  return {
    "arn:{partition}:lambda:{region}:{account}:layer:{ownLayer}": layerArn,
    "{partition}": partition,
    "{region}": region,
    "{account}": account,
    "{bucket}": bucket,
    "{function}": functionName,
    "{functionLogs}": functionName,
    "{lambdaRole}": `${lambdaRolePath}${lambdaRoleName}`,
    get "{insightsAccount}"() {
      return insightsAccount(partition, region);
    },
    "{ownBucket}": scope.ownBucketName ?? "videos-of-my-own",
    "{ownRole}": scope.ownRoleName ?? "role-of-my-own",
    "{caller}": scope.callerName ?? DEFAULT_NAMES.user,
  };
}

/** The account that AWS publishes Lambda Insights from in a region. */
function insightsAccount(partition: string, region: string): string {
  const usual = LAYERS.byPartition[partition === "aws-cn" ? "aws-cn" : "aws"];
  const layer = [...FURTHER_INSIGHTS_LAYERS, ...usual].find(
    (template) =>
      template.includes(":LambdaInsightsExtension") &&
      (template.includes(`:${region}:`) || template.includes(":{region}:")),
  );
  return layer?.split(":")[4] ?? "";
}

/** A placeholder of the table; an ARN that is given as a whole counts as one. */
const PLACE = /arn:\{partition\}:lambda:\{region\}:\{account\}:layer:\{ownLayer\}|\{[A-Za-z]+\}/g;

function fillNames(template: string, names: Readonly<Record<string, string>>): string {
  return template.replace(PLACE, (place) => names[place] ?? place);
}

function fillStars(resource: string): string {
  const example = EXAMPLES.find(([star]) => resource.includes(star));
  return example === undefined ? resource : resource.replace(example[0], () => example[1]);
}

/** A log group's ARN, with or without the star for its streams, as the ARN of a stream. */
function inLogStream(logGroup: string): string {
  return `${logGroup.replace(/:\*$/, "")}:log-stream:${LOG_STREAM}`;
}
