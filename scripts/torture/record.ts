import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What `npm run torture` has written of each part. */
const FOLDER = join(import.meta.dirname, "..", "..", "docs", "reliability");

/** What was played of a row. */
export interface Played {
  readonly cases: number;
  /** What came of them, by what it is: so that a proof which proves nothing is seen. */
  readonly counted?: Readonly<Record<string, number>>;
}

/** The last run of a part. */
export interface PartRecord {
  readonly part: string;
  /** The commit that was played; with a `+` where files were changed since. */
  readonly commit: string;
  /** As in `2026-11-30`. */
  readonly date: string;
  /** How long it took, whatever else ran beside it. */
  readonly seconds: number;
  /** Processor time of it and of the programs that it started. */
  readonly processorSeconds: number;
  /** By the row. */
  readonly played: Readonly<Record<string, Played>>;
  /** Tests that were skipped, as something that they need was not there; none of them plays a row. */
  readonly skipped: number;
  /** Tests that failed, and rows that were not played: what was lost. */
  readonly lost: readonly string[];
}

/** The last run of each part that was run. */
export function readRecords(): readonly PartRecord[] {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  return files
    .filter((file) => file.endsWith(".json"))
    .map((file): PartRecord => JSON.parse(readFileSync(join(FOLDER, file), "utf8")));
}

/** Writes the run of a part in place of the last one. */
export function writeRecord(record: PartRecord): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${record.part}.json`), `${JSON.stringify(record, null, 2)}\n`);
}

/** What tests have noted, a line each, by the row. Later notes of a row add what they have. */
export function playedIn(notes: string): Record<string, Played> {
  const played: Record<string, Played> = {};
  for (const line of notes.split("\n").filter((text) => text !== "")) {
    const { what, ...more } = JSON.parse(line) as { what: string } & Partial<Played>;
    const before = played[what];
    played[what] = {
      cases: more.cases ?? before?.cases ?? 0,
      ...(before?.counted === undefined && more.counted === undefined
        ? {}
        : { counted: { ...before?.counted, ...more.counted } }),
    };
  }
  return played;
}
