import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, transform } from "esbuild";
import { renameImports } from "../cdk-terrain/rename.js";
import { declarations } from "./declarations.js";
import { bundledIntoLibrary } from "./errors.js";
import { REPOSITORY } from "./repository.js";

/** What can be imported is `.`, `./policies` and `./cdktn`, which is the first with the packages of CDK Terrain. */
const ENTRIES = ["lib/index.ts", "lib/policies.ts"];

/** The code in both module systems. */
const TARGET = "node20";

/** The library in both module systems: `esm` and `cjs`, each with its declarations beside. */
export async function buildLibrary(folder: string): Promise<void> {
  const [esm, cjs] = [join(folder, "esm"), join(folder, "cjs")];
  const [types] = await Promise.all([
    declarations(),
    buildModules(esm).then(() => convertToCommonJs(esm, cjs)),
  ]);
  for (const [file, text] of types) {
    for (const system of [esm, cjs]) {
      mkdirSync(dirname(join(system, file)), { recursive: true });
      writeFileSync(join(system, file), text);
    }
  }
  // The package is of ES modules; this folder is not.
  writeFileSync(join(cjs, "package.json"), '{ "type": "commonjs" }\n');
}

/** Both entries, and `shared.js` with what both need: policies, which know neither CDKTF nor its fork. */
async function buildModules(folder: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: ENTRIES,
    outdir: folder,
    bundle: true,
    splitting: true,
    chunkNames: "shared",
    // CDKTF must be the one that the app uses: its constructs know each other by their classes.
    packages: "external",
    platform: "node",
    target: TARGET,
    format: "esm",
    metafile: true,
    logLevel: "warning",
  });
  const copied = Object.keys(metafile.inputs).filter((file) => file.includes("node_modules/"));
  if (copied.length > 0) {
    throw bundledIntoLibrary(copied);
  }
  const constructs = readFileSync(join(folder, "index.js"), "utf8");
  writeFileSync(join(folder, "cdktn.js"), renameImports(constructs));
}

/** One file for each, as esbuild splits no CommonJS. */
async function convertToCommonJs(from: string, to: string): Promise<void> {
  mkdirSync(to, { recursive: true });
  const files = readdirSync(from).map(async (name) => {
    const { code } = await transform(readFileSync(join(from, name), "utf8"), {
      platform: "node",
      target: TARGET,
      format: "cjs",
      logLevel: "warning",
    });
    writeFileSync(join(to, name), code);
  });
  await Promise.all(files);
}
