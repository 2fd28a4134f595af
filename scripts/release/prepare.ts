import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressesOf, isPlaceholder, type ProjectManifest } from "../../lib/cli/addresses.js";
import { notesOf, releasedChangelog } from "./changelog.js";
import { documentsIn, withAddresses, writeAddresses } from "./documents.js";
import { notNewer, notReleased, placeholderLeft, type ReleaseError } from "./errors.js";
import { run, runScript } from "./run.js";
import { isLower } from "./version.js";

const MANIFEST = "package.json";
const LOCK = "package-lock.json";
const CHANGELOG = "CHANGELOG.md";
const GENERATE = ["lib/cli/start.ts", ["generate"]] as const;

/**
 * Makes a clone say that it is a version: `package.json` and its lock file, the changelog, the pages that print it, and
 * all that is generated.
 *
 * @param date of the release, `2026-12-01`
 * @throws when the version is lower than the clone's, or the changelog has nothing for it
 */
export function prepare(folder: string, version: string, date: string): void {
  const manifest = manifestOf(folder);
  if (isLower(version, manifest.version)) {
    throw notNewer(version, manifest.version);
  }
  const changelog = releasedChangelog(textOf(folder, CHANGELOG), version, date);
  writeFileSync(join(folder, CHANGELOG), changelog);
  writeJson(folder, MANIFEST, { ...manifest, version });
  const lock = JSON.parse(textOf(folder, LOCK));
  const packages = { ...lock.packages, "": { ...lock.packages[""], version } };
  writeJson(folder, LOCK, { ...lock, version, packages });
  writeAddresses(folder);
  const [script, args] = GENERATE;
  runScript(script, args, folder);
  runScript(script, [...args, "--check"], folder);
}

/**
 * Refuses a commit that is not as `prepare` leaves it.
 *
 * @throws {ReleaseError} with all that is wrong
 */
export function requirePrepared(folder: string, version: string): void {
  const manifest = manifestOf(folder);
  const attempt = (step: () => void) => {
    try {
      step();
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  };
  const tags = run("git", ["tag", "--points-at", "HEAD"], folder).split("\n");
  const changed = run("git", ["status", "--porcelain", "--untracked-files=no"], folder).trim();
  const stale = documentsIn(folder).filter((page) => {
    const text = textOf(folder, page);
    return withAddresses(text, manifest) !== text;
  });
  const [script, args] = GENERATE;
  const problems = [
    ...placeholders(folder).map(({ message }) => message),
    ...(manifest.version === version
      ? []
      : [`package.json has version ${manifest.version}, and the tag is of ${version}.`]),
    ...(tags.includes(`v${version}`) ? [] : [`The commit does not have the tag v${version}.`]),
    ...(changed === "" ? [] : [`There are changes that are not committed: ${changed}`]),
    ...attempt(() => notesOf(textOf(folder, CHANGELOG), version)),
    ...stale.map((page) => `${page} has another address or version: npm run write-addresses.`),
    ...attempt(() => runScript(script, [...args, "--check"], folder)),
  ];
  if (problems.length > 0) {
    throw notReleased(problems);
  }
}

/** An error for each address of the project that nobody has put in yet. */
export function placeholders(folder: string): ReleaseError[] {
  const { repository, modulesRepository } = addressesOf(manifestOf(folder));
  return Object.entries({ repository, modulesRepository })
    .filter(([, address]) => isPlaceholder(address))
    .map(([field, address]) => placeholderLeft(field, address));
}

function manifestOf(folder: string): ProjectManifest {
  return JSON.parse(textOf(folder, MANIFEST));
}

function textOf(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

function writeJson(folder: string, file: string, value: unknown): void {
  writeFileSync(join(folder, file), `${JSON.stringify(value, null, 2)}\n`);
}
