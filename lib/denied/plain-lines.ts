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

/** Escapes of JSON's and JavaScript's, however often escaped. Only where a run begins, or the time would be quadratic. */
const ESCAPES = /(?<!\\)\\+(?:u001[bB]|x1[bB]|033|e(?=\[))/g;

/** How characters are written in JSON, XML, spreadsheets, and by word processors of many languages. */
const CHARACTERS: readonly (readonly [RegExp, string])[] = [
  [
    /(?<!\\)\\+(?:"|u0022)|&quot;|&#34;|&#x22;|[`\u201c-\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f\uff02]/g,
    '"',
  ],
  [/(?<!\\)\\+(?:'|u0027)|&apos;|&#39;|&#x27;|[\u2018-\u201b]/g, "'"],
  [/(?<!\\)\\+u0026|&amp;/g, "&"],
  [/(?<!\\)\\+u003[cC]|&lt;/g, "<"],
  [/(?<!\\)\\+u003[eE]|&gt;/g, ">"],
  [/"{2,}/g, '"'],
];

/** Tags that only say how a text looks. Others stay: somebody may have put one in the place of a number. */
const MARKUP =
  /<\/?(?:a|b|br|code|div|em|i|li|p|pre|span|strong|td|th|tr|tt|u|ul)(?:[ /][^<>]{0,200})?>/gi;

/** What logs begin each line with: the time, and the stream of CloudWatch's or the service of a container. */
const LOG_MARGIN =
  /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,]{5,20}(?:Z|[+-][0-9]{2}:?[0-9]{2})? ?)?(?:[0-9]{4}\/[0-9]{2}\/[0-9]{2}\/\[[^\]]{1,20}\][0-9a-f]{4,40} ?)?(?:[A-Za-z0-9_.-]{1,64} {0,16}(?=\| ))?/;

/** What quotations, boxes and tables begin a line with, and end it. */
const MARGIN = /^(?:[ \t]{0,8}[>|\u2502]){1,4}/;
const TABLE_END = / ?[|\u2502]{1,2} ?$/;

/**
 * The lines of a text without anything but the text: no colours, no control characters, straight quotes, single
 * spaces, and what a log had escaped as it was. An indented line begins with a space.
 */
export function plainLines(text: string): string[] {
  const unescaped = CHARACTERS.reduce(
    (plain, [pattern, character]) => plain.replace(pattern, character),
    text
      .replace(ESCAPES, "\u001b")
      .replace(/(?<!\\)\\+[nr](?![a-z])/g, "\n")
      .replace(/(?<!\\)\\+t(?![a-z])/g, " "),
  );
  return unescaped
    .replace(TERMINAL_SEQUENCES, "")
    .replace(LOST_COLOURS, "")
    .replace(MARKUP, "")
    .split(/[\n\r\u0085\u2028\u2029]+/)
    .map((line) => {
      const unlogged = line.replace(LOG_MARGIN, "");
      const text = unlogged
        .replace(MARGIN, "")
        .replace(/[\t\u00a0\u2000-\u200a\u202f\u3000]/g, " ")
        .replace(UNPRINTABLE, "")
        .replace(/ {2,}/g, " ");
      // A cell has blanks around what it holds, and the text goes on in the next line's.
      return /^[ \t]{0,8}[|\u2502]/.test(unlogged) ? text.replace(TABLE_END, "").trimStart() : text;
    })
    .filter((line) => line !== "");
}

/** A text that is repeated in an answer, on one line. */
export function plainText(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainLines(text.slice(0, 2048)).join(" ");
}
