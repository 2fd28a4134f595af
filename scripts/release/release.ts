import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { inTemporaryFolder } from "../../lib/upstream/temporary-folder.js";
import { cloneWorkingTree } from "../node-versions/clone.js";
import type { ReleaseOptions } from "./arguments.js";
import { SUMS } from "./artifacts.js";
import { notCommitted, otherFolder } from "./errors.js";
import { placeholders, prepare, requirePrepared } from "./prepare.js";
import { run, runScript } from "./run.js";

/**
 * Makes a release, or shows what it would be.
 *
 * @param repository the clone; only `write` changes it
 * @param note takes lines for a reader
 * @returns what was made, for stdout
 * @throws {ReleaseError} when it cannot be released
 */
export async function release(
  options: ReleaseOptions,
  repository: string,
  note: (line: string) => void,
): Promise<string> {
  const out = resolve(repository, options.out);
  switch (options.mode) {
    case "write":
      return write(options, repository);
    case "tagged":
      requirePrepared(repository, options.version);
      artifacts(repository, out);
      return sums(out);
    case "dry":
      if (uncommitted(repository) !== "") {
        note("Warning: a release is made of a commit, and this is not committed, but in it:");
        note(uncommitted(repository));
      }
      return inTemporaryFolder(async (folder) => {
        const clone = join(folder, "clone");
        cloneWorkingTree(repository, clone);
        symlinkSync(join(repository, "node_modules"), join(clone, "node_modules"));
        return dry(options, clone, out, note);
      });
  }
}

function dry(
  { version, date }: ReleaseOptions,
  clone: string,
  out: string,
  note: (line: string) => void,
): string {
  for (const { message } of placeholders(clone)) {
    note(`Warning: ${message}`);
  }
  prepare(clone, version, date);
  artifacts(clone, out);
  const changed = run("git", ["ls-files", "--modified", "--others", "--exclude-standard"], clone);
  note(
    `Nothing is changed here. Release ${version} of ${date} would change ${lines(changed)} files:`,
  );
  note(changed.replaceAll(/^(?=.)/gm, "  ").trimEnd());
  note(`Its commit would have the tag v${version}. Artifacts, in ${out}:`);
  return sums(out);
}

function write({ version, date }: ReleaseOptions, repository: string): string {
  const [placeholder] = placeholders(repository);
  if (placeholder !== undefined) {
    throw placeholder;
  }
  const changed = uncommitted(repository);
  if (changed !== "") {
    throw notCommitted(changed);
  }
  prepare(repository, version, date);
  const tag = `v${version}`;
  run("git", ["add", "--all"], repository);
  run("git", ["commit", "--quiet", "--message", `chore: release ${tag}`], repository);
  run("git", ["tag", "--annotate", "--message", tag, tag], repository);
  return `Committed and tagged ${tag}. What makes it public: git push --atomic origin HEAD ${tag}\n`;
}

function uncommitted(repository: string): string {
  return run("git", ["status", "--porcelain"], repository).trimEnd();
}

/** Makes the artifacts beside, and puts them in place of those of an earlier run. */
function artifacts(clone: string, out: string): void {
  const isOurs = existsSync(join(out, SUMS));
  if (existsSync(out) && !isOurs && readdirSync(out).length > 0) {
    throw otherFolder(out);
  }
  mkdirSync(dirname(out), { recursive: true });
  const made = mkdtempSync(join(dirname(out), `.${basename(out)}-`));
  try {
    runScript("scripts/release-artifacts.ts", [made], clone);
    // Of a temporary folder nobody but its owner reads anything.
    chmodSync(made, 0o755);
    rmSync(out, { recursive: true, force: true });
    renameSync(made, out);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function sums(out: string): string {
  return readFileSync(join(out, SUMS), "utf8");
}

function lines(text: string): number {
  return text.trim().split("\n").length;
}
