import { appendFileSync } from "node:fs";
import { PARTS } from "../../scripts/torture/parts.js";
import { type Played, readRecords } from "../../scripts/torture/record.js";

/** The file that `npm run torture` gives its tests, to note what they played. */
const NOTES = process.env["TORTURE_NOTES"];

const ROWS = new Set(PARTS.flatMap(({ rows }) => rows.map(({ what }) => what)));

/**
 * Notes what was played, for docs/reliability.md. Called again for the same, the later call adds what it counted.
 *
 * @throws where no part has such a row
 */
export function recordPlayed(what: string, played: Partial<Played>): void {
  requireRow(what);
  if (NOTES !== undefined) {
    appendFileSync(NOTES, `${JSON.stringify({ what, ...played })}\n`);
  }
}

/** What was played when torture last ran; undefined where it has not yet. @throws where no part has such a row */
export function recorded(
  what: string,
): { readonly part: string; readonly cases: number } | undefined {
  requireRow(what);
  const record = RECORDS.find(({ played }) => what in played);
  const played = record?.played[what];
  return record && played && { part: record.part, cases: played.cases };
}

const RECORDS = readRecords();

function requireRow(what: string): void {
  if (!ROWS.has(what)) {
    throw new Error(`scripts/torture/parts.ts has no row for ${JSON.stringify(what)}.`);
  }
}
