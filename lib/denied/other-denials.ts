import { credentialErrorIn } from "./credential-errors.js";
import type { OtherDenial } from "./denial.js";
import { operationIn } from "./operations.js";

const UNREADABLE_ENVIRONMENT = /unable to decrypt the environment variables/i;

/** What says that something was refused and not what. */
const OTHERS: readonly (readonly [RegExp, OtherDenial["kind"]])[] = [
  [/AccessControlListNotSupported|bucket does not allow ACLs/i, "bucket without ACLs"],
  [/cannot be assumed by Lambda/i, "role not assumable by Lambda"],
  [/Cross-account pass role is not allowed/i, "role of another account"],
  [/DurationSeconds exceeds the (?:MaxSessionDuration|1 hour session limit)/i, "session too long"],
  [
    /No OpenIDConnect provider found|Incorrect token audience|InvalidIdentityToken/i,
    "token without a provider",
  ],
  [/Encoded authorization failure message/i, "encoded message"],
  [UNREADABLE_ENVIRONMENT, "environment of a function"],
];

/** Every such refusal of a text, and what its credentials lack. */
export function otherDenials(text: string): OtherDenial[] {
  const known = OTHERS.filter(([pattern]) => pattern.test(text)).map(([, kind]) => ({
    kind,
    code: undefined,
  }));
  // KMS answers a role that was made anew as it answers somebody without credentials.
  const code = UNREADABLE_ENVIRONMENT.test(text) ? undefined : credentialErrorIn(text);
  return [...known, ...(code === undefined ? [] : [{ kind: "credentials" as const, code }])];
}

/** A 403 of HTTP's, and not a line of a file or how many frames were rendered. */
const STATUS_403 =
  /(?:status[ _-]?(?:code)?|http(?:\/[0-9](?:\.[0-9])?)?|code|error|response)(?: of| was| is)?["']?[ :=]{1,3}["']?403\b|\(403\)|\b403[ :,-]{1,3}(?:Access|Forbidden)/i;

/** Whether a text says at all that something was refused. */
export function isRefused(lines: readonly string[]): boolean {
  // A registry of packages is not AWS.
  const text = lines.filter((line) => !/^npm (?:ERR!|error|http)/.test(line)).join(" ");
  return (
    /Access ?Denied|\bForbidden\b|UnauthorizedOperation|not authorized/i.test(text) ||
    STATUS_403.test(text)
  );
}

/** IAM's sentence, whose action somebody or a column left out. */
const CUT_OFF =
  /not authorized to perform ?: ?(?:\u2026|\.\.\.|<[^>]{0,40}>|[a-z0-9-]{0,64}:?["'}\]]?$)/i;

/** A refusal of which the text tells the operation at most. */
export function accessDenied(text: string): OtherDenial {
  if (CUT_OFF.test(text)) {
    return { kind: "cut off message", code: undefined };
  }
  return { kind: "access denied", code: operationIn(text) };
}
