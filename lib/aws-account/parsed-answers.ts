import type { RepeatedKeys } from "../json/repeated-key.js";
import type { PassedOver } from "./passed-over.js";

/** Answers of the `aws` command line, as they were given. */
export interface ParsedAnswers {
  readonly contents: readonly unknown[];
  /** The objects in them in which a key stood twice: the first of the two is lost. */
  readonly repeated: RepeatedKeys;
  /** Those of whom nothing is held. @default nobody is passed over */
  readonly passedOver?: PassedOver | undefined;
}
