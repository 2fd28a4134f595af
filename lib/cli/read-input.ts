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
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw unreadableInput(file, error instanceof Error ? error.message : String(error));
  }
}
