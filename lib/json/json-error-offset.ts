/* Each matches where the search stands, and in one way only: no character is looked at twice. */
const WHITE_SPACE = /[ \t\r\n]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What may come next. */
type Expected = "value" | "value-or-end" | "key" | "key-or-end" | "comma-or-end";

/**
 * Where a text stops being JSON; undefined where it does not. Only for texts that `JSON.parse` has
 * refused: it says so faster, but not where.
 */
export function jsonErrorOffset(text: string): number | undefined {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = skip(WHITE_SPACE, text, 0);
  while (expected !== "comma-or-end" || open.length > 0) {
    const character = text[at];
    const container = open.at(-1);
    if (expected === "comma-or-end") {
      if (character === ",") {
        expected = container === "{" ? "key" : "value";
      } else if (character === (container === "{" ? "}" : "]")) {
        open.pop();
      } else {
        return at;
      }
      at += 1;
    } else if (expected === "key" || expected === "key-or-end") {
      if (character === "}" && expected === "key-or-end") {
        open.pop();
        expected = "comma-or-end";
        at += 1;
      } else {
        const { end, valid } = string(text, at);
        const colon = valid ? skip(WHITE_SPACE, text, end) : end;
        if (!valid || text[colon] !== ":") {
          return colon;
        }
        expected = "value";
        at = colon + 1;
      }
    } else if (character === "]" && expected === "value-or-end") {
      open.pop();
      expected = "comma-or-end";
      at += 1;
    } else if (character === "{" || character === "[") {
      open.push(character);
      expected = character === "{" ? "key-or-end" : "value-or-end";
      at += 1;
    } else {
      const { end, valid } = character === '"' ? string(text, at) : scalar(text, at);
      if (!valid) {
        return end;
      }
      expected = "comma-or-end";
      at = end;
    }
    at = skip(WHITE_SPACE, text, at);
  }
  return at < text.length ? at : undefined;
}

interface Scanned {
  /** Just after what was scanned, or where it went wrong. */
  readonly end: number;
  readonly valid: boolean;
}

function string(text: string, from: number): Scanned {
  if (text[from] !== '"') {
    return { end: from, valid: false };
  }
  let at = from + 1;
  while (at < text.length && text[at] !== '"') {
    const end = text[at] === "\\" ? skip(ESCAPE, text, at) : at + 1;
    if (end === at || text.charCodeAt(at) < 0x20) {
      return { end: at, valid: false };
    }
    at = end;
  }
  return { end: Math.min(at + 1, text.length), valid: at < text.length };
}

function scalar(text: string, from: number): Scanned {
  const end = skip(SCALAR, text, from);
  return { end, valid: end > from };
}

/** Index just after a match of a sticky pattern; `from` where it does not match. */
function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
