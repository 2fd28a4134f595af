import { shown } from "../../lib/json/shown.js";

/** The call is wrong, or what is there cannot be released: nothing was changed. */
export class ReleaseError extends Error {
  override readonly name = "ReleaseError";
}

/** The arguments are not those of a release. */
export function badArguments(cause: string): ReleaseError {
  return new ReleaseError(
    `${cause} Write npm run release -- VERSION [--date YYYY-MM-DD] [--out FOLDER] [--write | --tagged].`,
  );
}

/** The version is none. */
export function notAVersion(text: string): ReleaseError {
  return new ReleaseError(
    `The version is ${shown(text)}, which is not three numbers of Semantic Versioning: write 0.2.0, without a v before it.`,
  );
}

/** The day of the release is none. */
export function notADate(text: string): ReleaseError {
  return new ReleaseError(
    `The date is ${shown(text)}, which is no day: write 2026-12-01 with --date, or set SOURCE_DATE_EPOCH to whole seconds.`,
  );
}

/** The version is lower than the one that is there. */
export function notNewer(version: string, current: string): ReleaseError {
  return new ReleaseError(
    `The version is ${version}, and package.json has ${current} already: a release is not lower than the last one.`,
  );
}

/** The changelog has the version already. */
export function releasedAlready(version: string): ReleaseError {
  return new ReleaseError(
    `CHANGELOG.md has a section for ${version} already: that version is released, so take the next one.`,
  );
}

/** The changelog has nothing to release. */
export function nothingToRelease(): ReleaseError {
  return new ReleaseError(
    'CHANGELOG.md has no section "## Unreleased" with something in it: write there what is new for users, and run again.',
  );
}

/** The changelog has no section for the version. */
export function notInChangelog(version: string): ReleaseError {
  return new ReleaseError(
    `CHANGELOG.md has no section for ${version} with something in it: npm run release -- ${version} --write makes one of "Unreleased".`,
  );
}

/** An address of the project is not put in yet. */
export function placeholderLeft(field: string, address: string): ReleaseError {
  return new ReleaseError(
    `${field} of package.json is ${address}, which is a placeholder: put in where the project lies, run npm run write-addresses, and commit.`,
  );
}

/** There are changes that are not committed. */
export function notCommitted(files: string): ReleaseError {
  return new ReleaseError(
    `A release is made of a commit, and this is not committed:\n${files}\nCommit it, or set it aside with git stash, and run again.`,
  );
}

/** What is tagged is not as a release makes it. */
export function notReleased(problems: readonly string[]): ReleaseError {
  return new ReleaseError(
    `This commit cannot be released:\n${problems.map((problem) => `  ${problem}`).join("\n")}`,
  );
}

/** A package that is published is not in the lock file. */
export function notLocked(name: string, version: string): ReleaseError {
  return new ReleaseError(
    `${name} ${version} is in the package, and package-lock.json does not have it: run npm ci, and release again.`,
  );
}

/** A step of the release fails. */
export function stepFailed(command: string, output: string): ReleaseError {
  return new ReleaseError(`${command} failed:\n${output.trim()}`);
}

/** The folder for the artifacts has something else in it. */
export function otherFolder(out: string): ReleaseError {
  return new ReleaseError(
    `${out} has something else in it than artifacts of a release: name another folder with --out.`,
  );
}
