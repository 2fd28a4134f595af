/**
 * An expression that Terraform would refuse, too. `try()` and `can()` catch it; elsewhere the value
 * is unknown. The message is the rest of a sentence: "it asks for …".
 */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** An expression that does not follow Terraform's grammar, as far as it is read here. */
export function syntaxFailure(what: string, at: number): Failure {
  return new Failure(`the expression cannot be read: ${what} at character ${at + 1}`);
}
