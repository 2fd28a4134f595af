/**
 * A statement as somebody else writes it: only what is compared is known of it, and anything may be
 * missing.
 */
export interface PublishedStatement {
  readonly Sid?: string;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

/** A policy document as somebody else writes it. */
export interface PublishedPolicy {
  readonly Version?: string;
  readonly Statement: readonly PublishedStatement[];
}

/** Visible ASCII and space: what goes into a terminal or an issue as it is. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Reads a policy document that a release printed; `undefined` where it is none. */
export function parsePublishedPolicy(printed: unknown): PublishedPolicy | undefined {
  try {
    const document: unknown = JSON.parse(String(printed), (key, value) => {
      if (![key, value].every((text) => typeof text !== "string" || PLAIN.test(text))) {
        throw new SyntaxError("not plain text");
      }
      return value;
    });
    return isPolicy(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function isPolicy(value: unknown): value is PublishedPolicy {
  return (
    isRecord(value) && Array.isArray(value["Statement"]) && value["Statement"].every(isStatement)
  );
}

function isStatement(value: unknown): value is PublishedStatement {
  return (
    isRecord(value) &&
    ["undefined", "string"].includes(typeof value["Sid"]) &&
    isTexts(value["Action"]) &&
    isTexts(value["Resource"])
  );
}

function isTexts(value: unknown): boolean {
  return (Array.isArray(value) ? value : [value ?? ""]).every((text) => typeof text === "string");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
