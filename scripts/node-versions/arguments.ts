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
  /** Whether CDKTF's command line deploys, too. @default yes */
  readonly deploys: boolean;
  /** The part of the unit tests to run: `2/4`. @default all */
  readonly shard: string | undefined;
}

/** Reads the command's arguments. @throws {UsageError} */
export function readArguments(args: readonly string[]): CheckOptions {
  const { values, positionals } = parsed(args);
  for (const version of positionals) {
    if (!/^\d+(\.\d+){0,2}$/.test(version)) {
      throw notAVersion(version);
    }
  }
  const { whole, linked, "clean-cache": cleanCache, "no-deploy": notDeployed, shard } = values;
  if (linked && cleanCache) {
    throw badArgument("--clean-cache is of no use with --linked, which installs nothing.");
  }
  if (shard !== undefined && (whole || !isShard(shard))) {
    throw badArgument("--shard is a part of the unit tests: write 2/4, and no --whole.");
  }
  if (notDeployed && whole) {
    throw badArgument("--no-deploy leaves out one of the tests, all of which --whole runs.");
  }
  return {
    versions: positionals.length > 0 ? [...new Set(positionals)] : VERSIONS,
    whole,
    linked,
    cleanCache,
    deploys: !notDeployed,
    shard,
  };
}

/** Whether a text is the number of a part, and how many there are. */
function isShard(text: string): boolean {
  const [part, parts, ...more] = text.split("/").map(Number);
  return (
    Number.isInteger(parts) &&
    more.length === 0 &&
    /^[1-9]/.test(text) &&
    Number(part) <= Number(parts)
  );
}

function parsed(args: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        whole: flag,
        linked: flag,
        "clean-cache": flag,
        "no-deploy": flag,
        shard: { type: "string" },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw badArgument(error instanceof Error ? error.message : String(error));
  }
}
