import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** The files of a packed package, sorted, relative to its root. */
export function filesIn(tarball: string): string[] {
  const list = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" });
  return list
    .trim()
    .split("\n")
    .map((file) => file.replace(/^package\//, ""))
    .sort();
}

/** Unpacks a package to a folder: all of it, or the files and folders named. */
export function unpack(tarball: string, folder: string, paths: readonly string[] = []): void {
  mkdirSync(folder, { recursive: true });
  const named = paths.map((path) => `package/${path}`);
  execFileSync("tar", ["-xzf", tarball, "-C", folder, "--strip-components=1", ...named]);
}
