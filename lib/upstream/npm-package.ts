import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  missingProgram,
  unpublishedPackage,
  unreachableRegistry,
  unreadablePackage,
} from "./errors.js";
import { firstLine, runProgram } from "./run-program.js";

/** A package to fetch. */
export interface PackageSpec {
  readonly name: string;
  /** A version or a dist-tag that has been checked. */
  readonly version: string;
}

/** npm's own retries take over a minute to find that there is no network. */
const NPM_OPTIONS = [
  "--ignore-scripts",
  "--fetch-retries=2",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
  "--no-update-notifier",
];

const NPM_TIMEOUT = 180_000;
const TAR_TIMEOUT = 60_000;

/** What npm says when a package, or a version of it, does not exist. */
const NOT_FOUND = ["E404", "ETARGET", "ENOVERSIONS"];

/**
 * Fetches a package with `npm pack`, and unpacks it to `node_modules` in a folder. Runs nothing of it
 * and writes nowhere else: npm's cache and logs are kept in the folder, too.
 *
 * @returns where the package is
 * @throws {UpstreamUnavailableError}
 */
export async function fetchPackage(
  { name, version }: PackageSpec,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const spec = `${name}@${version}`;
  const packed = join(folder, "packed", name);
  const unpacked = join(folder, "node_modules", name);
  mkdirSync(packed, { recursive: true });
  mkdirSync(unpacked, { recursive: true });
  await pack(spec, packed, join(folder, "npm-cache"), signal);
  const tarball = readdirSync(packed).find((file) => file.endsWith(".tgz"));
  if (tarball === undefined) {
    throw unreadablePackage(spec, "npm pack left no tarball");
  }
  await unpack(spec, join(packed, tarball), unpacked, signal);
  return unpacked;
}

async function pack(spec: string, folder: string, cache: string, signal: AbortSignal) {
  const { status, stdout, stderr, stopped } = await runProgram(
    "npm",
    ["pack", spec, ...NPM_OPTIONS, `--cache=${cache}`],
    { folder, environment: process.env, timeout: NPM_TIMEOUT, signal },
  );
  if (stopped === "missing") {
    throw missingProgram("npm", "install Node.js with npm.");
  }
  if (status !== 0) {
    const code = /(?:npm (?:error|ERR!) code |"code": ")([A-Z0-9_]+)/.exec(stderr + stdout)?.[1];
    if (code !== undefined && NOT_FOUND.includes(code)) {
      throw unpublishedPackage(spec, code);
    }
    throw unreachableRegistry(spec, code ?? stopped ?? `npm ended with ${status}`);
  }
}

async function unpack(spec: string, tarball: string, folder: string, signal: AbortSignal) {
  const { status, stderr, stopped } = await runProgram(
    "tar",
    ["-xzof", tarball, "-C", folder, "--strip-components=1"],
    { folder, environment: process.env, timeout: TAR_TIMEOUT, signal },
  );
  if (stopped === "missing") {
    throw missingProgram("tar", "install it.");
  }
  if (status !== 0) {
    throw unreadablePackage(spec, firstLine(stderr) ?? `tar ended with ${stopped ?? status}`);
  }
}
