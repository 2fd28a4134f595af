import { parseArgs } from "node:util";
import { badArgument, notAVersion } from "./errors.js";

/** Every Node.js that is in use: the oldest that `package.json` takes, and each long-term release since. */
const VERSIONS: readonly string[] = ["20.19", "22", "24", "26"];

/** What the check was asked for. */
export interface CheckOptions {
  readonly versions: readonly string[];
  /** Every test, and not only those of units and one deployment. */
  readonly whole: boolean;
  /** Links to the packages that are installed here, in place of `npm ci`: quick, and proves nothing of it. */
  readonly linked: boolean;
  /** Gives npm an empty cache, as on a machine that has never seen these packages. */
  readonly cleanCache: boolean;
}

/** Reads the command's arguments. @throws {UsageError} */
export function readArguments(args: readonly string[]): CheckOptions {
  const { values, positionals } = parsed(args);
  for (const version of positionals) {
    if (!/^\d+(\.\d+){0,2}$/.test(version)) {
      throw notAVersion(version);
    }
  }
  const { whole, linked, "clean-cache": cleanCache } = values;
  if (linked && cleanCache) {
    throw badArgument("--clean-cache is of no use with --linked, which installs nothing.");
  }
  return {
    versions: positionals.length > 0 ? [...new Set(positionals)] : VERSIONS,
    whole,
    linked,
    cleanCache,
  };
}

function parsed(args: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      options: { whole: flag, linked: flag, "clean-cache": flag },
      allowPositionals: true,
    });
  } catch (error) {
    throw badArgument(error instanceof Error ? error.message : String(error));
  }
}
