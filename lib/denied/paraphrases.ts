import type { DeniedRequest } from "./denial.js";
import { plainRequest } from "./plain-request.js";
import { policyIn } from "./policy-words.js";

/** Requests that are told in other words than IAM's; the first words that fit. */
export function paraphrased(text: string): DeniedRequest[] {
  for (const read of [executionRole, deniedByService, console, remotionHead]) {
    const request = read(text);
    if (request !== undefined) {
      return [request];
    }
  }
  return [];
}

/** What Lambda says of a role, with the service in capitals. */
const EXECUTION_ROLE =
  /execution role does not have permissions to call ([A-Za-z]{1,64}) on ([A-Za-z0-9]{1,32})/i;

function executionRole(text: string): DeniedRequest | undefined {
  const [, call, service] = EXECUTION_ROLE.exec(text) ?? [];
  return call === undefined || service === undefined
    ? undefined
    : plainRequest(`${service.toLowerCase()}:${call}`, true);
}

/** What Lambda says where it asked another service in somebody's name. */
const BY_SERVICE =
  /denied by ([A-Za-z0-9]{1,32}), please make sure your ([a-z ]{1,40}) ha(?:ve|s) permission to ([A-Za-z]{1,64})(?: for ([^\s"'<>]{1,1024}))?/i;

function deniedByService(text: string): DeniedRequest | undefined {
  const [, service, who, call, what] = BY_SERVICE.exec(text) ?? [];
  if (service === undefined || who === undefined || call === undefined) {
    return undefined;
  }
  const name = service.toLowerCase();
  const request = plainRequest(`${name}:${call}`, /role/.test(who));
  return name === "s3" && what !== undefined
    ? { ...request, resource: `arn:aws:s3:::${what.replace(/[.,;]+$/, "")}` }
    : request;
}

/** The box of the AWS console, whose lines are to be copied. */
const CONSOLE =
  /\bAction: ?(?:([a-z0-9-]{1,64}):)?([A-Za-z0-9]{1,128}) ?On resource ?\(?s?\)?: ?(\S{1,2048}) ?Context: ?(.{0,200})/i;

function console(text: string): DeniedRequest | undefined {
  const match = CONSOLE.exec(text);
  const [, ownService, call, resource, context = ""] = match ?? [];
  const before = text.slice(Math.max(0, (match?.index ?? 0) - 4096), match?.index);
  const service = ownService ?? /\bService: ?([a-z0-9-]{1,64})\b/.exec(before)?.[1];
  if (call === undefined || service === undefined) {
    return undefined;
  }
  return {
    ...plainRequest(`${service}:${call}`),
    resource,
    principal: /\bUser: ?(arn:[^\s"'<>,()]{1,2048})/.exec(before)?.[1],
    policy: policyIn(context),
    explicit: /explicit/i.test(context),
  };
}

/** What Remotion says where S3 tells it nothing but 403. */
const REMOTION_HEAD = /Unable to access item "([^"]{1,1024})" from bucket "([^"]{1,255})"/;

function remotionHead(text: string): DeniedRequest | undefined {
  const [, key, bucket] = REMOTION_HEAD.exec(text) ?? [];
  // To a caller it says that "you" must have them.
  const isOfFunctions = /\brole must have permission/.test(text);
  return key === undefined || bucket === undefined
    ? undefined
    : {
        ...plainRequest("s3:GetObject", isOfFunctions),
        resource: `arn:aws:s3:::${bucket}/${key}`,
      };
}
