import type { Accepted } from "../accepted.js";
import type { Outcome, Strictness } from "../outcome.js";
import type { VerifiedReading } from "../verify-reading.js";

/** What a report is written of. */
export interface Report {
  /** Path of the file, or `-` for standard input. */
  readonly file: string;
  readonly reading: VerifiedReading;
  readonly outcome: Outcome;
  readonly strictness: Strictness;
  readonly accepted: Accepted;
  /** The version of this program. */
  readonly version: string;
  /** The release of Remotion whose needs count. @default the one whose policies this project reproduces */
  readonly remotion?: string;
}

/** What the program calls itself in a report. */
export const TOOL = "remotion-lambda-terraform";
