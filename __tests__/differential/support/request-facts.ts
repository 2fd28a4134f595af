import type { RecordedCall } from "./recorded-calls.js";

/** Where a request is made: a table of this test's own, after AWS's documentation. */
export interface Site {
  readonly account: string;
  readonly regions: readonly string[];
  /** Remotion's buckets that are asked about. @default one that could exist in each region */
  readonly buckets: readonly string[];
  /**
   * Whether one that could exist is asked about, too, in each of the regions that none of the buckets is in. @default not
   */
  readonly otherBuckets?: boolean;
  /** Likewise functions. */
  readonly functions: readonly string[];
}

/** Who makes it. */
export interface Caller {
  readonly kind: "user" | "role" | "policy";
  readonly actor: "user" | "role";
  readonly name: string;
  readonly path: string;
}

/** A request as IAM sees it. */
export interface MadeRequest {
  readonly action: string;
  readonly resource: string;
  /** Keys whose values are certain, in lower case; a key that is in neither list is absent. */
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
}

/** What is asked with each role that could be passed, of which one is enough. */
export type Alternatives = readonly MadeRequest[];

const BUCKET_SUFFIX = "m5n6b7v8c9";
const RENDER = "h1j2k3l4m5";
const FUNCTION = "remotion-render-4-0-527-mem2048mb-disk2048mb-120sec";

/**
 * What a star in the record stands for, where it stands for several things of Remotion's.
 *
 * @see https://www.remotion.dev/docs/lambda/bucket-structure
 */
const EXAMPLES: readonly (readonly [RegExp, string])[] = [
  [/\/renders\/\*\/(.+)$/, `/renders/${RENDER}/$1`],
  [/\/renders\/\*$/, `/renders/${RENDER}/out.mp4`],
  [/\/sites\/\*$/, "/sites/landing/index.html"],
  [/\/(input-props|resolved-props)\/\*$/, `/$1/${RENDER}.json`],
  [/\/\*$/, `/renders/${RENDER}/out.mp4`],
  [/:layer:remotion-binaries-\*$/, ":layer:remotion-binaries-fonts-arm64:12"],
  [/:layer:LambdaInsightsExtension\*$/, ":layer:LambdaInsightsExtension-Arm64:5"],
];

/** Accounts of Lambda Insights in the regions that roots name: the same in all of them. */
const INSIGHTS = "580247275435";

/** STS tells the path of a user, and not that of a role whose session calls. */
function callerIn({ kind, path, name }: Caller): string {
  return kind === "user" ? `${path.slice(1)}${name}` : name;
}

/**
 * All requests of a call that must be allowed for it: one for each region, bucket and function.
 *
 * @param roles the roles that could be passed, as they stand in an ARN behind `role`
 */
export function requestsOf(
  call: Pick<RecordedCall, "action" | "resource">,
  site: Site,
  caller: Caller,
  roles: readonly string[],
): readonly Alternatives[] {
  return placesOf(call, site).map(({ region, bucket, functionName }) => {
    const filled = call.resource
      .replaceAll("{partition}", "aws")
      .replaceAll("{region}", region)
      .replaceAll("{account}", site.account)
      .replaceAll("{insightsAccount}", INSIGHTS)
      .replaceAll("{bucket}", bucket)
      .replaceAll("{function}", functionName)
      .replaceAll("{functionLogs}", functionName)
      .replaceAll("{caller}", () => callerIn(caller));
    const named = inLogStream(call.action, filled);
    const passed = named.includes("{lambdaRole}") ? roles : [""];
    return passed.map((role) => {
      const resource = named.replaceAll("{lambdaRole}", () => role);
      return {
        action: call.action,
        resource,
        keys: keysOf(call.action, resource, region, site, caller, functionName),
      };
    });
  });
}

interface Place {
  readonly region: string;
  readonly bucket: string;
  readonly functionName: string;
}

