import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder with those above it where there is none. Node.js's own way says ENOENT of a file system
 * that is read-only, and is refused also where there is nothing to make.
 *
 * @returns the first folder that was made; `undefined` where none was
 */
export function makeFolder(path: string): string | undefined {
  if (existsSync(path)) {
    return undefined;
  }
  const above = makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another run may have made it just now.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw error;
    }
  }
  return above ?? path;
}
