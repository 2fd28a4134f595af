/** The comparison cannot be made on this machine; the message says what is missing. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
