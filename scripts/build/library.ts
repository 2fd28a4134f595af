import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { bundledIntoLibrary } from "./errors.js";
import { REPOSITORY } from "./repository.js";

/** What can be imported: `.` and `./policies`. */
const ENTRIES = ["lib/index.ts", "lib/policies.ts"];

/** The library in both module systems: `esm` and `cjs`, each with its declarations beside. */
export async function buildLibrary(folder: string): Promise<void> {
  const formats = ["esm", "cjs"] as const;
  await Promise.all(formats.map((format) => buildFormat(format, join(folder, format))));
  // The package is of ES modules; this folder is not.
  writeFileSync(join(folder, "cjs", "package.json"), '{ "type": "commonjs" }\n');
}

async function buildFormat(format: "esm" | "cjs", folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: ENTRIES,
    outdir: folder,
    bundle: true,
    // CDKTF must be the one that the app uses: its constructs know each other by their classes.
    packages: "external",
    platform: "node",
    target: "node20",
    format,
    metafile: true,
    logLevel: "warning",
  });
  const copied = Object.keys(metafile.inputs).filter((file) => file.includes("node_modules/"));
  if (copied.length > 0) {
    throw bundledIntoLibrary(copied);
  }
  await writeDeclarations(folder);
}

async function writeDeclarations(folder: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
  const compiler = join(dirname(manifest), "bin", "tsc");
  const options = ["-p", "tsconfig.library.json", "--outDir", folder];
  await promisify(execFile)(process.execPath, [compiler, ...options], { cwd: REPOSITORY });
}
