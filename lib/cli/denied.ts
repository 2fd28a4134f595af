import { isatty } from "node:tty";
import { answerDenial } from "../denied/answer-denial.js";
import { deniedReport } from "../denied/denied-report.js";
import { MAX_LENGTH, readDenials } from "../denied/read-denials.js";
import { jsonText } from "../verify/report/json-text.js";
import { printable } from "../verify/report/printable.js";
import type { Console } from "./console.js";
import { nothingDenied, textMissing, textTooLong } from "./errors.js";
import { readInput } from "./read-input.js";

/** What `denied` was asked. */
export interface DeniedOptions {
  /** The text, perhaps in several arguments; a hyphen alone, or nothing, is standard input. */
  readonly text: readonly string[];
  readonly json: boolean;
}

/**
 * Says what a text about denied access is about.
 *
 * @returns the exit code
 * @throws UsageError when there is no text, or nothing in it that was denied
 */
export function denied({ text, json }: DeniedOptions, console: Console): number {
  const given = readText(text);
  if (given.trim() === "") {
    throw textMissing();
  }
  if (given.length > MAX_LENGTH) {
    throw textTooLong(given.length, MAX_LENGTH);
  }
  const denials = readDenials(given);
  if (denials.length === 0) {
    throw nothingDenied();
  }
  const answers = denials.slice(0, MAX_ANSWERS).map(answerDenial);
  if (denials.length > MAX_ANSWERS) {
    console.note(
      `The text tells of ${denials.length} refusals, and the first ${MAX_ANSWERS} are answered: give the others alone.`,
    );
  }
  console.result(json ? jsonText({ answers }) : deniedReport(answers).map(printable).join("\n"));
  return 0;
}

/** More is read by nobody: an application that is denied everything lacks one thing. */
const MAX_ANSWERS = 10;

const STDIN = 0;

function readText(words: readonly string[]): string {
  // Somebody at a terminal who gave nothing would wait for us, and we for them.
  const isLeftOut = words.length === 0 && !isatty(STDIN);
  return isLeftOut || (words.length === 1 && words[0] === "-") ? readInput("-") : words.join(" ");
}
