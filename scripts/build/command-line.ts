import { chmodSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { computedModules } from "./computed-modules.js";
import { REPOSITORY } from "./repository.js";

const standIn = (name: string) => join(REPOSITORY, "scripts", "build", "stand-ins", `${name}.ts`);

/** What yargs brings to read files beside it, and we do without. */
const STAND_INS = {
  y18n: standIn("y18n"),
  "string-width": standIn("string-width"),
  "escalade/sync": standIn("escalade"),
  "get-caller-file": standIn("get-caller-file"),
};

/**
 * Bundles the command line to one file that needs nothing beside it. CommonJS, because Node.js starts
 * that a good deal faster than an ES module. What a command imports when it runs is wrapped, and runs
 * no earlier than that.
 *
 * @param file where to
 * @returns the files that went into it, relative to the repository
 */
export async function bundleCommandLine(file: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: ["lib/cli/start.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    mainFields: ["module", "main"],
    alias: STAND_INS,
    plugins: [computedModules],
    // yargs asks for the place of its own files, to read translations from there; the stand-ins read none.
    define: { "import.meta.url": "__bundleUrl" },
    banner: {
      js: '#!/usr/bin/env node\nconst __bundleUrl=require("node:url").pathToFileURL(__filename).href;',
    },
    // The licences are in a file of their own, every one in full.
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  chmodSync(file, 0o755);
  return Object.keys(metafile.inputs);
}
