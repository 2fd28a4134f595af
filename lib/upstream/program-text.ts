import { readFileSync } from "node:fs";

/** The program that runs a release. The build takes this text in place of this file. */
export const POLICIES_PROGRAM = readFileSync(
  new URL("./policies-program.mjs", import.meta.url),
  "utf8",
);
