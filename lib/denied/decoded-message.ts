import { isObject, objectIn, property, textIn } from "../json/json-value.js";
import type { DeniedRequest } from "./denial.js";
import { jsonValue } from "./json-value.js";
import { plainText } from "./plain-lines.js";
import { plainRequest } from "./plain-request.js";

/**
 * The requests in answers of `aws sts decode-authorization-message`, as a whole or only its DecodedMessage.
 *
 * @param lines the same, as `plainLines()` leaves them
 * @returns none where the text is something else
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
export function decodedRequests(text: string, lines: readonly string[]): DeniedRequest[] {
  // A table or a terminal may have broken any of the words.
  const plain = lines.join("");
  if (!plain.includes("explicitDeny") || !plain.includes('"action"')) {
    return [];
  }
  const one = fromJson(text);
  return one === undefined ? fromText(plain) : [one];
}

function fromJson(text: string): DeniedRequest | undefined {
  const answer = jsonValue(text);
  const message = property(answer, "DecodedMessage");
  const inner = typeof message === "string" ? jsonValue(message) : message;
  const decoded = typeof message === "string" || isObject(inner) ? inner : answer;
  const context = objectIn(decoded, "context");
  const action = textIn(context, "action");
  return action === undefined
    ? undefined
    : request(
        action,
        textIn(context, "resource"),
        textIn(objectIn(context, "principal"), "arn"),
        property(decoded, "explicitDeny") === true,
      );
}

/** How many messages of one text are read. */
const MAX_MESSAGES = 50;

/** The same in another wrapping than JSON's: a table, YAML, cut off, or several of them. */
function fromText(plain: string): DeniedRequest[] {
  const marks = [...plain.matchAll(/"explicitDeny"/g)].slice(0, MAX_MESSAGES);
  // What stands before the first is its own: the order of the names is AWS's, not JSON's.
  const starts = marks.map(({ index }, at) => (at === 0 ? 0 : index));
  return starts.flatMap((start, at) => {
    const part = plain.slice(start, starts[at + 1] ?? plain.length);
    const [, action] = /"action" ?: ?"([^"]{1,200})"/.exec(part) ?? [];
    if (action === undefined) {
      return [];
    }
    const [, resource] = /"resource" ?: ?"([^"]{1,2048})"/.exec(part) ?? [];
    const [, principal] = /"arn" ?: ?"([^"]{1,2048})"/.exec(part) ?? [];
    const read = request(action, resource, principal, /"explicitDeny" ?: ?true/.test(part));
    return read === undefined ? [] : [read];
  });
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
        // The message tells the statements that denied it, and not of which kind of policy they are.
        ...plainRequest(action),
        resource: plainText(resource),
        principal: plainText(principal),
        explicit,
      }
    : undefined;
}
