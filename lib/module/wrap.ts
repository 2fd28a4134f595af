import { type Group, groupsIn, isWhole, splitAt } from "./nesting.js";
import { endOfQuotes, parseTemplate, soleExpression, type TemplatePart } from "./template.js";

/** No line of HCL is longer, where it can be broken. */
export const PAGE_WIDTH = 120;

/** An argument's name or a condition's keyword; the value; and what stands behind it on the line. */
interface Line {
  readonly head: string;
  readonly value: string;
  readonly tail: string;
  /** Columns that are left for it. */
  readonly width: number;
}

/**
 * A line of HCL over several lines that mean the same: the items of a bracket take a line each, and a text
 * becomes `join("", [...])` of its parts.
 *
 * @returns undefined where there is no place to break it
 */
export function wrapLine(line: string): readonly string[] | undefined {
  const margin = /^ */.exec(line)?.[0] ?? "";
  const body = line.slice(margin.length);
  const parts = partsOf(body, PAGE_WIDTH - margin.length);
  if (body.startsWith("#") || !isWhole(parts.value) || splitAt(parts.value, " = ").length > 1) {
    return undefined;
  }
  const wrapped =
    wrapText(parts) ??
    wrapCondition(parts) ??
    wrapFor(parts) ??
    wrapOperators(parts) ??
    wrapBracket(parts);
  return wrapped?.map((each) => `${margin}${each}`);
}

