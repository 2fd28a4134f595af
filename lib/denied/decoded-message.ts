import { isNestedDeeper } from "../iam/nesting.js";
import type { DeniedRequest } from "./denial.js";
import { plainLines } from "./plain-lines.js";

/**
 * The request in the answer of `aws sts decode-authorization-message`, as a whole or only its DecodedMessage.
 *
 * @returns undefined where the text is something else
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
export function decodedRequest(text: string): DeniedRequest | undefined {
  if (!text.includes("explicitDeny") || !text.includes("action")) {
    return undefined;
  }
  return fromJson(text) ?? fromText(text);
}

function fromJson(text: string): DeniedRequest | undefined {
  const answer = jsonObject(text);
  const message = answer?.["DecodedMessage"];
  const decoded = typeof message === "string" ? jsonObject(message) : (asObject(message) ?? answer);
  const context = asObject(decoded?.["context"]);
  const action = context?.["action"];
  if (decoded === undefined || context === undefined || typeof action !== "string") {
    return undefined;
  }
  return request(
    action,
    textOf(context["resource"]),
    textOf(asObject(context["principal"])?.["arn"]),
    decoded["explicitDeny"] === true,
  );
}

/** The same in another wrapping than JSON's: a table, YAML, or cut off. */
function fromText(text: string): DeniedRequest | undefined {
  const plain = plainLines(text).join("");
  const [, action] = /"action" ?: ?"([^"]{1,200})"/.exec(plain) ?? [];
  if (action === undefined) {
    return undefined;
  }
  const [, resource] = /"resource" ?: ?"([^"]{1,2048})"/.exec(plain) ?? [];
  const [, principal] = /"arn" ?: ?"([^"]{1,2048})"/.exec(plain) ?? [];
  return request(action, resource, principal, /"explicitDeny" ?: ?true/.test(plain));
}

const ACTION = /^[a-z0-9-]{1,64}:[A-Za-z0-9]{1,128}$/;

/** Its texts as `plainLines()` leaves them, for they may hold anything. */
function request(
  action: string,
  resource: string | undefined,
  principal: string | undefined,
  explicit: boolean,
): DeniedRequest | undefined {
  return ACTION.test(action)
    ? {
        kind: "request",
        action,
        resource: plainText(resource),
        principal: plainText(principal),
        isOfFunctions: false,
        // The message tells the statements that denied it, and not of which kind of policy they are.
        policy: undefined,
        explicit,
      }
    : undefined;
}

function plainText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainLines(text.slice(0, 2048)).join(" ");
}

/** A decoded message nests a tenth of this, and what nests thousands deep is not for a parser. */
const MAX_DEPTH = 100;

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  if (isNestedDeeper(text, MAX_DEPTH)) {
    return undefined;
  }
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { ...value }
    : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
