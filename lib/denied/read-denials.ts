import { credentialErrorIn } from "./credential-errors.js";
import { decodedRequest } from "./decoded-message.js";
import type { Denial, DeniedRequest, OtherDenial, PolicyKind } from "./denial.js";
import { plainLines } from "./plain-lines.js";

/** A longer text is no message any more. */
export const MAX_LENGTH = 262_144;

/** How many refusals of one text are answered. */
const MAX_DENIALS = 10;

/** How many sentences are looked at: more are the same ones over and over. */
const MAX_SENTENCES = 50;

/** A key of an object has at most 1,024 bytes, and no ARN is longer than the bucket's around it. */
const MAX_ARN = 2048;

/**
 * Reads what was refused out of a text as AWS or Remotion prints it: on one line or on several, in a stack trace or
 * a line of a log. Takes time in proportion to the text's length.
 *
 * @param text at most `MAX_LENGTH` characters
 * @returns each refusal once, in order; none where the text tells of none
 */
export function readDenials(text: string): Denial[] {
  const decoded = decodedRequest(text);
  if (decoded !== undefined) {
    return [decoded];
  }
  const lines = plainLines(text);
  // A terminal wraps between words or within one, indented or not: whichever makes most of the text is taken.
  const readings = [
    lines.join(" "),
    lines.join(""),
    lines.map((line) => line.trimStart()).join(""),
  ].map((reading) => requestsIn(reading.replace(/ {2,}/g, " ")));
  const most = Math.max(...readings.map(completeness));
  const requests = readings.find((reading) => completeness(reading) === most);
  if (requests !== undefined && requests.length > 0) {
    return distinct(requests.map(({ request }) => request));
  }
  const plain = lines.join(" ");
  const other = otherDenial(plain) ?? namedAction(plain);
  return other === undefined ? [] : [other];
}

/** A request, and how many of the parts of its sentence stand where they belong. */
interface ReadRequest {
  readonly request: DeniedRequest;
  readonly parts: number;
}

function completeness(requests: readonly ReadRequest[]): number {
  return requests.reduce((sum, { parts }) => sum + parts, 0);
}

function distinct(requests: readonly DeniedRequest[]): DeniedRequest[] {
  const byText = new Map(requests.map((request) => [JSON.stringify(request), request]));
  return [...byText.values()].slice(0, MAX_DENIALS);
}

const MARK = /not ?authorized ?to ?perform/gi;

/** Every sentence of IAM's, and what Remotion and Lambda make of them. */
function requestsIn(text: string): ReadRequest[] {
  const marks = [...text.matchAll(MARK)].slice(0, MAX_SENTENCES);
  const requests = marks.flatMap((mark, index): ReadRequest[] => {
    const end = mark.index + mark[0].length;
    const next = marks[index + 1]?.index ?? text.length;
    const before = text.slice(Math.max(0, mark.index - MAX_ARN), mark.index);
    const read = sentence(before, text.slice(end, Math.min(next, end + 2 * MAX_ARN)));
    return read === undefined ? [] : [read];
  });
  return requests.length > 0 ? requests : paraphrased(text);
}