function partsOf(body: string, width: number): Line {
  const [start = ""] = /^(?:(?:[\w-]+|"[^"]*") += +|if )/.exec(body) ?? [];
  const rest = body.slice(start.length);
  // Over several lines, an argument is aligned with none.
  const head = start.replace(/ += +$/, " = ");
  const [tail = ""] = /(?:,| &&| \|\|| :)?(?: ?[[{(]+)?$/.exec(rest) ?? [];
  return { head, value: rest.slice(0, rest.length - tail.length), tail, width };
}

/** A text at its spaces, with as much on each line as it takes. */
function wrapText({ head, value, tail, width }: Line): readonly string[] | undefined {
  if (!value.startsWith('"') || endOfQuotes(value, 0) !== value.length) {
    return undefined;
  }
  const parts = parseTemplate(value.slice(1, -1));
  if (parts.some(({ kind, text }) => kind === "directive" || /^~|~$/.test(text))) {
    return undefined;
  }
  const room = width - '  "",'.length;
  // A text that is too long for what stands before it alone is cut in halves.
  const items = textItems(parts, value.length > room ? room : value.length / 2 + 10, room / 2);
  return items.length > 1
    ? [`${head}join("", [`, ...items.map((item) => `  ${item},`), `])${tail}`]
    : undefined;
}

/** A part of a text that is not cut: a word with the space behind it, or an expression. */
interface Piece {
  readonly text: string;
  /** What ends with it, so that a cut behind it tears nothing apart. */
  readonly ends?: "sentence" | "clause" | undefined;
}

/** A line that is cut at such an end is at least so much of one that is full. */
const SHORTEST_LINE = 0.4;

/**
 * The parts of a text as items of a list, cut where a sentence or a clause ends, or else between words.
 *
 * @param room characters of an item
 * @param longest an expression of more characters is an item by itself
 */
function textItems(parts: readonly TemplatePart[], room: number, longest: number): string[] {
  const items: string[] = [];
  let line: Piece[] = [];
  const close = (pieces: readonly Piece[]) => {
    const text = textOf(pieces);
    if (text !== "") {
      items.push(soleExpression(text) ?? `"${text}"`);
    }
  };
  for (const { kind, text } of parts) {
    const isLong = kind === "interpolation" && text.length > longest;
    if (isLong) {
      close(line);
      close([{ text: `\${${text}}` }]);
      line = [];
      continue;
    }
    for (const piece of kind === "literal" ? wordsOf(text) : [{ text: `\${${text}}` }]) {
      while (line.length > 0 && textOf([...line, piece]).length > room) {
        const cut = cutOf(line, room);
        close(line.slice(0, cut));
        line = line.slice(cut);
      }
      line.push(piece);
    }
  }
  close(line);
  return items;
}

function wordsOf(text: string): Piece[] {
  return text.split(/(?<= )/).map((word) => ({
    text: word,
    ends: /[.:;] $/.test(word) ? "sentence" : word.endsWith(", ") ? "clause" : undefined,
  }));
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

/** How many pieces of a full line stay on it: those up to the last end of a sentence, or else of a clause. */
function cutOf(line: readonly Piece[], room: number): number {
  const cuts = (["sentence", "clause"] as const).map(
    (end) => line.findLastIndex(({ ends }) => ends === end) + 1,
  );
  const isLong = (cut: number) => textOf(line.slice(0, cut)).length >= room * SHORTEST_LINE;
  return cuts.find(isLong) ?? line.length;
}

/** `… if …`, as it stands in a `for`. */
function wrapCondition({ head, value, tail }: Line): readonly string[] | undefined {
  const [made, condition] = splitAt(value, " if ", 1);
  return condition === undefined || head !== "" ? undefined : [`${made}`, `if ${condition}${tail}`];
}

/** `for … : …`, in the brackets of what it makes or before that. */
function wrapFor({ value, tail, ...line }: Line): readonly string[] | undefined {
  if (value.startsWith("for ") && tail.startsWith(" : ")) {
    // A line that closes one bracket and opens another is indented by neither.
    return [`${value} :`, tail.slice(" : ".length)];
  }
  const [header, made] = value.startsWith("for ") ? splitAt(value, " : ", 1) : [];
  if (header === undefined || made === undefined) {
    return undefined;
  }
  const isSmall = made.length <= SHORT_ITEMS && `${header} :`.length > line.width;
  const ofHeader = isSmall
    ? wrapBracket({ ...line, value: header, tail: ` : ${made}${tail}` })
    : undefined;
  if (ofHeader !== undefined) {
    return ofHeader;
  }
  // A call that fits on a line of its own is not torn apart.
  const fits = /^!?\w+\(/.test(made) && made.length + tail.length <= line.width;
  const isBracket =
    !fits &&
    /^\w*[([{]/.test(made) &&
    OPERATORS.every((operator) => splitAt(made, operator).length === 1);
  const ofBracket = isBracket
    ? wrapBracket({ ...line, head: `${header} : `, value: made, tail })
    : undefined;
  return ofBracket ?? [`${header} :`, `${made}${tail}`];
}

/** What joins conditions, the looser one first. */
const OPERATORS = [" || ", " && "];

/** Conditions, a line each. Without brackets around it the line would end there, so an argument gets a pair. */
function wrapOperators({ head, value, tail }: Line): readonly string[] | undefined {
  for (const operator of OPERATORS) {
    const parts = splitAt(value, operator);
    if (parts.length > 1) {
      const lines = parts.map((part, index) =>
        index < parts.length - 1 ? `${part}${operator.trimEnd()}` : part,
      );
      return head.endsWith("= ")
        ? [`${head}(`, ...lines.map((line) => `  ${line}`), `)${tail}`]
        : `${head}${lines.join("\n")}${tail}`.split("\n");
    }
  }
  return undefined;
}

/** The longest of the brackets, with a line for each item. */
function wrapBracket({ head, value, tail, width }: Line): readonly string[] | undefined {
  const [longest] = groupsIn(value).sort((one, other) => lengthOf(other) - lengthOf(one));
  if (longest === undefined) {
    return undefined;
  }
  const group = openedWith(value, longest);
  const items = itemsOf(value, group);
  const before = `${head}${value.slice(0, group.open + 1)}`;
  const behind = `${value.slice(group.close)}${tail}`;
  const [only = "", ...others] = items;
  if (value[group.open] === "[" && others.length === 0 && only.length > width - "  ".length) {
    const joined = wrapText({ head: before, value: only.slice(0, -1), tail: behind, width });
    if (joined !== undefined) {
      return joined;
    }
  }
  return items.length === 0 ? undefined : [before, ...items.map((item) => `  ${item}`), behind];
}

function lengthOf({ open, close }: Group): number {
  return close - open;
}

/** What stands before the last item of a call may stay on its first line up to this many characters. */
const SHORT_ITEMS = 30;

/** The bracket inside a bracket that can be opened on the same line, as in `flatten([` and `join(", ", [`. */
function openedWith(value: string, group: Group): Group {
  const inside = value.slice(group.open + 1, group.close);
  const items = splitAt(inside, ", ");
  const last = items.at(-1) ?? "";
  const start = inside.length - last.length;
  const [only] = groupsIn(last);
  if (value[group.open] === "[" && inside.startsWith("[") && only?.close === inside.length - 1) {
    return { open: group.open + 1, close: group.close - 1 };
  }
  const isBracket = only !== undefined && only.close === last.length - 1;
  const mayBeCall = items.length === 1;
  const begins = mayBeCall ? /^\w*[([{]/ : /^[[{]/;
  if (value[group.open] !== "(" || !isBracket || !begins.test(last) || start > SHORT_ITEMS) {
    return group;
  }
  const shift = group.open + 1 + start;
  return openedWith(value, { open: only.open + shift, close: only.close + shift });
}

function itemsOf(value: string, { open, close }: Group): readonly string[] {
  const inside = value.slice(open + 1, close).trim();
  if (inside === "" || inside.startsWith("for ")) {
    return inside === "" ? [] : [inside];
  }
  const items = splitAt(inside, ", ");
  const isCall = value[open] === "(" && /\w/.test(value[open - 1] ?? "");
  if (value[open] === "{" || !(isCall || value[open] === "[")) {
    return items;
  }
  return items.map((item) => (item.endsWith("...") ? item : `${item},`));
}
