import type { DeniedRequest } from "./denial.js";
import {
  asObject,
  type JsonObject,
  jsonValue,
  jsonValues,
  objectsOf,
  textOf,
} from "./json-value.js";
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
    const results = objectsOf(jsonValues(text)).map((answer) => answer["EvaluationResults"]);
    return results.length === 0
      ? undefined
      : results.flatMap((rows) => objectsOf(rows).flatMap(simulated));
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
    return objectsOf(value).flatMap(eventsIn);
  }
  const object = asObject(value);
  if (object === undefined) {
    return [];
  }
  const inner = [
    ...objectsOf(object["Records"]),
    ...objectsOf(object["Events"]),
    ...objectsOf([object["detail"]]),
  ].flatMap(eventsIn);
  const quoted = textOf(object["CloudTrailEvent"]);
  return [
    ...(textOf(object["eventSource"]) === undefined ? [] : [object]),
    ...inner,
    ...objectsOf(quoted === undefined ? [] : [jsonValue(quoted)]),
  ];
}

const NAME = /^[A-Za-z0-9]{1,128}$/;

/** What an event was about, where its message does not tell it. */
function ofEvent(event: JsonObject): DeniedRequest[] {
  const [, service] =
    /^([a-z0-9-]{1,64})\.amazonaws\.com/.exec(textOf(event["eventSource"]) ?? "") ?? [];
  const operation = textOf(event["eventName"]) ?? "";
  const code = textOf(event["errorCode"]) ?? "";
  const isRefused = /AccessDenied|Unauthorized|Forbidden/.test(code);
  const message = textOf(event["errorMessage"]) ?? "";
  if (
    service === undefined ||
    !isRefused ||
    !NAME.test(operation) ||
    /not authorized to perform: |Encoded authorization/.test(message)
  ) {
    return [];
  }
  const [action] = actionsOf(service, operation);
  const identity = asObject(event["userIdentity"]);
  const isAnonymous = identity?.["accountId"] === "anonymous";
  return [
    {
      ...plainRequest(action),
      resource: plainText(resourceOf(service, event)),
      principal: isAnonymous ? "anonymous" : plainText(textOf(identity?.["arn"])),
    },
  ];
}

function resourceOf(service: string, event: JsonObject): string | undefined {
  const [first, ...others] = objectsOf(event["resources"]);
  const object = [first, ...others].find((one) => one?.["type"] === "AWS::S3::Object");
  const parameters = asObject(event["requestParameters"]);
  const bucket = service === "s3" ? textOf(parameters?.["bucketName"]) : undefined;
  const key = textOf(parameters?.["key"]);
  const asked =
    bucket === undefined
      ? undefined
      : `arn:aws:s3:::${bucket}${key === undefined ? "" : `/${key}`}`;
  return textOf(object?.["ARN"]) ?? asked ?? textOf(first?.["ARN"]);
}

/** One row of a simulation, where it was not allowed. */
function simulated(result: JsonObject): DeniedRequest[] {
  const [, service, name] =
    /^([a-z0-9-]{1,64}):([A-Za-z0-9]{1,128})$/.exec(textOf(result["EvalActionName"]) ?? "") ?? [];
  const decision = textOf(result["EvalDecision"]);
  return service === undefined || decision === undefined || decision === "allowed"
    ? []
    : [
        {
          ...plainRequest(`${service}:${name}`),
          resource: plainText(textOf(result["EvalResourceName"])),
          explicit: decision === "explicitDeny",
        },
      ];
}
