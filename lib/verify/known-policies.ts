import { type CompiledPolicy, compilePolicy } from "../iam/evaluate/compile-policy.js";
import { allowStatements, namesAction } from "./statements.js";

/** A policy document with what is worked out of it once, however many principals have it. */
export class KnownPolicy {
  readonly document: unknown;
  /** Compiled under a name that no other document has. */
  readonly compiled: CompiledPolicy;
  readonly #named = new Map<string, boolean>();

  constructor(document: unknown, compiled: CompiledPolicy) {
    this.document = document;
    this.compiled = compiled;
  }

  /** Whether a statement allows the action, on whatever resource. */
  namesAction(action: string): boolean {
    const known = this.#named.get(action);
    if (known !== undefined) {
      return known;
    }
    const named = allowStatements(this.document).some((statement) =>
      namesAction(statement, action),
    );
    this.#named.set(action, named);
    return named;
  }
}

/** The documents of a file, each of them once. */
export class KnownPolicies {
  readonly #known = new Map<unknown, KnownPolicy>();

  /**
   * A document, for all who have the same one.
   *
   * @param name what to call the policy in error messages
   * @throws PolicyError when it is malformed
   */
  of(document: unknown, name: string): KnownPolicy {
    const known = this.#known.get(document);
    if (known !== undefined) {
      return known;
    }
    const { statements } = compilePolicy(document, name);
    const policy = new KnownPolicy(document, { name: String(this.#known.size), statements });
    this.#known.set(document, policy);
    return policy;
  }
}
