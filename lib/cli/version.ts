import { readFileSync } from "node:fs";

const { version } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { readonly version: string };

/** This program's version, as `package.json` has it. The build takes the value in place of this file. */
export const VERSION = version;
