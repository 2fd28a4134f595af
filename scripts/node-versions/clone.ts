import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Makes a repository of what git tracks here, or would: a clone, with what is not committed yet. Nothing is
 * installed in it, and `git diff` shows what has changed since.
 *
 * @param repository is read only
 */
export function cloneWorkingTree(repository: string, folder: string): void {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const files = execFileSync("git", list, { cwd: repository, encoding: "utf8" }).split("\0");
  for (const file of files.filter((name) => name !== "" && existsSync(join(repository, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(repository, file), join(folder, file));
  }
  for (const args of [
    ["init", "--quiet"],
    ["add", "--all"],
  ]) {
    execFileSync("git", args, { cwd: folder });
  }
  // Which may be a link in place of a folder, and .gitignore knows the folder only.
  const info = join(folder, ".git", "info");
  mkdirSync(info, { recursive: true });
  writeFileSync(join(info, "exclude"), "/node_modules\n");
}
