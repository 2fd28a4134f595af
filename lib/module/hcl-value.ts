import { isJsonObject, type JsonValue } from "./json-value.js";
import { parseTemplate, soleExpression } from "./template.js";

/** A list of plain values stays on one line up to this many characters. */
const LINE_WIDTH = 80;

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** Identifiers that begin something else where an object's key may stand. */
const KEYWORDS = new Set(["for", "if", "in", "null", "true", "false"]);

/** How a value's strings are meant, and what is said above its parts. */
export interface HclValueOptions {
  /** Whether `${…}` in a string is an expression, or characters like any other. @default true */
  readonly templates?: boolean;
  /** JSON pointer below this value → comment. @default none */
  readonly comments?: ReadonlyMap<string, string>;
}

/**
 * A value of Terraform's JSON syntax as lines of HCL, unindented. A string that is one `${…}` becomes
 * the bare expression; objects take a line an entry.
 */
export function hclValue(value: JsonValue, options: HclValueOptions = {}, pointer = ""): string[] {
  if (typeof value === "string") {
    return options.templates === false ? [quoted(value)] : hclTemplate(value);
  }
  if (Array.isArray(value)) {
    return hclList(value, options, pointer);
  }
  if (isJsonObject(value)) {
    return hclObject(value, options, pointer);
  }
  return [JSON.stringify(value)];
}

/** A key of an object or map: bare where HCL allows it, in parentheses where it is an expression. */
function hclKey(key: string, templates: boolean): string {
  if (IDENTIFIER.test(key) && !KEYWORDS.has(key)) {
    return key;
  }
  if (!templates) {
    return quoted(key);
  }
  const expression = soleExpression(key);
  return expression === undefined ? hclTemplate(key).join("") : `(${expression})`;
}

/** Text as a quoted string with no templates in it. */
export function quoted(text: string): string {
  return `"${escapeQuotes(text.replace(/([$%])\{/g, "$1$1{"))}"`;
}

/**
 * Text as a heredoc, folded at its spaces: line breaks stand for them, and one more at the end. The items of a list
 * (`- …`) begin lines of their own. A text whose white space means something stays in quotes.
 */
export function hclHeredoc(text: string, width: number): string[] {
  const paragraphs = text.split(/\n(?=- )/);
  if (paragraphs.some((paragraph) => /\s\s|[^\S ]|^ | $/.test(paragraph))) {
    return [quoted(text)];
  }
  const lines = paragraphs.flatMap((paragraph) => {
    const words = paragraph.replace(/([$%])\{/g, "$1$1{").split(" ");
    const [first = "", ...more] = folded(words, paragraphs.length > 1 ? width - 2 : width);
    return [first, ...(paragraph.startsWith("- ") ? indent(more) : more)];
  });
  return ["<<-EOT", ...indent(lines), "EOT"];
}

/** A comment as `#` lines, folded at about the width of the page. */
export function hclComment(text: string, width = 110): string[] {
  return folded(text.split(/\s+/), width - 2).map((line) => `# ${line}`);
}

/** Words on as few lines as take them. */
function folded(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line === undefined || `${line} ${word}`.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = `${line} ${word}`;
    }
  }
  return lines;
}

/** Lines moved in by one level. */
export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? line : `  ${line}`));
}

/** `name = value`, over as many lines as the value takes. */
export function hclArgument(name: string, value: readonly string[]): string[] {
  const [first = "", ...rest] = value;
  return [`${name} = ${first}`, ...rest];
}

function hclTemplate(text: string): string[] {
  const expression = soleExpression(text);
  if (expression !== undefined) {
    return expression.split("\n");
  }
  const parts = parseTemplate(text).map(({ kind, text: part }) => {
    if (kind === "literal") {
      return escapeQuotes(part);
    }
    return kind === "interpolation" ? `\${${part}}` : `%{${part}}`;
  });
  return `"${parts.join("")}"`.split("\n");
}

/** The escapes that HCL knows; every other control character goes by its number. */
const ESCAPES: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escapeQuotes(text: string): string {
  return text.replace(
    /[\\"\p{Cc}]/gu,
    (character) =>
      ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function hclList(
  values: readonly JsonValue[],
  options: HclValueOptions,
  pointer: string,
): string[] {
  const items = values.map((value, index) => hclValue(value, options, `${pointer}/${index}`));
  const oneLine = `[${items.flat().join(", ")}]`;
  const plain = values.every((value) => typeof value !== "object" || value === null);
  if (plain && items.every((item) => item.length === 1) && fits(oneLine, items.length)) {
    return [oneLine];
  }
  return ["[", ...indent(items.flatMap(withComma)), "]"];
}

function fits(line: string, items: number): boolean {
  return items <= 1 || line.length <= LINE_WIDTH;
}

function withComma(lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === lines.length - 1 ? `${line},` : line));
}

function hclObject(
  value: Readonly<Record<string, JsonValue>>,
  options: HclValueOptions,
  pointer: string,
): string[] {
  const comment = pointer === "" ? undefined : options.comments?.get(pointer);
  const entries = Object.entries(value).flatMap(([key, inner]) =>
    hclArgument(
      hclKey(key, options.templates !== false),
      hclValue(inner, options, `${pointer}/${key}`),
    ),
  );
  const lines = [...(comment === undefined ? [] : hclComment(comment)), ...entries];
  return lines.length > 0 ? ["{", ...indent(lines), "}"] : ["{}"];
}
