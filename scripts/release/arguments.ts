import { parseArgs } from "node:util";
import { badArguments } from "./errors.js";
import { numbersOf, releaseDate } from "./version.js";

/** What `npm run release` was asked for. */
export interface ReleaseOptions {
  readonly version: string;
  /** Of the release, `2026-12-01`. */
  readonly date: string;
  /**
   * `dry` changes a copy and makes the artifacts there; `write` changes this clone, commits and tags; `tagged` makes the
   * artifacts of a commit that is tagged, and refuses what is not as `write` leaves it.
   */
  readonly mode: "dry" | "write" | "tagged";
  /** Folder for the artifacts. */
  readonly out: string;
}

/** Reads the command's arguments. @throws {ReleaseError} */
export function readArguments(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ReleaseOptions {
  const { values, positionals } = parsed(args);
  const [version, ...more] = positionals;
  if (version === undefined || more.length > 0) {
    throw badArguments(version === undefined ? "There is no version." : "There is one version.");
  }
  numbersOf(version);
  const { write, tagged, date, out } = values;
  if (write && tagged) {
    throw badArguments("--write makes what --tagged takes: give one of the two.");
  }
  return {
    version,
    date: releaseDate(date, environment["SOURCE_DATE_EPOCH"]),
    mode: write ? "write" : tagged ? "tagged" : "dry",
    out: out ?? `release/v${version}`,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        write: { type: "boolean", default: false },
        tagged: { type: "boolean", default: false },
        date: { type: "string" },
        out: { type: "string" },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw badArguments(error instanceof Error ? `${error.message}.` : String(error));
  }
}
