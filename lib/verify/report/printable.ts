/**
 * What a terminal obeys, and what is shown as nothing or as something else: control and format characters, of which
 * some change the direction of a text, separators of lines, halves of characters, and what XML cannot hold.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/**
 * What programs that run a pipeline obey in its log: `::error::` where a line begins with it, `##[group]` and
 * `##vso[…]` anywhere in a line.
 *
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
const COMMAND_AT_BEGINNING = /^(\s*):(?=:)/;
const COMMAND_ANYWHERE = /#(?=#[a-z]*\[)/gi;

/** One line with text from a file, as it may reach a terminal or the log of a pipeline. */
export function printable(line: string): string {
  return line
    .replace(UNPRINTABLE, escaped)
    .replace(COMMAND_ANYWHERE, escaped)
    .replace(COMMAND_AT_BEGINNING, (_match, space: string) => `${space}${escaped(":")}`);
}

/** The same of several lines: those of the text itself stay. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** A character as JSON and JavaScript write it. */
export function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, place) => `\\u${character.charCodeAt(place).toString(16).padStart(4, "0")}`,
  ).join("");
}
