import { malformedVariable } from "./errors.js";
import type { GlobPart } from "./glob.js";
import type { UnknownPart } from "./unknown-part.js";

/** A value that the request brings. */
export interface VariablePart {
  /** The context key, in lower case. */
  readonly variable: string;
  /** The context key as the policy writes it. */
  readonly written: string;
  readonly fallback: string | undefined;
}

/** A stretch of text that is not told. */
export interface HolePart {
  readonly hole: UnknownPart;
}

/** A part of a policy's text: literal text, a wildcard, a variable, or what is not told. */
export type TextPart = GlobPart | VariablePart | HolePart;

/** How a text of a policy is to be read. */
export interface TextSyntax {
  /** Whether `*` and `?` are wildcards or the characters themselves. */
  readonly wildcards: boolean;
  /**
   * Whether `${…}` is a policy variable: only in a policy of version 2012-10-17. What is not told
   * here, where the version is not told.
   */
  readonly variables: boolean | UnknownPart;
}

/** The variables with a fixed value, which write a character that would otherwise mean something. */
const ESCAPES = new Set(["*", "?", "$"]);

/**
 * Splits a text of a policy into literal text, wildcards and policy variables. `${*}`, `${?}` and
 * `${$}` become the character itself. Where nobody can tell whether there are variables, what would be
 * one is a hole.
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
    if (syntax.variables !== false && character === "$" && text[at + 1] === "{") {
      const end = text.indexOf("}", at + 2);
      const inside = end === -1 ? "" : text.slice(at + 2, end);
      if (syntax.variables !== true) {
        closeLiteral();
        parts.push({ hole: syntax.variables });
        if (end === -1) {
          return parts;
        }
      } else if (ESCAPES.has(inside)) {
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

/**
 * Splits a text that is known in part, as `parseText` does for one that is known.
 *
 * @throws PolicyError when a `${` in a known piece does not begin a policy variable
 */
export function parsePieces(
  part: UnknownPart,
  syntax: TextSyntax,
  where: string,
): readonly TextPart[] {
  const { pieces } = part;
  if (pieces === undefined) {
    return [{ hole: part }];
  }
  const known = syntax.variables === false ? pieces : withoutBrokenVariables(pieces);
  const parts: TextPart[] = [];
  for (const [index, piece] of known.entries()) {
    if (index > 0) {
      parts.push({ hole: part });
    }
    for (const one of parseText(piece, syntax, where)) {
      parts.push(one);
    }
  }
  return parts;
}

/**
 * The pieces without the variables that have a hole in them: that hole stands for the whole variable.
 * Cut off are also a `$` before a hole, which may begin one, and what is before a `}` that closes
 * none.
 */
function withoutBrokenVariables(pieces: readonly string[]): readonly string[] {
  let isOpen = false;
  return pieces.map((piece, index) => {
    let known = piece;
    if (index > 0) {
      const close = known.indexOf("}");
      const open = known.indexOf("${");
      if (close !== -1 && (isOpen || open === -1 || close < open)) {
        known = known.slice(close + 1);
        isOpen = false;
      }
    }
    if (isOpen) {
      return "";
    }
    if (index < pieces.length - 1) {
      const open = known.lastIndexOf("${");
      isOpen = open !== -1 && !known.includes("}", open);
      known = isOpen ? known.slice(0, open) : known;
      known = known.endsWith("$") ? known.slice(0, -1) : known;
    }
    return known;
  });
}

/** The variable written between the braces, or undefined when it is none. */
function parseVariable(inside: string): VariablePart | undefined {
  const comma = inside.indexOf(",");
  const key = comma === -1 ? inside : inside.slice(0, comma);
  if (key === "" || /[\s${]/.test(key)) {
    return undefined;
  }
  if (comma === -1) {
    return { variable: key.toLowerCase(), written: key, fallback: undefined };
  }
  const quoted = inside.slice(comma + 1).trim();
  if (quoted.length < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) {
    return undefined;
  }
  return { variable: key.toLowerCase(), written: key, fallback: quoted.slice(1, -1) };
}
