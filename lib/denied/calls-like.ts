import { matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { API_ROWS, type ApiCall, type ApiRow, apiName } from "../remotion/api-calls.js";
import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { WILDCARDS } from "../remotion/resource-scope.js";
import { toleratedCall } from "../remotion/tolerated.js";
import type { MadeCall } from "./answer.js";

/** A call of the table that a message may be about. */
export interface LikeCall {
  readonly row: ApiRow;
  readonly call: ApiCall;
  /**
   * Which of Remotion's names the resource has not, so that only a policy that is narrowed to it would allow it.
   *
   * @default none
   */
  readonly foreign?: "bucket" | "function";
}

/** What stands for the caller and what for the function. */
export function isFunction({ row }: Pick<LikeCall, "row">): boolean {
  return row.actor === "function";
}

/** The calls of the table with this action on such a resource, Remotion's own names before others. */
export function callsLike(action: string, resource: string | undefined): LikeCall[] {
  const all = API_ROWS.flatMap((row) =>
    row.calls.filter((call) => isSameAction(call.action, action)).map((call) => ({ row, call })),
  );
  if (resource === undefined || !namesResource(resource)) {
    return all;
  }
  const isOwnRole =
    resource.includes(":role/") && !resource.endsWith(`/${DEFAULT_NAMES.lambdaRole}`);
  const exact = all.filter(
    ({ call }) =>
      matches(call.resource, resource) &&
      // Any role fits both: one of another name than Remotion's is passed by customRoleArn.
      (isSameAction(action, "iam:PassRole") ? (call.option === "ownRole") === isOwnRole : true),
  );
  const foreign = all.flatMap(({ row, call }): LikeCall[] => {
    const kind = foreignIn(call, resource);
    return kind !== undefined && !exact.some((other) => other.call === call)
      ? [{ row, call, foreign: kind }]
      : [];
  });
  return [...exact, ...foreign];
}

/** Whether a message names the resource: some have a star, and whoever pastes one may have made it unreadable. */
export function namesResource(resource: string): boolean {
  return resource.startsWith("arn:");
}

/** Whether somebody has left out, cut off or masked a part of an ARN. */
export function isUnreadable(resource: string | undefined): boolean {
  return (
    resource?.startsWith("arn:") === true &&
    (/\u2026|\.\.\.|\*\*|<[^>]*>|\[[A-Za-z _-]+\]|\{[A-Za-z _-]+\}/.test(resource) ||
      resource.split(":").length < 6 ||
      /^arn:[^:]*:(?:lambda|logs|iam):[^:]*:[^:]*:[a-z-]*$/.test(resource) ||
      resource.endsWith(":"))
  );
}

/** IAM does not tell the case of actions apart. */
export function isSameAction(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const REMOTIONS_OWN: Readonly<Record<string, string>> = {
  "{bucket}": WILDCARDS.bucket,
  "{function}": WILDCARDS.function,
  "{functionLogs}": WILDCARDS.function,
  "{lambdaRole}": "/*",
};

function matches(template: string, resource: string, own = REMOTIONS_OWN): boolean {
  if (template === "*") {
    return true;
  }
  const bucket = bucketOf(resource);
  if (template.includes("{ownBucket}")) {
    const isWhole = template.endsWith("{ownBucket}");
    if (bucket === undefined || isRemotionBucket(bucket) || isWhole === resource.includes("/")) {
      return false;
    }
  }
  const filled = template.replace(/\{[A-Za-z]+\}/g, (place) => own[place] ?? "*");
  // Messages have the ARN of a log group with its streams.
  const pattern = filled.includes(":log-group:") && !filled.endsWith("*") ? `${filled}*` : filled;
  return matchesGlob(parseGlob(pattern), resource);
}

/** What a bucket of any name is asked for; Remotion configures only those that it made. */
const ON_ANY_BUCKET: readonly string[] = ["s3:ListBucket", "s3:GetBucketLocation"];

/** What of the resource has another name than Remotion's, where it would fit but for that. */
function foreignIn({ action, resource: template }: ApiCall, resource: string): LikeCall["foreign"] {
  if (template.includes("{bucket}")) {
    const isMeant = template.includes("{bucket}/") || ON_ANY_BUCKET.includes(action);
    return isMeant && matches(template, resource, { ...REMOTIONS_OWN, "{bucket}": "*" })
      ? "bucket"
      : undefined;
  }
  const anyFunction = { ...REMOTIONS_OWN, "{function}": "*", "{functionLogs}": "*" };
  return template.includes("{function") && matches(template, resource, anyFunction)
    ? "function"
    : undefined;
}

/** The bucket of an ARN of S3. */
export function bucketOf(resource: string): string | undefined {
  const [, , service, , , name = ""] = resource.split(":");
  const [bucket = ""] = name.split("/");
  return service === "s3" && bucket !== "" ? bucket : undefined;
}

/** Whether a bucket is of the kind that Remotion makes. */
export function isRemotionBucket(bucket: string): boolean {
  return bucket.startsWith(WILDCARDS.bucket.slice(0, -1));
}

/** Calls as an answer has them, each once. */
export function madeCalls(calls: readonly LikeCall[]): MadeCall[] {
  const made = calls.map(({ row, call }): MadeCall => {
    const tolerated = toleratedCall(row.api, row.situation, call.action, call.resource);
    return {
      api: apiName(row.api),
      situation: row.situation,
      by: row.actor === "function" ? "function" : "caller",
      action: call.action,
      ...(call.when === undefined ? {} : { when: call.when }),
      ...(tolerated === undefined ? {} : { otherwise: tolerated.then }),
    };
  });
  return [...new Map(made.map((call) => [JSON.stringify(call), call])).values()];
}
