import { DefaultTokenResolver, StringConcat, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/** What a number that only Terraform knows looks like inside a text, whatever stands around it. */
const ENCODED_NUMBER = /\d\.\d{9,}e\+\d{3}/;

/** What ends a text so that a token behind it would be read as something else. */
const ESCAPING_END = /[$%\\]$/;

/** The parts of a text that are known, in order, with a token between each two. */
export function knownParts(text: string): string[] {
  const parts = [""];
  for (const piece of piecesOf(text)) {
    if (Token.isUnresolved(piece)) {
      parts.push("");
    } else {
      parts.push(`${parts.pop() ?? ""}${piece}`);
    }
  }
  return parts;
}

/** Known texts and encoded tokens, as they follow one another. */
function piecesOf(text: string): unknown[] {
  const joined: unknown = Tokenization.reverseString(text).join({
    join: (left: unknown, right: unknown) => [...(Array.isArray(left) ? left : [left]), right],
  });
  return Array.isArray(joined) ? joined : [joined];
}

/** Whether the known parts of a text say in Terraform's quotes what they say here. */
export function isSafeInQuotes(parts: readonly string[]): boolean {
  return (
    parts.every((part) => !/["\\\p{Cc}]|[$%]\{/u.test(part)) &&
    parts.slice(0, -1).every((part) => !ESCAPING_END.test(part))
  );
}

/** Whether a number that only Terraform knows was written into a text, where CDKTF looks for it. */
export function holdsEncodedNumber(text: string): boolean {
  return ENCODED_NUMBER.test(text);
}

/** A text with its tokens as Terraform will read them: `${var.stage}-videos`. */
export function shownTokens(scope: IConstruct, text: string): string {
  return Token.isUnresolved(text) ? String(resolved(scope, text) ?? "${…}") : text;
}

/** What CDKTF will write for a value; undefined where that cannot be told yet. */
export function resolved(scope: IConstruct, value: unknown): unknown {
  try {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return Tokenization.resolve(value, { scope, resolver, preparing: false });
  } catch {
    return undefined;
  }
}
