import { type CompiledPolicy, compilePolicy } from "../iam/evaluate/compile-policy.js";
import { type CompiledStatement, compileStatement } from "../iam/evaluate/compile-statement.js";
import { PolicyError } from "../iam/evaluate/errors.js";
import type { AttachedPolicies } from "../iam/evaluate/evaluate.js";
import type { Principal } from "../terraform/principal.js";
import type { FunctionsRole } from "./checked-scope.js";
import type { NeededRequest } from "./needed-request.js";
import type { RequestAnswer } from "./request-answer.js";
import { namesAction, statementsOf } from "./statements.js";

type Answers = Map<NeededRequest, RequestAnswer>;

/** The policies of a principal, ready for requests. */
export interface KnownAttached extends AttachedPolicies {
  /** The same for all principals that have the same documents. */
  readonly key: string;
  /** Their names, and that of the boundary, by the places that stand for them in answers. */
  readonly names: readonly string[];
  /** Their documents, as they are written. */
  readonly documents: readonly unknown[];
  /** Whether they ask who the caller is, so that their answers are one principal's alone. */
  readonly asksForCaller: boolean;
  /** Whether a statement about an action may name one user or role, and no other. */
  readonly mayName: (action: string) => boolean;
  /** What they say to requests, as far as asked: for all principals that have the same documents. */
  readonly answers: Answers;
  /** Likewise, to requests that pass one of these roles. */
  readonly answersFor: (roles: readonly FunctionsRole[]) => Answers;
  /** What is odd about them, in sentences: IAM refuses a policy, or takes it and never matches it. */
  readonly remarks: readonly string[];
}

/** A document and its statements, compiled once for all policies that have it. */
interface Known {
  readonly number: number;
  readonly statements: CompiledPolicy["statements"];
  readonly remarks: readonly string[];
  readonly asksForCaller: boolean;
}

/** What is known of the answers that some documents give, whoever has them. */
export class SharedAnswers {
  readonly answers: Answers = new Map();
  readonly #byRoles = new Map<readonly FunctionsRole[], Answers>();

  readonly answersFor = (roles: readonly FunctionsRole[]): Answers => {
    const answers = this.#byRoles.get(roles) ?? new Map();
    this.#byRoles.set(roles, answers);
    return answers;
  };
}

/** The policy documents of a file, and what they are known to allow. */
export class KnownPolicies {
  readonly #documents = new Map<unknown, Known>();
  /** Statements by their text: policies of thousands of principals differ in a few of them. */
  readonly #statements = new Map<string, CompiledStatement>();
  readonly #answers = new Map<string, SharedAnswers>();

  /** The policies of a principal, under the names that they have there. */
  attachedTo({ policies, boundary, unread }: Principal): KnownAttached {
    const identity = policies.map(({ name, address, document }, index) =>
      this.#compiled(document, address === "" ? name : `${name} (${address})`, placeFor(index)),
    );
    const limit =
      boundary?.document === undefined
        ? undefined
        : this.#compiled(boundary.document, boundary.arn, placeFor(policies.length));
    const all = limit === undefined ? identity : [...identity, limit];
    const key = [
      identity.map(({ number }) => number).join(),
      limit?.number ?? boundary?.arn ?? "",
      ...unread.map(({ name, arn, address, cause }) => [name, arn, address, cause].join(" ")),
    ].join("|");
    const shared = this.#answers.get(key) ?? new SharedAnswers();
    this.#answers.set(key, shared);
    return {
      identity,
      ...(limit === undefined ? {} : { boundary: limit }),
      ...(unread.length === 0 ? {} : { unread: unread.map(unreadPolicy) }),
      ...(boundary === undefined || limit !== undefined
        ? {}
        : { unreadBoundary: unreadBoundary(boundary) }),
      key,
      names: [...policies.map(({ name }) => name), boundary?.arn ?? ""],
      documents: policies.map(({ document }) => document),
      asksForCaller: all.some(({ asksForCaller }) => asksForCaller),
      mayName: (action) =>
        policies.some(({ document }) => mayName(document, action)) ||
        (boundary !== undefined && mayName(boundary.document, action)),
      answers: shared.answers,
      answersFor: shared.answersFor,
      remarks: [...new Set(all.flatMap(({ remarks }) => remarks))],
    };
  }

  #compiled(document: unknown, where: string, name: string): CompiledPolicy & Known {
    let known = this.#documents.get(document);
    if (known === undefined) {
      known = { number: this.#documents.size, ...this.#known(document, where) };
      this.#documents.set(document, known);
    }
    return { ...known, name };
  }

  #known(document: unknown, where: string): Omit<Known, "number"> {
    const asksForCaller = /aws:(?:principal|user)/i.test(textOf(document));
    try {
      const { statements, remarks = [] } = compilePolicy(document, where, this.#compiledStatement);
      return { statements, remarks, asksForCaller };
    } catch (error) {
      if (error instanceof PolicyError) {
        // It is never made, so it allows nothing, and denies nothing.
        return { statements: [], remarks: [`IAM refuses it: ${error.message}`], asksForCaller };
      }
      throw error;
    }
  }

  readonly #compiledStatement: typeof compileStatement = (statement, index, syntax, where) => {
    const key = `${syntax.variables} ${textOf(statement)}`;
    const known = this.#statements.get(key);
    // A remark names its place, which is another one here.
    const compiled =
      known === undefined || known.remarks !== undefined
        ? compileStatement(statement, index, syntax, where)
        : known;
    this.#statements.set(key, compiled);
    return compiled.index === index ? compiled : { ...compiled, index };
  };
}

/** Documents whose statements about an action name nobody, by the action. */
const NAMING = new WeakMap<object, Map<string, boolean>>();

/** A resource that is everybody, or every user or role. */
const EVERYBODY = /^(?:\*|arn:[^:]*:iam::[^:]*:(?:user|role)\/\*)$/;

function mayName(document: unknown, action: string): boolean {
  if (typeof document !== "object" || document === null) {
    return true;
  }
  const known = NAMING.get(document) ?? new Map<string, boolean>();
  NAMING.set(document, known);
  const named =
    known.get(action) ??
    statementsOf(document).some(
      (statement) =>
        namesAction(statement, action) &&
        (statement["Resource"] === undefined ||
          [statement["Resource"]]
            .flat()
            .some((resource) => typeof resource !== "string" || !EVERYBODY.test(resource))),
    );
  known.set(action, named);
  return named;
}

/** What stands for the name of a policy in answers that several principals share. */
function placeFor(index: number): string {
  return `\u27e6${index}\u27e7`;
}

/** Whether a sentence of an answer names policies. */
export function namesPolicies(sentence: string): boolean {
  return sentence.includes("\u27e6");
}

/** A sentence of an answer, with the names that the policies have at one principal. */
export function withNames(sentence: string, { names }: KnownAttached): string {
  return sentence.replace(
    /\u27e6(\d+)\u27e7/g,
    (_place, index: string) => names[Number(index)] ?? "",
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function unreadPolicy(unread: Principal["unread"][number]) {
  const { name, arn, address, cause, give, mayDeny } = unread;
  return {
    policy: [
      name === "" ? (arn ?? "a policy") : name,
      ...(address === "" ? [] : [`(${address})`]),
    ].join(" "),
    cause,
    give,
    mayDeny,
  };
}

function unreadBoundary({ arn, unread }: NonNullable<Principal["boundary"]>) {
  const named = arn === "" ? "the permissions boundary" : `the permissions boundary ${arn}`;
  const { cause = "it is not in the file", give = `--policy ${arn}=FILE` } = unread ?? {};
  return { cause: `${named}: ${cause}`, give };
}
