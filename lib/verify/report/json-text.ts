import { escaped } from "./printable.js";

/** What JSON itself leaves as it is, and a terminal does not. Line breaks are none of a text any more. */
const UNPRINTABLE = /[\u007f-\u009f\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/** What programs that run a pipeline obey anywhere in a line of its log. */
const COMMAND = /#(?=#[a-z]*\[)/gi;

/** A value as JSON that means the same, and that a terminal and the log of a pipeline show and do not obey. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(UNPRINTABLE, escaped).replace(COMMAND, escaped);
}
