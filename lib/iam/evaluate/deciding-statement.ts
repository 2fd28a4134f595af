import { type Answer, type Doubt, MAX_DOUBTS, sameDoubt } from "./answer.js";
import type { Effect } from "./statement-elements.js";

/**
 * The statement that decided: its policy, its place in it from 0, and its id when it has one.
 *
 * @public It is what `Evaluation` has as `by`, for whoever hands that on.
 */
export interface DecidingStatement {
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
  /** What kind of policy it is in. @default an identity policy, a permissions boundary or a trust policy */
  readonly kind?: OutsideKind;
}

/** The kinds of policies that a principal has not itself, and that decide all the same. */
export type OutsideKind =
  | "service control policy"
  | "resource control policy"
  | "bucket policy"
  | "key policy";

/**
 * One reason why nobody can tell what the policies say: the policy, the statement in it where it is
 * one, why, and what to give.
 */
export interface UntoldCause extends Partial<DecidingStatement>, Doubt {
  readonly policy: string;
}

/** A statement of whatever kind of policy, ready for requests. */
interface ReadyStatement<Request> {
  readonly index: number;
  readonly sid?: string;
  readonly effect: Effect;
  readonly applies: (request: Request) => Answer;
}

/**
 * The first statement with this effect that surely applies. Of others that may, adds why nobody can
 * tell.
 */
export function firstIn<Request>(
  policy: ReadyPolicy & { readonly statements: readonly ReadyStatement<Request>[] },
  effect: "Allow" | "Deny",
  request: Request,
  causes: UntoldCauses,
): DecidingStatement | undefined {
  for (const statement of policy.statements) {
    if (statement.effect === effect || statement.effect === "Allow or Deny") {
      const answer = statement.applies(request);
      if (answer === true) {
        return placed(policy, statement);
      }
      if (answer !== false) {
        causes.addOf(policy, statement, answer);
      }
    }
  }
  return undefined;
}

/** What a policy is called, whatever its kind. */
interface ReadyPolicy {
  readonly name: string;
  readonly kind?: OutsideKind;
}

/** What a statement's place is made of. */
interface Placed {
  readonly index: number;
  readonly sid?: string;
}

/** The place of a statement in its policy. */
export function placed({ name, kind }: ReadyPolicy, { index, sid }: Placed): DecidingStatement {
  return {
    policy: name,
    index,
    ...(sid === undefined ? {} : { sid }),
    ...(kind === undefined ? {} : { kind }),
  };
}

const NONE: readonly UntoldCause[] = [];

/** Collects what leaves an evaluation in doubt: each once, and not too many. */
export class UntoldCauses {
  #list: UntoldCause[] | undefined;

  get list(): readonly UntoldCause[] {
    return this.#list ?? NONE;
  }

  /** Adds what leaves a statement in doubt. */
  addOf(policy: ReadyPolicy, statement: Placed, doubts: readonly Doubt[]): void {
    if (this.list.length >= MAX_DOUBTS) {
      return;
    }
    for (const { cause, give, key } of doubts) {
      const doubt = { cause, give, ...(key === undefined ? {} : { key }) };
      this.add({ ...placed(policy, statement), ...doubt });
    }
  }

  addAll({ list }: UntoldCauses): void {
    for (const cause of list) {
      this.add(cause);
    }
  }

  add(cause: UntoldCause): void {
    this.#list ??= [];
    if (this.#list.length < MAX_DOUBTS && !this.#list.some((known) => isSame(known, cause))) {
      this.#list.push(cause);
    }
  }
}

function isSame(one: UntoldCause, other: UntoldCause): boolean {
  return one.policy === other.policy && one.index === other.index && sameDoubt(one, other);
}
