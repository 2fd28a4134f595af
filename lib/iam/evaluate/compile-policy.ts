import { type CompiledStatement, compileStatement } from "./compile-statement.js";
import type { OutsideKind } from "./deciding-statement.js";
import { policyStatements } from "./policy-statements.js";

/** A policy that has been checked and made ready for many requests. */
export interface CompiledPolicy {
  /** The name it was compiled under. */
  readonly name: string;
  readonly statements: readonly CompiledStatement[];
  /** What kind of policy it is. @default one of a principal */
  readonly kind?: OutsideKind;
  /**
   * A sentence, with its place, for each of what IAM takes and nothing ever matches, as an action with
   * a blank in its name; the first 20. @default none
   */
  readonly remarks?: readonly string[];
}

/**
 * Checks an identity policy or a permissions boundary and makes it ready for `evaluate`. Compile
 * once, evaluate often.
 *
 * Checked is what decides the meaning: IAM knows more rules, of quotas and of names that exist, which
 * this does not check. Lists without an entry are refused, because they grant nothing that anyone
 * meant. In a policy without `"Version": "2012-10-17"` a `${…}` is plain text, as in IAM. What IAM
 * takes although nothing ever matches it is remarked, and matches nothing.
 *
 * @param policy the JSON text, or what it holds; from any source. An `UnknownPart` may stand in any
 * place of it, or for the whole
 * @param name what to call the policy in results and error messages
 * @param compile what makes a statement ready. @default compileStatement
 * @throws PolicyError when it is not such a policy, with the place, the value and the way out
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function compilePolicy(
  policy: unknown,
  name: string,
  compile = compileStatement,
): CompiledPolicy {
  return policyStatements(policy, name, compile);
}
