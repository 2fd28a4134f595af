import { type CompiledPolicy, compilePolicy } from "../iam/evaluate/compile-policy.js";
import { type CompiledStatement, compileStatement } from "../iam/evaluate/compile-statement.js";
import type { AttachedPolicies } from "../iam/evaluate/evaluate.js";
import type { Principal } from "../terraform/principal.js";
import type { NeededRequest } from "./needed-request.js";

/** The policies of a principal, ready for requests. */
export interface KnownAttached extends AttachedPolicies {
  /** Whether they allow a request: for all principals that have the same documents, as far as asked. */
  readonly answers: Map<NeededRequest, boolean>;
}

/** A document and its statements, compiled once for all policies that have it. */
interface Known {
  readonly number: number;
  readonly statements: CompiledPolicy["statements"];
}

/** The policy documents of a file, and what they are known to allow. */
export class KnownPolicies {
  readonly #documents = new Map<unknown, Known>();
  /** Statements by their text: policies of thousands of principals differ in a few of them. */
  readonly #statements = new Map<string, CompiledStatement>();
  readonly #answers = new Map<string, Map<NeededRequest, boolean>>();

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
    const answers = this.#answers.get(key) ?? new Map<NeededRequest, boolean>();
    this.#answers.set(key, answers);
    return { identity, ...(limit === undefined ? {} : { boundary: limit }), answers };
  }

  #compiled(document: unknown, name: string): CompiledPolicy & Known {
    let known = this.#documents.get(document);
    if (known === undefined) {
      known = {
        number: this.#documents.size,
        statements: compilePolicy(document, name, this.#compiledStatement).statements,
      };
      this.#documents.set(document, known);
    }
    return { ...known, name };
  }

  readonly #compiledStatement: typeof compileStatement = (statement, index, syntax, where) => {
    const key = `${syntax.variables} ${JSON.stringify(statement)}`;
    const known = this.#statements.get(key) ?? compileStatement(statement, index, syntax, where);
    this.#statements.set(key, known);
    return known.index === index ? known : { ...known, index };
  };
}
