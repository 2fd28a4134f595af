/**
 * Stands in a policy document, at any depth, for what is not told: the document, its Version, its
 * Statement, one statement, an element, one entry of a list, a condition, its values. Also stands for
 * the value of a context key that a request surely has.
 */
export class UnknownPart {
  /** Why it is not told, as the rest of a sentence: "it is known only after the apply". */
  readonly cause: string;
  /** What to give so that it is told: "the plan after the apply". */
  readonly give: string;
  /**
   * For a text that is known in part, its known pieces in order: between two pieces stands what is
   * not told. `["arn:aws:s3:::", "/*"]` is all objects of some bucket. A policy variable lies within
   * one such stretch, or begins and ends in pieces. Undefined, or fewer than two pieces, when nothing
   * is known.
   */
  readonly pieces: readonly string[] | undefined;

  constructor(cause: string, give: string, pieces?: readonly string[]) {
    this.cause = cause;
    this.give = give;
    this.pieces = pieces !== undefined && pieces.length > 1 ? pieces : undefined;
  }
}
