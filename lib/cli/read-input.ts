import { isAscii } from "node:buffer";
import { readFileSync } from "node:fs";
import { unreadableInput } from "./errors.js";

/**
 * Reads a file that an argument names.
 *
 * @param file path of the file, or `-` for standard input
 * @throws UsageError when it cannot be read
 */
export function readInput(file: string): string {
  try {
    const bytes = readFileSync(file === "-" ? 0 : file);
    // Large plans are ASCII as a rule, and are text in half the time then.
    return bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
  } catch (error) {
    throw unreadableInput(file, error instanceof Error ? error.message : String(error));
  }
}
