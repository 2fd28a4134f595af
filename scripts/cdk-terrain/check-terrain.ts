import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  compareFolders,
  compareStacks,
  type FolderComparison,
  type TextComparison,
} from "./compare.js";
import { failedBefore, notInstalled } from "./errors.js";
import { contentsOf, copyFiles, isSource } from "./files.js";
import { PACKAGES } from "./packages.js";
import { type Program, run } from "./program.js";
import { renamedManifest, renameImports } from "./rename.js";

/** How the program fares with CDK Terrain. */
export interface TerrainCheck {
  /** Files of code in all. */
  readonly sources: number;
  /** Those that import CDKTF, the only ones that have to change. */
  readonly renamed: readonly string[];
  /** Step → what it says, for each that failed. */
  readonly failures: ReadonlyMap<string, string>;
  /** `undefined` where there is nothing to compare, because a step failed. */
  readonly modules: FolderComparison | undefined;
  /** `undefined` where there is nothing to compare, because a step failed. */
  readonly stack: TextComparison | undefined;
}

/** npm's own retries take over a minute to find that there is no network. */
const NPM_INSTALL = [
  "install",
  // `npm run -s` would silence this one, too.
  "--loglevel=error",
  ...["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--no-update-notifier"],
  ...["--fetch-retries=1", "--fetch-retry-mintimeout=1000"],
];

const NPM_TIMEOUT = 600_000;

const GENERATE = ["bin/remotion-lambda-terraform.cjs", "generate"];
const SYNTHESIZE = ["--import", "tsx", "main.ts"];

/** Where the stack is synthesized to. */
const SYNTHESIZED = join("cdktf.out", "stacks", "remotion-lambda", "cdk.tf.json");

/**
 * Renames CDKTF to CDK Terrain in a copy of the program, installs it there, and compares what both
 * generate.
 *
 * @param repository is read only
 * @param folder empty; everything is written here
 * @param note is told what is being done
 * @throws {TerrainUnavailableError} when nothing can be compared
 */
export async function checkTerrain(
  repository: string,
  folder: string,
  signal: AbortSignal,
  note: (text: string) => void,
): Promise<TerrainCheck> {
  const files = await trackedFiles(repository, signal);
  const sources = files.filter(isSource);
  const [cdktf, terrain] = [join(folder, "cdktf"), join(folder, "terrain")];

  note(`Installing ${PACKAGES}, about 0.5 GB, in a temporary folder …`);
  const renamed = copyFiles(repository, sources, terrain, renameImports);
  await install(repository, terrain, signal);

  note("Generating and synthesizing with CDKTF …");
  copyFiles(repository, sources, cdktf, (text) => text);
  symlinkSync(join(repository, "node_modules"), join(cdktf, "node_modules"), "junction");
  await before("modules/ is what is generated", {
    name: process.execPath,
    args: [...GENERATE, "--check"],
    folder: repository,
    signal,
  });
  await before("the stack is synthesized", {
    name: process.execPath,
    args: SYNTHESIZE,
    folder: cdktf,
    signal,
  });

  note("Checking types, generating and synthesizing with CDK Terrain …");
  const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
  const failures = await failuresOf(terrain, signal, {
    "checking types": [compiler, "-p", "."],
    "generating the modules": GENERATE,
    "synthesizing the stack": SYNTHESIZE,
  });
  const modules = files.filter((file) => file.startsWith("modules/"));
  return {
    sources: sources.filter((file) => /\.m?ts$/.test(file)).length,
    renamed,
    failures,
    modules: existsSync(join(terrain, "modules"))
      ? compareFolders(contentsOf(repository, modules), contentsOf(terrain, ["modules"]))
      : undefined,
    stack: existsSync(join(terrain, SYNTHESIZED))
      ? compareStacks(
          readFileSync(join(cdktf, SYNTHESIZED), "utf8"),
          readFileSync(join(terrain, SYNTHESIZED), "utf8"),
        )
      : undefined,
  };
}

/** What git tracks, or would. */
async function trackedFiles(repository: string, signal: AbortSignal): Promise<string[]> {
  const { stdout } = await before("git lists the files", {
    name: "git",
    args: ["ls-files", "--cached", "--others", "--exclude-standard", "--deduplicate"],
    folder: repository,
    signal,
  });
  return stdout.split("\n").filter((file) => existsSync(join(repository, file)));
}

/** A step without which there is nothing to compare with. */
async function before(step: string, program: Program) {
  const ending = await run(program);
  if (ending.failure !== undefined) {
    throw failedBefore(step, ending.failure);
  }
  return ending;
}

async function install(repository: string, folder: string, signal: AbortSignal): Promise<void> {
  const manifest = readFileSync(join(repository, "package.json"), "utf8");
  writeFileSync(join(folder, "package.json"), renamedManifest(manifest));
  const npm = { name: "npm", args: NPM_INSTALL, folder, signal, timeout: NPM_TIMEOUT };
  const { failure } = await run(npm);
  if (failure !== undefined) {
    throw notInstalled(PACKAGES, /npm (?:error|ERR!) code (\w+)/.exec(failure)?.[1] ?? failure);
  }
}

/** Runs steps of Node.js one after the other, whatever comes of those before. */
async function failuresOf(
  folder: string,
  signal: AbortSignal,
  steps: Readonly<Record<string, readonly string[]>>,
): Promise<Map<string, string>> {
  const failures = new Map<string, string>();
  for (const [step, args] of Object.entries(steps)) {
    const { failure } = await run({ name: process.execPath, args, folder, signal });
    if (failure !== undefined) {
      failures.set(step, failure);
    }
  }
  return failures;
}
