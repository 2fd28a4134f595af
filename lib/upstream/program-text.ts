import { readFileSync } from "node:fs";

// The build takes these texts in place of this file.

/** The program that runs a release. */
export const POLICIES_PROGRAM = textOf(new URL("./policies-program.mjs", import.meta.url));

/** The shell script that keeps it apart from everything else. */
export const ISOLATION_SCRIPT = textOf(new URL("./isolate.sh", import.meta.url));

function textOf(file: URL): string {
  return readFileSync(file, "utf8");
}
