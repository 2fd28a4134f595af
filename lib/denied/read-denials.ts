import { decodedRequests } from "./decoded-message.js";
import type { Denial, DeniedRequest } from "./denial.js";
import { namedActions } from "./named-actions.js";
import { accessDenied, isRefused, otherDenials } from "./other-denials.js";
import { paraphrased } from "./paraphrases.js";
import { plainLines } from "./plain-lines.js";
import { policyIn } from "./policy-words.js";
import { reportedRequests } from "./reported-calls.js";

/** A longer text is no message any more. */
export const MAX_LENGTH = 262_144;

/** How many refusals of one text are told apart at most. */
const MAX_DENIALS = 1000;

/** How many sentences are looked at: a log has the same ones over and over, and another one at its end. */
const MAX_SENTENCES = 2000;

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
  const lines = plainLines(text);
  const decoded = decodedRequests(text, lines);
  if (decoded.length > 0) {
    return distinct(decoded);
  }
  const plain = lines.join(" ");
  const others = otherDenials(plain);
  const isOfEnvironment = others.some(({ kind }) => kind === "environment of a function");
  const requests = sentences(lines).filter(
    // That Lambda asked KMS is told by the other refusal, whose key is no bucket's.
    ({ action }) => !(isOfEnvironment && action.startsWith("kms:")),
  );
  const reported = reportedRequests(text);
  if (reported !== undefined) {
    return distinct([...requests, ...reported]);
  }
  if (requests.length > 0 || others.length > 0) {
    return distinct([...requests, ...others]);
  }
  const named = namedActions(lines, isRefused(lines) ? "Remotion's services" : "all");
  return distinct(named.length === 0 && isRefused(lines) ? [accessDenied(plain)] : named);
}

/** A terminal wraps between words or within one, indented or not: whichever makes most of the text is taken. */
function sentences(lines: readonly string[]): DeniedRequest[] {
  const readings = [
    lines.join(" "),
    lines.join(""),
    lines.map((line) => line.trimStart()).join(""),
  ].map((reading) => requestsIn(reading.replace(/ {2,}/g, " ")));
  const most = Math.max(...readings.map(completeness));
  const requests = readings.find((reading) => completeness(reading) === most) ?? [];
  return requests.map(({ request }) => request);
}

/** A request, and how many of the parts of its sentence stand where they belong. */
interface ReadRequest {
  readonly request: DeniedRequest;
  readonly parts: number;
}

function completeness(requests: readonly ReadRequest[]): number {
  return requests.reduce((sum, { parts }) => sum + parts, 0);
}

function distinct(denials: readonly Denial[]): Denial[] {
  const byText = new Map(denials.map((denial) => [JSON.stringify(denial), denial]));
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
  return requests.length > 0
    ? requests
    : paraphrased(text).map((request) => ({ request, parts: 1 }));
}

/** What stands behind the mark: an action, and perhaps a resource, in which somebody may have put <a name>. */
const REQUEST =
  /^ ?:? ?(?:the )?(?:action:? )?\[?["'*]{0,3}([a-z0-9-]{1,64}:[A-Za-z0-9]{1,128})["'*]{0,3}\]?(?: ?on ?(?:the )?resource ?\(?s?\)? ?:? ?(?:" ?([^"]{1,2048})"|' ?([^']{1,2048})'|((?:arn:|\*)(?:[^\s"'<>]|(?<=[:/_-])<[A-Za-z][^<>"]{0,40}>){0,2048})))?/;

/** The end of an ARN that is not quoted, where a line was joined to the next without a space. */
const GLUED = /(?:because(?:no)?|with(?:an)?(?:explicit)?)$/;

function sentence(before: string, after: string): ReadRequest | undefined {
  const [whole, action, double, single, bare] = REQUEST.exec(after) ?? [];
  if (whole === undefined || action === undefined) {
    return undefined;
  }
  const given =
    (double ?? single)?.trimEnd() ?? bare?.replace(GLUED, "").replace(/[.,;:)\]}]+$/, "");
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

const PRINCIPAL =
  /(arn:[a-z-]{1,20}:(?:iam|sts):(?:[^\s"'<>,()]|(?<=[:/_-])<[A-Za-z][^<>"]{0,40}>){1,2048}|\banonymous\b)/g;

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
