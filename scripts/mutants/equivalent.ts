/** A mutant that changes nothing that could be seen. It is known by its text, wherever it stands in its file. */
export interface EquivalentMutant {
  readonly file: string;
  /** The line it begins in, without white space around. */
  readonly line: string;
  /** What it takes away, with each run of white space as one space. */
  readonly from: string;
  /** What it puts in its place, likewise. */
  readonly to: string;
  /** The proof. */
  readonly why: string;
}

/** A mutant that says the same as the original, each with the proof in one line. */
export const EQUIVALENT: readonly EquivalentMutant[] = [];
