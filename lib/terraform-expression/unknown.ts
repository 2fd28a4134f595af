/** What is known of a value that is not told as a whole. */
interface KnownOfIt {
  /** Of a text, its known pieces in order: between two of them stands what is not told. */
  readonly pieces?: readonly string[];
  /** Of a JSON text, what it is the text of: a value that holds `Unknown`s. */
  readonly encodes?: unknown;
  /** Whether something may decide which of its origins it is made from. */
  readonly isConditional?: boolean;
  /** Whether it may hold quotes, so that a JSON text around it need not have the form that it seems to have. */
  readonly mayQuote?: boolean;
  /** What to give for it. @default what the file asks for, whatever is not told */
  readonly give?: string;
}

/** A value that the file does not tell. */
export class Unknown {
  /** Why, as the rest of a sentence: "it is known only after the apply". */
  readonly reason: string;
  /**
   * Addresses of the resources that it is, or may be, an attribute of: `aws_iam_policy.this[0]`. What
   * is unknown may still be known to be the ARN of that policy.
   */
  readonly origins: readonly string[];
  readonly known: KnownOfIt;

  constructor(reason: string, origins: readonly string[] = [], known: KnownOfIt = {}) {
    this.reason = reason;
    this.origins = origins;
    this.known = known;
  }
}