function placesOf(
  { action, resource }: Pick<RecordedCall, "action" | "resource">,
  { regions, buckets, otherBuckets = false, functions }: Site,
): readonly Place[] {
  const functionNames =
    /\{function(?:Logs)?\}/.test(resource) && functions.length > 0
      ? functions
      : [functions[0] ?? FUNCTION];
  const isBucket = resource.includes("{bucket}") && buckets.length > 0;
  const ofBuckets = buckets.flatMap((bucket) =>
    regionsOfBucket(bucket, regions).map((region) => ({ region, bucket })),
  );
  const couldExist = (region: string) => ({
    region,
    bucket: `remotionlambda-${region.replaceAll("-", "")}-${BUCKET_SUFFIX}`,
  });
  const others = regions.filter((region) => !ofBuckets.some((site) => site.region === region));
  const sites =
    action.startsWith("iam:") && action !== "iam:PassRole"
      ? [{ region: "us-east-1", bucket: "" }]
      : isBucket
        ? [...ofBuckets, ...(otherBuckets ? others : []).map(couldExist)]
        : regions.map(couldExist);
  return sites.flatMap((site) => functionNames.map((functionName) => ({ ...site, functionName })));
}

/** Remotion's buckets have their region in their names. @see https://www.remotion.dev/docs/lambda/naming-convention */
function regionsOfBucket(bucket: string, regions: readonly string[]): readonly string[] {
  const all = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "eu-central-1",
    "eu-west-1",
    "ap-south-1",
    ...regions,
  ];
  const own = all.find((region) =>
    bucket.startsWith(`remotionlambda-${region.replaceAll("-", "")}-`),
  );
  return own === undefined ? regions : [own];
}

/** CloudWatch Logs checks these two against the stream. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
function inLogStream(action: string, resource: string): string {
  if (action === "logs:CreateLogStream" || action === "logs:PutLogEvents") {
    return `${resource.replace(/:\*$/, "")}:log-stream:2026/02/03/[$LATEST]fedcba9876543210fedcba9876543210`;
  }
  const example = EXAMPLES.find(([star]) => star.test(resource));
  return example === undefined ? resource : resource.replace(...example);
}

/**
 * The keys of a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/list_amazons3.html
 */
function keysOf(
  action: string,
  resource: string,
  region: string,
  { account }: Site,
  { kind, actor, name, path }: Caller,
  functionName: string,
): Readonly<Record<string, string | readonly string[]>> {
  const [, , , , owner = ""] = resource.split(":");
  const isIam = action.startsWith("iam:") && action !== "iam:PassRole";
  const isFunction = actor === "role";
  const now = new Date();
  return {
    // The region of the endpoint: IAM's is us-east-1; a role is passed where the function is made.
    "aws:requestedregion": isIam ? "us-east-1" : region,
    "aws:securetransport": "true",
    "aws:currenttime": now.toISOString(),
    "aws:epochtime": String(Math.floor(now.getTime() / 1000)),
    ...(action.startsWith("ec2:") ? {} : { "aws:viaawsservice": "false" }),
    "aws:resourceaccount": owner === "" ? account : owner,
    "aws:principalisawsservice": "false",
    // Whoever has a managed policy is of its account.
    "aws:principalaccount": account,
    ...(kind === "policy"
      ? {}
      : {
          "aws:principalarn": `arn:aws:iam::${account}:${kind}${path}${name}`,
          // A role's session is of this type. @see the page's section on aws:PrincipalType
          "aws:principaltype": kind === "user" ? "User" : "AssumedRole",
        }),
    ...(kind === "user" ? { "aws:username": name } : {}),
    ...(action.startsWith("s3:") ? { "s3:resourceaccount": account } : {}),
    ...(action === "iam:PassRole" ? { "iam:passedtoservice": "lambda.amazonaws.com" } : {}),
    // @see https://www.remotion.dev/docs/lambda/deployfunction, which tags what it makes
    ...(action === "lambda:TagResource" ? { "aws:tagkeys": TAGS } : {}),
    // A function's session has no MFA device. @see the page's section on aws:MultiFactorAuthPresent
    ...(isFunction
      ? {
          "aws:multifactorauthpresent": "false",
          "lambda:sourcefunctionarn": `arn:aws:lambda:${region}:${account}:function:${functionName}`,
        }
      : {}),
  };
}

const TAGS = [
  "remotion-lambda",
  "remotion-version",
  "remotion-memory-in-mb",
  "remotion-timeout-in-seconds",
  "remotion-ephemereal-storage-in-mb",
];
