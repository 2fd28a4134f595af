import { readFileSync } from "node:fs";

/** What this project's `package.json` says of the project, for the modules to say where they come from. */
export const OWN_PACKAGE = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { readonly name: string; readonly version: string; readonly license: string };
