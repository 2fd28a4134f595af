import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { UnreadableFile } from "../json/unreadable-file.js";
import type { CollectedFolder } from "../reading/read-iam-collect.js";
import { UsageError, unreadableInput } from "./errors.js";
import { withInput } from "./read-input.js";

/**
 * A folder on disk.
 *
 * @throws UsageError when it, or a file in it, cannot be read
 */
export function collectedFolder(folder: string): CollectedFolder {
  if (!existsSync(folder)) {
    throw unreadableInput(folder, "there is no such folder");
  }
  return {
    names: (path) => {
      try {
        return readdirSync(join(folder, path)).sort();
      } catch {
        return [];
      }
    },
    read: (path, use) => {
      const file = join(folder, path);
      if (!existsSync(file)) {
        return undefined;
      }
      try {
        return withInput(file, use);
      } catch (error) {
        throw error instanceof UnreadableFile ? new UsageError(`${file}: ${error.message}`) : error;
      }
    },
  };
}
