import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ConstructsCheck, checkConstructs } from "./check-constructs.js";
import {
  compareFolders,
  compareStacks,
  type FolderComparison,
  type TextComparison,
} from "./compare.js";
import { notInstalled } from "./errors.js";
import { contentsOf, copyFiles, isSource } from "./files.js";
import { namesOf, type Ranges } from "./packages.js";
import { run } from "./program.js";
import { renamedManifest, renameImports } from "./rename.js";
import { before, failuresOf } from "./steps.js";

/** How the program fares with CDK Terrain. */
export interface TerrainCheck {
  /** The packages of CDK Terrain, in the versions that were installed. */
  readonly installed: Ranges;
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
  /** Of apps that import the package. */
  readonly constructs: ConstructsCheck;
}

/** What the check works with. */
export interface TerrainOptions {
  /** Is read only. */
  readonly repository: string;
  /** This package as it is published. */
  readonly tarball: string;
  /** The packages of CDK Terrain to install. */
  readonly successors: Ranges;
  /** Everything is written here. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Is told what is being done. */
  readonly note: (text: string) => void;
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
 * generate; and what an app synthesizes that imports the package.
 *
 * @throws {TerrainUnavailableError} when nothing can be compared
 */
export async function checkTerrain(options: TerrainOptions): Promise<TerrainCheck> {
  const { repository, tarball, successors, folder, signal, note } = options;
  const files = await trackedFiles(repository, signal);
  const sources = files.filter(isSource);
  const [cdktf, terrain] = [join(folder, "cdktf"), join(folder, "terrain")];

  note(`Installing ${namesOf(successors)}, about 0.5 GB, in a temporary folder …`);
  const renamed = copyFiles(repository, sources, terrain, renameImports);
  await install(options, terrain);

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

  note("Synthesizing apps that import the package …");
  const constructs = await checkConstructs({ tarball, compiler, cdktf, terrain, signal });
  const modules = files.filter((file) => file.startsWith("modules/"));
  return {
    installed: installedIn(terrain, Object.keys(successors)),
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
    constructs,
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

async function install(options: TerrainOptions, folder: string): Promise<void> {
  const { repository, successors, signal } = options;
  const manifest = readFileSync(join(repository, "package.json"), "utf8");
  writeFileSync(join(folder, "package.json"), renamedManifest(manifest, successors));
  const npm = { name: "npm", args: NPM_INSTALL, folder, signal, timeout: NPM_TIMEOUT };
  const { failure } = await run(npm);
  if (failure !== undefined) {
    const reason = /npm (?:error|ERR!) code (\w+)/.exec(failure)?.[1] ?? failure;
    throw notInstalled(namesOf(successors), reason);
  }
}

/** The versions of packages that are installed in a folder. */
function installedIn(folder: string, names: readonly string[]): Ranges {
  const versions = names.map((name) => {
    const manifest = join(folder, "node_modules", name, "package.json");
    return [name, String(JSON.parse(readFileSync(manifest, "utf8")).version)];
  });
  return Object.fromEntries(versions);
}
