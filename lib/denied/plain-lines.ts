/** What a terminal obeys, and shows not: colours, titles, moves of the cursor. */
const TERMINAL_SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /\u001b(?:\[[0-9;?]*[ -/]*[@-~]?|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])|\u009b[0-9;?]*[@-~]?/g;

/** What is left of a colour where the character before it got lost. */
const LOST_COLOURS = /\[[0-9;]{1,12}m/g;

/** Control characters, and those that change the direction of a text or have no width. */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Escapes of JSON's and JavaScript's, escaped up to four times. Without a limit the time would be quadratic. */
const ESCAPES = /\\{1,16}(?:u001[bB]|x1[bB]|033|e(?=\[))/g;

/** How quotes are written in JSON, XML and by word processors. */
const QUOTES: readonly (readonly [RegExp, string])[] = [
  [/\\{1,16}"|&quot;|&#34;|[\u201c\u201d\u201e\u00ab\u00bb]/g, '"'],
  [/\\{1,16}'|&apos;|&#39;|[\u2018\u2019\u201a]/g, "'"],
];

/** What quotations and boxes begin a line with. */
const MARGIN = /^(?:[ \t]{0,8}[>|\u2502]){1,4}/;

/**
 * The lines of a text without anything but the text: no colours, no control characters, straight quotes, single
 * spaces, and what a log had escaped as it was. An indented line begins with a space.
 */
export function plainLines(text: string): string[] {
  const unescaped = QUOTES.reduce(
    (plain, [pattern, quote]) => plain.replace(pattern, quote),
    text
      .replace(ESCAPES, "\u001b")
      .replace(/\\{1,16}[nr](?![a-z])/g, "\n")
      .replace(/\\{1,16}t(?![a-z])/g, " "),
  );
  return unescaped
    .replace(TERMINAL_SEQUENCES, "")
    .replace(LOST_COLOURS, "")
    .split(/[\n\r\u0085\u2028\u2029]+/)
    .map((line) =>
      line
        .replace(MARGIN, "")
        .replace(/[\t\u00a0\u2000-\u200a\u202f\u3000]/g, " ")
        .replace(UNPRINTABLE, "")
        .replace(/ {2,}/g, " "),
    )
    .filter((line) => line !== "");
}
