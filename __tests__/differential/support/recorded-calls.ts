import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../support/repository.js";

/** A call of Remotion Lambda as it was recorded. */
export interface RecordedCall {
  readonly action: string;
  /** An ARN with placeholders, or `*`. */
  readonly resource: string;
  readonly when?: string;
  readonly option?: string;
}

/** An API in one situation, as it was recorded. */
export interface RecordedRow {
  readonly actor: "deployer" | "caller" | "either" | "function";
  readonly api: string;
  readonly situation: string;
  readonly calls: readonly RecordedCall[];
}

/** What Remotion Lambda calls: recorded facts, read as data, so that the judge shares no code with `lib/`. */
export const RECORDED_ROWS: readonly RecordedRow[] = (
  JSON.parse(readFileSync(join(REPOSITORY, "lib", "remotion", "api-calls.json"), "utf8")) as {
    readonly rows: readonly RecordedRow[];
  }
).rows;

/** Whether the stock policies of Remotion are for this call: the others serve options of its own. */
export function isStock({ option }: RecordedCall): boolean {
  return option === undefined || option === "newBucket" || option === "insights";
}

/** The stock calls that users and callers make, or that the functions' role makes, each once. */
export function stockCalls(actor: "user" | "role"): readonly RecordedCall[] {
  const calls = RECORDED_ROWS.filter(
    (row) => (row.actor === "function") === (actor === "role"),
  ).flatMap((row) => row.calls.filter(isStock));
  return [...new Map(calls.map((call) => [`${call.action} ${call.resource}`, call])).values()];
}
