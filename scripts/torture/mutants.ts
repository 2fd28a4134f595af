import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Counts } from "../mutants/judged-mutants.js";

/** What `npm run mutants` has written. */
const RESULT = join(import.meta.dirname, "..", "mutants", "result.json");

/** What became of the mutants of some folders. */
export interface Mutants {
  readonly commit: string;
  readonly date: string;
  readonly seconds: number;
  readonly folders: Readonly<Record<string, Counts>>;
}

/** The last run of the mutation tool; undefined where there was none. */
export function readMutants(): Mutants | undefined {
  return existsSync(RESULT) ? JSON.parse(readFileSync(RESULT, "utf8")) : undefined;
}
