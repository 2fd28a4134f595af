/** A value that the file does not tell. */
export class Unknown {
  /** Why, as the rest of a sentence: "it is known only after the apply". */
  readonly reason: string;
  /**
   * Addresses of the resources that it is, or may be, an attribute of: `aws_iam_policy.this[0]`. What
   * is unknown may still be known to be the ARN of that policy.
   */
  readonly origins: readonly string[];

  constructor(reason: string, origins: readonly string[] = []) {
    this.reason = reason;
    this.origins = origins;
  }
}
