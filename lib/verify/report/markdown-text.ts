import { escaped, printable } from "./printable.js";

/** How much of a text a cell of a table holds. */
const LONGEST = 240;

/** Words that mean nothing to whatever shows Markdown: no names, numbers, addresses or signs. */
const WORDS =
  /^\(?[A-Za-z]+(?:['-][A-Za-z]+)*[,.;:)]*(?: \(?[A-Za-z]+(?:['-][A-Za-z]+)*[,.;:)]*)*$/;

/**
 * Text from a file as code, where nothing is markup: no link, no mention, no HTML. What would end the code or the
 * cell of a table is escaped as JavaScript does.
 */
export function code(text: string): string {
  const shown = printable(text.trim()).replace(/[`|]/g, escaped);
  return `\`${shown === "" ? "(without a name)" : cut(shown)}\``;
}

/** A sentence: as it is where it is nothing but words, as code where not. */
export function sentence(text: string): string {
  return WORDS.test(text) && text.length <= LONGEST ? text : code(text);
}

function cut(text: string): string {
  // Not in the middle of a character that JavaScript counts as two.
  return text.length > LONGEST
    ? `${text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "")}…`
    : text;
}
