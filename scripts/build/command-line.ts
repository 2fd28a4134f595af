import { chmodSync } from "node:fs";
import { join } from "node:path";
import type { BuildOptions } from "esbuild";
import { bundleChunks } from "./bundle-chunks.js";
import { MAIN } from "./chunks.js";
import { computedModules } from "./computed-modules.js";
import { REPOSITORY } from "./repository.js";
import { yargsPatch } from "./yargs-patch.js";

const standIn = (name: string) => join(REPOSITORY, "scripts", "build", "stand-ins", `${name}.ts`);

/** What yargs brings to read files beside it, or takes its time to load, and we do without. */
const STAND_INS = {
  assert: standIn("assert"),
  y18n: standIn("y18n"),
  "string-width": standIn("string-width"),
  "strip-ansi": standIn("strip-ansi"),
  "wrap-ansi": standIn("wrap-ansi"),
  "escalade/sync": standIn("escalade"),
  "get-caller-file": standIn("get-caller-file"),
};

const OPTIONS: BuildOptions = {
  absWorkingDir: REPOSITORY,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  mainFields: ["module", "main"],
  alias: STAND_INS,
  define: {
    // yargs asks for the place of its own files, to read translations from there; the stand-ins read none.
    "import.meta.url": "__bundleUrl",
    // It asks for the width of the terminal even where it prints nothing; wrap() says it.
    "process.stdout.columns": "undefined",
  },
  // Node.js takes its time to load what loads ES modules.
  supported: { "dynamic-import": false },
  plugins: [computedModules, yargsPatch],
  // The licences are in a file of their own, every one in full.
  legalComments: "none",
  logLevel: "warning",
};

/**
 * Bundles the command line, which needs nothing beside it. CommonJS, because Node.js starts that a good deal faster
 * than an ES module.
 *
 * @param folder where to
 * @returns the files that went into it, relative to the repository
 */
export async function bundleCommandLine(folder: string): Promise<string[]> {
  const inputs = await bundleChunks(OPTIONS, folder, BANNER);
  chmodSync(join(folder, `${MAIN}.cjs`), 0o755);
  return inputs;
}

const BANNER =
  '#!/usr/bin/env node\nconst __bundleUrl=require("node:url").pathToFileURL(__filename).href;';
