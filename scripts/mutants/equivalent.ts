import mutants from "./equivalent.json" with { type: "json" };

/** A mutant that changes nothing that could be seen. It is known by its text, wherever it stands in its file. */
export interface EquivalentMutant {
  readonly file: string;
  /** The line it begins in, without white space around. */
  readonly line: string;
  /** What it takes away, with each run of white space as one space. */
  readonly from: string;
  /** What it puts in its place, likewise. */
  readonly to: string;
  /** The proof, in one line. */
  readonly why: string;
}

/** Mutants that say the same as the original. */
export const EQUIVALENT: readonly EquivalentMutant[] = mutants;
