import { execFileSync } from "node:child_process";

/** Whom `git` takes commits and tags of tests to be by. */
export const AUTHOR: Readonly<Record<string, string>> = Object.fromEntries(
  ["AUTHOR", "COMMITTER"].flatMap((who) => [
    [`GIT_${who}_NAME`, "Somebody"],
    [`GIT_${who}_EMAIL`, "somebody@invalid"],
  ]),
);

/** Runs git, as somebody. */
export function git(folder: string, ...args: readonly string[]): string {
  const env = { ...process.env, ...AUTHOR };
  return execFileSync("git", args, { cwd: folder, encoding: "utf8", env });
}
