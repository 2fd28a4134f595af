import {
  isObject,
  type JsonObject,
  objectIn,
  objectsIn,
  property,
  textIn,
} from "../json/json-value.js";
import type { DeniedRequest } from "./denial.js";
import { jsonValue, jsonValues } from "./json-value.js";
import { actionsOf } from "./operations.js";
import { plainText } from "./plain-lines.js";
import { plainRequest } from "./plain-request.js";

/**
 * Requests that JSON of AWS reports field by field: CloudTrail's events, whose message for S3 says nothing, and the
 * answer of `aws iam simulate-principal-policy`.
 *
 * @returns undefined where the text is no such JSON; none where it has no refusal that is told so
 */
export function reportedRequests(text: string): DeniedRequest[] | undefined {
  if (/"EvaluationResults"/.test(text)) {
    const answers = jsonValues(text).filter(isObject);
    return answers.length === 0
      ? undefined
      : answers.flatMap((answer) => objectsIn(answer, "EvaluationResults").flatMap(simulated));
  }
  if (!text.includes("eventSource") || !text.includes("errorCode")) {
    return undefined;
  }
  const requests = jsonValues(text).flatMap(eventsIn).flatMap(ofEvent);
  return requests.length === 0 ? undefined : requests;
}

/** Events as a file of CloudTrail's, `aws cloudtrail lookup-events`, EventBridge or the console has them. */
function eventsIn(value: unknown): JsonObject[] {
  if (Array.isArray(value)) {
    return value.filter(isObject).flatMap(eventsIn);
  }
  if (!isObject(value)) {
    return [];
  }
  const inner = [
    ...objectsIn(value, "Records"),
    ...objectsIn(value, "Events"),
    property(value, "detail"),
  ].flatMap(eventsIn);
  const quoted = jsonValue(textIn(value, "CloudTrailEvent") ?? "");
  return [
    ...(textIn(value, "eventSource") === undefined ? [] : [value]),
    ...inner,
    ...(isObject(quoted) ? [quoted] : []),
  ];
}

const NAME = /^[A-Za-z0-9]{1,128}$/;

/** What an event was about, where its message does not tell it. */
function ofEvent(event: JsonObject): DeniedRequest[] {
  const [, service] =
    /^([a-z0-9-]{1,64})\.amazonaws\.com/.exec(textIn(event, "eventSource") ?? "") ?? [];
  const operation = textIn(event, "eventName") ?? "";
  const code = textIn(event, "errorCode") ?? "";
  const isRefused = /AccessDenied|Unauthorized|Forbidden/.test(code);
  const message = textIn(event, "errorMessage") ?? "";
  if (
    service === undefined ||
    !isRefused ||
    !NAME.test(operation) ||
    /not authorized to perform: |Encoded authorization/.test(message)
  ) {
    return [];
  }
  const [action] = actionsOf(service, operation);
  const identity = objectIn(event, "userIdentity");
  const isAnonymous = property(identity, "accountId") === "anonymous";
  return [
    {
      ...plainRequest(action),
      resource: plainText(resourceOf(service, event)),
      principal: isAnonymous ? "anonymous" : plainText(textIn(identity, "arn")),
    },
  ];
}

function resourceOf(service: string, event: JsonObject): string | undefined {
  const resources = objectsIn(event, "resources");
  const object = resources.find((one) => textIn(one, "type") === "AWS::S3::Object");
  const parameters = objectIn(event, "requestParameters");
  const bucket = service === "s3" ? textIn(parameters, "bucketName") : undefined;
  const key = textIn(parameters, "key");
  const asked =
    bucket === undefined
      ? undefined
      : `arn:aws:s3:::${bucket}${key === undefined ? "" : `/${key}`}`;
  return textIn(object, "ARN") ?? asked ?? textIn(resources[0], "ARN");
}

/** One row of a simulation, where it was not allowed. */
function simulated(result: JsonObject): DeniedRequest[] {
  const [, service, name] =
    /^([a-z0-9-]{1,64}):([A-Za-z0-9]{1,128})$/.exec(textIn(result, "EvalActionName") ?? "") ?? [];
  const decision = textIn(result, "EvalDecision");
  return service === undefined || decision === undefined || decision === "allowed"
    ? []
    : [
        {
          ...plainRequest(`${service}:${name}`),
          resource: plainText(textIn(result, "EvalResourceName")),
          explicit: decision === "explicitDeny",
        },
      ];
}