/** What stands behind the mark: an action, and perhaps a resource. */
const REQUEST =
  /^ ?:? ?(?:the )?(?:action:? )?\[?["'`]?([a-z0-9-]{1,64}:[A-Za-z0-9]{1,128})["'`]?\]?(?: ?on ?(?:the )?resource ?\(?s?\)? ?:? ?(?:"([^"]{1,2048})"|'([^']{1,2048})'|((?:arn:|\*)[^\s"'<>]{0,2048})))?/;

/** The end of an ARN that is not quoted, where a line was joined to the next without a space. */
const GLUED = /(?:because(?:no)?|with(?:an)?(?:explicit)?)$/;

function sentence(before: string, after: string): ReadRequest | undefined {
  const [whole, action, double, single, bare] = REQUEST.exec(after) ?? [];
  if (whole === undefined || action === undefined) {
    return undefined;
  }
  const given = double ?? single ?? bare?.replace(GLUED, "").replace(/[.,;:)\]}]+$/, "");
  const resource = given === undefined || given === "" ? undefined : given;
  const reason = after.slice(whole.length, whole.length + 500);
  const policy = policyIn(reason);
  const principal = principalIn(before);
  const follows =
    /^[.,;)\]}"'`]*(?: ?because| ?with ?an ?explicit|$)/i.test(reason) ||
    GLUED.test(bare ?? "") ||
    policy === undefined;
  return {
    request: {
      kind: "request",
      action,
      resource,
      principal,
      isOfFunctions: false,
      policy,
      // KMS names every possible reason at once.
      explicit: /explicit/i.test(reason) && !/no ?resource-based ?policies/i.test(reason),
    },
    parts:
      1 +
      Number(resource !== undefined && follows) +
      // Keys may have spaces, but a line's end is the likelier reason for one.
      Number(resource !== undefined && !resource.includes(" ")) +
      Number(policy !== undefined) +
      Number(principal !== undefined && isNextTo(before, principal)),
  };
}

/** The words of IAM's messages for each kind of policy. */
const POLICIES: readonly (readonly [RegExp, PolicyKind])[] = [
  [/block ?public ?(?:access|acls|policy)/i, "S3 Block Public Access"],
  [/service ?control ?polic/i, "service control policy"],
  [/resource ?control ?polic/i, "resource control policy"],
  [/permissions? ?boundar/i, "permissions boundary"],
  [/session ?polic/i, "session policy"],
  [/vpc ?endpoint ?polic/i, "VPC endpoint policy"],
  [/trust ?polic/i, "role trust policy"],
  [/resource- ?based ?polic/i, "resource-based policy"],
  [/identity- ?based ?polic/i, "identity-based policy"],
];

/** The first kind of policy that a reason names; the ARN behind it may hold the name of another. */
function policyIn(reason: string): PolicyKind | undefined {
  const found = POLICIES.map(([pattern, kind]) => ({ at: reason.search(pattern), kind }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at);
  return found[0]?.kind;
}

const PRINCIPAL = /(arn:[a-z-]{1,20}:(?:iam|sts):[^\s"'<>,()]{1,2048}|\banonymous\b)/g;

/** Whoever stands last before the mark. */
function principalIn(before: string): string | undefined {
  const principal = [...before.matchAll(PRINCIPAL)].at(-1)?.[1];
  // Where lines were joined, the verb may stand at the end of the name.
  const isGlued = principal !== undefined && before.trimEnd().endsWith(principal);
  return isGlued ? principal.replace(/is$/, "") : principal;
}

function isNextTo(before: string, principal: string): boolean {
  return before.slice(before.lastIndexOf(principal) + principal.length).length <= 6;
}

/** What Lambda says of a role, with the service in capitals. */
const EXECUTION_ROLE =
  /execution role does not have permissions to call ([A-Za-z]{1,64}) on ([A-Za-z0-9]{1,32})/i;

/** What Remotion says where S3 tells it nothing but 403. */
const REMOTION_HEAD = /Unable to access item "([^"]{1,1024})" from bucket "([^"]{1,255})"/;

/** Requests that are told in other words than IAM's. */
function paraphrased(text: string): ReadRequest[] {
  const [, call, service] = EXECUTION_ROLE.exec(text) ?? [];
  if (call !== undefined && service !== undefined) {
    return [{ request: plainRequest(`${service.toLowerCase()}:${call}`, true), parts: 1 }];
  }
  const [, key, bucket] = REMOTION_HEAD.exec(text) ?? [];
  if (key !== undefined && bucket !== undefined) {
    const resource = `arn:aws:s3:::${bucket}/${key}`;
    // To a caller it says that "you" must have them.
    const isOfFunctions = /\brole must have permission/.test(text);
    return [{ request: { ...plainRequest("s3:GetObject", isOfFunctions), resource }, parts: 1 }];
  }
  return [];
}

function plainRequest(action: string, isOfFunctions: boolean): DeniedRequest {
  return {
    kind: "request",
    action,
    resource: undefined,
    principal: undefined,
    isOfFunctions,
    policy: undefined,
    explicit: false,
  };
}

/** What says that something was refused and not what, the most telling first. */
const OTHERS: readonly (readonly [RegExp, OtherDenial["kind"]])[] = [
  [/AccessControlListNotSupported|bucket does not allow ACLs/i, "bucket without ACLs"],
  [/cannot be assumed by Lambda/i, "role not assumable by Lambda"],
  [
    /No OpenIDConnect provider found|Incorrect token audience|InvalidIdentityToken/i,
    "token without a provider",
  ],
  [/Encoded authorization failure message/i, "encoded message"],
];

function otherDenial(text: string): OtherDenial | undefined {
  const known = OTHERS.find(([pattern]) => pattern.test(text));
  if (known !== undefined) {
    return { kind: known[1], code: undefined };
  }
  const code = credentialErrorIn(text);
  if (code !== undefined) {
    return { kind: "credentials", code };
  }
  return /Access ?Denied|Forbidden\b|\b403\b|UnauthorizedOperation|not authorized/i.test(text)
    ? { kind: "access denied", code: undefined }
    : undefined;
}

/** An action that stands alone, as in a note or a ticket. */
function namedAction(text: string): DeniedRequest | undefined {
  const [, action] =
    /(?:^|[\s"'`(])([a-z][a-z0-9-]{1,30}:[A-Z][A-Za-z]{2,80})(?![A-Za-z0-9:/])/.exec(text) ?? [];
  return action === undefined ? undefined : plainRequest(action, false);
}
