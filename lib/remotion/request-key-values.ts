import { arnParts } from "../iam/evaluate/arn-parts.js";
import { LAYERS } from "./layers.js";
import { REMOTION_VERSION } from "./release.js";
import type { RequestParameters } from "./request-parameters.js";
import { type RequestSite, requestRegion } from "./request-site.js";

/** A request whose keys are asked for. */
interface MadeRequest extends RequestSite {
  readonly parameters: RequestParameters;
}

/** Nobody can tell the key here. */
export const UNTOLD = Symbol("untold");

/**
 * The value of a key, undefined where the request does not have it. A pattern, as `aws:RequestTag/*`, has the
 * values of the keys that it stands for, by what stands for the star.
 */
type KeyValue = string | readonly string[] | Map<string, string> | typeof UNTOLD | undefined;

/** A hash of nothing stands for those of all that Remotion sends. */
const EMPTY_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** What EKS Pod Identity calls itself; it tags the sessions that it opens, as no other service does. */
const POD_IDENTITY = "pods.eks.amazonaws.com";

/** How a value follows from a request, by key. */
export const KEY_VALUES: Readonly<Record<string, (request: MadeRequest) => KeyValue>> = {
  "aws:RequestedRegion": requestRegion,
  "aws:SecureTransport": () => "true",
  "aws:CurrentTime": currentTime,
  "aws:EpochTime": ({ now }) => String(Math.floor(now.getTime() / 1000)),
  "aws:ViaAWSService": ({ action }) =>
    action.startsWith("ec2:") ? undefined : String(action.startsWith("kms:")),
  "aws:ResourceAccount": resourceAccount,
  "aws:RequestTag/*": (request) =>
    opensSession(request) ? sessionTags(request) : functionTags(request),
  "aws:TagKeys": (request) => {
    const tags = opensSession(request) ? sessionTags(request) : functionTags(request);
    return tags instanceof Map ? [...tags.keys()] : tags;
  },
  "aws:SourceAccount": (request) =>
    request.byService === undefined ? undefined : ownAccount(request),
  "aws:SourceArn": ofService,
  "aws:SourceOrgID": ofService,
  "aws:SourceOrgPaths": ofService,
  "aws:PrincipalIsAWSService": ({ byService }) => String(byService !== undefined),
  "aws:PrincipalServiceName": ({ byService }) => byService,
  "aws:MultiFactorAuthPresent": ({ byService, fromFunction }) => {
    if (byService !== undefined) {
      return undefined;
    }
    return fromFunction === undefined ? UNTOLD : "false";
  },
  "aws:TokenIssueTime": (request) => {
    if (request.byService !== undefined) {
      return undefined;
    }
    return request.fromFunction === undefined ? UNTOLD : currentTime(request);
  },
  "lambda:SourceFunctionArn": ({ action, byService, fromFunction }) =>
    byService !== undefined || (fromFunction !== undefined && action.startsWith("ec2:"))
      ? undefined
      : (fromFunction ?? UNTOLD),
  "sts:ExternalId": ofCaller,
  "sts:SourceIdentity": ofCaller,
  "sts:TransitiveTagKeys": sessionTags,
  "s3:ResourceAccount": ownAccount,
  "s3:authType": ({ parameters }) => (parameters.presigned ? "REST-QUERY-STRING" : "REST-HEADER"),
  "s3:signatureversion": () => "AWS4-HMAC-SHA256",
  "s3:signatureAge": ({ parameters }) => (parameters.presigned ? "1000" : undefined),
  "s3:x-amz-content-sha256": ({ parameters }) => (parameters.presigned ? undefined : EMPTY_HASH),
  "s3:TlsVersion": () => "1.3",
  "s3:x-amz-acl": ({ parameters }) => parameters.acl,
  "s3:prefix": ({ parameters }) => (parameters.prefix === null ? UNTOLD : parameters.prefix),
  "s3:locationconstraint": ({ region }) => (region === "us-east-1" ? undefined : region),
  "s3:if-none-match": ({ parameters }) => parameters.ifNoneMatch,
  "s3:ObjectCreationOperation": () => "true",
  "lambda:Layer": layers,
  "iam:PassedToService": () => "lambda.amazonaws.com",
  "ec2:Region": ({ region }) => region,
  "servicequotas:service": () => "lambda",
  "kms:ViaService": ({ partition, region }) =>
    `s3.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`,
  "kms:CallerAccount": ownAccount,
  "kms:EncryptionAlgorithm": () => "SYMMETRIC_DEFAULT",
  "kms:EncryptionContextKeys": () => ["aws:s3:arn"],
};

/** Without the milliseconds, as AWS writes it. */
function currentTime({ now }: MadeRequest): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

/** The account in the ARN, where it is another one, or else the caller's. */
function resourceAccount(request: MadeRequest): KeyValue {
  const account = arnParts(request.resource)?.[4] ?? "";
  return account === "" || account === request.account ? ownAccount(request) : account;
}

function ownAccount({ account, accountIsKnown }: MadeRequest): KeyValue {
  return accountIsKnown ? account : UNTOLD;
}

/** What a caller may say who assumes a role, and a service does not. */
function ofCaller({ byService }: MadeRequest): KeyValue {
  return byService === undefined ? UNTOLD : undefined;
}

/** What AWS knows of the resource that a service assumes a role for. */
function ofService({ byService }: MadeRequest): KeyValue {
  return byService === undefined ? undefined : UNTOLD;
}

function opensSession({ action }: MadeRequest): boolean {
  return action.startsWith("sts:");
}

/** Tags of the session that is opened. */
function sessionTags({ byService }: MadeRequest): typeof UNTOLD | undefined {
  return byService === undefined || byService === POD_IDENTITY ? UNTOLD : undefined;
}

/** What a function's name tells; a name without them gets what Remotion's defaults would make of it. */
const IN_NAME = /^remotion-render-(.+)-mem(\d+)mb-disk(\d+)mb-(\d+)sec$/;

/** The tags that Remotion gives a new function. */
function functionTags({ action, resource }: MadeRequest): Map<string, string> | undefined {
  if (action !== "lambda:TagResource") {
    return undefined;
  }
  const name = resource.slice(resource.lastIndexOf(":") + 1);
  const [, version, memory = "2048", disk = "2048", timeout = "120"] = IN_NAME.exec(name) ?? [];
  return new Map([
    ["remotion-lambda", "true"],
    ["remotion-version", version?.replaceAll("-", ".") ?? REMOTION_VERSION],
    ["remotion-memory-in-mb", memory],
    ["remotion-timeout-in-seconds", timeout],
    ["remotion-ephemereal-storage-in-mb", disk],
  ]);
}

/** The layers of a new function, in Remotion's order. */
const LAYER_NAMES = ["fonts-arm64", "chromium-arm64", "emoji-google-arm64", "cjk-arm64"];

function layers({ action, partition, region }: MadeRequest): KeyValue {
  const published = LAYERS.byPartition[partition === "aws-cn" ? "aws-cn" : "aws"].find((layer) =>
    layer.includes(":layer:remotion-binaries-"),
  );
  if (action !== "lambda:CreateFunction" || published === undefined) {
    return UNTOLD;
  }
  const arn = published.replace("{partition}", partition).replace("{region}", region);
  return LAYER_NAMES.map((name) => arn.replace("*", `${name}:1`));
}
