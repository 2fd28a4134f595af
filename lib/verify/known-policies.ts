import { type CompiledPolicy, compilePolicy } from "../iam/evaluate/compile-policy.js";
import type { AttachedPolicies } from "../iam/evaluate/evaluate.js";
import type { Principal } from "../terraform/principal.js";
import type { NeededCall } from "./needed-call.js";

/** The policies of a principal, ready for requests. */
export interface KnownAttached extends AttachedPolicies {
  /** Whether they allow a call: for all principals that have the same documents, as far as asked. */
  readonly answers: Map<NeededCall, boolean>;
}

/** A document and its statements, compiled once for all policies that have it. */
interface Known {
  readonly number: number;
  readonly statements: CompiledPolicy["statements"];
}

/** The policy documents of a file, and what they are known to allow. */
export class KnownPolicies {
  readonly #documents = new Map<unknown, Known>();
  readonly #answers = new Map<string, Map<NeededCall, boolean>>();

  /**
   * The policies of a principal, under the names that they have there.
   *
   * @throws PolicyError when one is malformed
   */
  attachedTo({ policies, boundary }: Principal): KnownAttached {
    const identity = policies.map(({ name, document }) => this.#compiled(document, name));
    const limit =
      boundary?.document === undefined
        ? undefined
        : this.#compiled(boundary.document, boundary.arn);
    const key = `${identity.map(({ number }) => number).join()}|${limit?.number ?? ""}`;
    const answers = this.#answers.get(key) ?? new Map<NeededCall, boolean>();
    this.#answers.set(key, answers);
    return { identity, ...(limit === undefined ? {} : { boundary: limit }), answers };
  }

  #compiled(document: unknown, name: string): CompiledPolicy & Known {
    let known = this.#documents.get(document);
    if (known === undefined) {
      known = {
        number: this.#documents.size,
        statements: compilePolicy(document, name).statements,
      };
      this.#documents.set(document, known);
    }
    return { ...known, name };
  }
}
