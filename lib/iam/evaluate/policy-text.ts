import { malformedVariable } from "./errors.js";
import type { GlobPart } from "./glob.js";

/** A part of a policy's text: literal text, a wildcard, or a value that the request brings. */
export type TextPart =
  | GlobPart
  | { readonly variable: string; readonly fallback: string | undefined };

/** How a text of a policy is to be read. */
export interface TextSyntax {
  /** Whether `*` and `?` are wildcards or the characters themselves. */
  readonly wildcards: boolean;
  /** Whether `${…}` is a policy variable: only in a policy of version 2012-10-17. */
  readonly variables: boolean;
}

/** The variables with a fixed value, which write a character that would otherwise mean something. */
const ESCAPES = new Set(["*", "?", "$"]);

/**
 * Splits a text of a policy into literal text, wildcards and policy variables. `${*}`, `${?}` and
 * `${$}` become the character itself.
 *
 * @param where what the text is, as it begins an error message
 * @param whole what to quote in an error message, when the text is a part of it
 * @throws PolicyError when a `${` does not begin a policy variable
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseText(
  text: string,
  syntax: TextSyntax,
  where: string,
  whole = text,
): readonly TextPart[] {
  if (!/[*?$]/.test(text)) {
    return text === "" ? [] : [{ text }];
  }
  const parts: TextPart[] = [];
  let literal = "";
  const closeLiteral = (): void => {
    if (literal !== "") {
      parts.push({ text: literal });
      literal = "";
    }
  };
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? "";
    if (syntax.variables && character === "$" && text[at + 1] === "{") {
      const end = text.indexOf("}", at + 2);
      const inside = end === -1 ? "" : text.slice(at + 2, end);
      if (ESCAPES.has(inside)) {
        literal += inside;
      } else {
        const variable = parseVariable(inside);
        if (variable === undefined) {
          throw malformedVariable(where, whole);
        }
        closeLiteral();
        parts.push(variable);
      }
      at = end + 1;
      continue;
    }
    if (syntax.wildcards && (character === "*" || character === "?")) {
      closeLiteral();
      parts.push({ wildcard: character });
    } else {
      literal += character;
    }
    at += 1;
  }
  closeLiteral();
  return parts;
}

/** The variable written between the braces, or undefined when it is none. */
function parseVariable(inside: string): Extract<TextPart, { variable: string }> | undefined {
  const comma = inside.indexOf(",");
  const key = comma === -1 ? inside : inside.slice(0, comma);
  if (key === "" || /\s/.test(key)) {
    return undefined;
  }
  if (comma === -1) {
    return { variable: key.toLowerCase(), fallback: undefined };
  }
  const quoted = inside.slice(comma + 1).trim();
  if (quoted.length < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
    return undefined;
  }
  return { variable: key.toLowerCase(), fallback: quoted.slice(1, -1) };
}
