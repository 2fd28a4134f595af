import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * Where a program lies, as a shell would find it; undefined where it is in none of the folders.
 *
 * @param path the folders, in their order, as PATH has them
 */
export function findProgram(name: string, path: string): string | undefined {
  // On Windows programs have endings; those that matter here are not scripts.
  const ending = process.platform === "win32" ? ".exe" : "";
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, `${name}${ending}`))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
