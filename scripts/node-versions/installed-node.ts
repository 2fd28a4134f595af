import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type Outcome, runProgram } from "../../lib/upstream/run-program.js";
import { nodePackage, npmFor } from "./packages.js";

/** A Node.js, and the npm that it runs. */
export interface InstalledNode {
  /** The versions of both, for a reader. */
  readonly name: string;
  /** Path of the program. */
  readonly node: string;
  /** Path of the package `npm`. */
  readonly npm: string;
}

const OPTIONS = [
  ...["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--no-update-notifier"],
  "--loglevel=error",
];

const TIMEOUT = 300_000;

/**
 * Installs a Node.js and its npm from npm's registry, with the npm of this machine.
 *
 * @param folder empty
 * @returns how npm ended
 * @throws {UsageError} where there is no Node.js for this system
 */
export function installNode(
  version: string,
  folder: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const node = nodePackage(process.platform, process.arch);
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const [program, ...before] = npmCommand(process.env["npm_execpath"]);
  return runProgram(
    program,
    [...before, "install", `${node}@${version}`, `npm@${npmFor(version)}`, ...OPTIONS],
    { folder, environment: process.env, timeout: TIMEOUT, signal },
  );
}

/**
 * How to run npm. `npm run` says where it is; on the PATH of Windows it is a script, which cannot be run
 * without a shell.
 */
function npmCommand(path = ""): [string, ...string[]] {
  return basename(path) === "npm-cli.js" ? [process.execPath, path] : ["npm"];
}

/** What was installed in a folder. */
export function installedNode(folder: string): InstalledNode {
  const node = join(folder, "node_modules", nodePackage(process.platform, process.arch));
  const npm = join(folder, "node_modules", "npm");
  const manifest = manifestOf(node);
  return {
    name: `${manifest.version}, npm ${manifestOf(npm).version}`,
    node: join(node, manifest.bin.node),
    npm,
  };
}

/** The parts of `package.json` that are read. */
interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<"node", string>>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
