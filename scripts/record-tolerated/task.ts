import type { Outcome } from "../../__tests__/remotion-client/support/outcome.js";
import type { Recording } from "../../__tests__/remotion-client/support/recording.js";

/** What a player is asked to play. Scenarios, rows and calls by their places. */
export interface Task {
  readonly scenario: number;
  /** The calls that are refused, all at once. @default none: the scenario is recorded */
  readonly denied?: { readonly row: number; readonly calls: readonly number[] };
}

/** What a player answers: a recording, what came of a refusal, or why it has neither. */
export interface Answer {
  readonly recording?: Recording;
  readonly outcome?: Outcome;
  readonly error?: string;
}
