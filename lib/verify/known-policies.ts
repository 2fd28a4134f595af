import { type CompiledPolicy, compilePolicy } from "../iam/evaluate/compile-policy.js";
import { type CompiledStatement, compileStatement } from "../iam/evaluate/compile-statement.js";
import { PolicyError } from "../iam/evaluate/errors.js";
import type { AttachedPolicies } from "../iam/evaluate/evaluate.js";
import type { Principal } from "../terraform/principal.js";
import { type AnswersAbout, AnswersByStatements, type NumberedPolicy } from "./known-answers.js";
import { mayName } from "./may-name.js";
import { onceEach } from "./once-each.js";
import type { Outside } from "./outside.js";
import { statementsOf, type WrittenStatement } from "./statements.js";
import { NOT_AS_IN_FORCE } from "./taken-policy.js";

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
  /** What they say to requests, as far as asked: for all principals that have the same statements. */
  readonly answersAbout: AnswersAbout;
  /** What decides beside them. @default nothing does */
  readonly outside?: Outside;
  /** What is odd about them, in sentences: IAM refuses a policy, or takes it and never matches it. */
  readonly remarks: readonly string[];
}

/** A document and its statements, compiled once for all policies that have it. */
interface Known extends Omit<NumberedPolicy, "name"> {
  readonly number: number;
  /** What it was first called. */
  readonly where: string;
  readonly remarks: readonly string[];
  readonly asksForCaller: boolean;
}

/** A statement, and its number in the file. */
interface Numbered {
  readonly number: number;
  readonly compiled: CompiledStatement;
}

/** The policy documents of a file, and what they are known to allow. */
export class KnownPolicies {
  readonly #inForce: boolean;
  readonly #outside: Outside | undefined;
  readonly #documents = new Map<unknown, Known>();
  /** Statements, with policy variables and without: a file has one object for all that are alike. */
  readonly #statements = {
    true: new Map<unknown, Numbered>(),
    false: new Map<unknown, Numbered>(),
  };
  #numbers = 0;
  readonly #answers = new AnswersByStatements();
  readonly #byKey = new Map<string, AnswersAbout>();
  /** Those without remarks, by their key and names: of a hundred thousand principals most have one of a few. */
  readonly #attached = new Map<string, KnownAttached>();

  /**
   * @param inForce whether what the file holds is in force in AWS, and not to be made first
   * @param outside what decides beside the policies of the file's principals. @default nothing does
   */
  constructor(inForce: boolean, outside?: Outside) {
    this.#inForce = inForce;
    this.#outside = outside;
  }

  /** The policies of a principal, under the names that they have there: the same for all who have the same. */
  attachedTo({ policies, boundary, unread }: Principal): KnownAttached {
    const identity = policies.map(({ name, address, document }, index) =>
      this.#compiled(document, address === "" ? name : `${name} (${address})`, placeFor(index)),
    );
    const limit =
      boundary?.document === undefined
        ? undefined
        : this.#compiled(boundary.document, boundary.arn, PLACE_OF_BOUNDARY);
    const all = limit === undefined ? identity : [...identity, limit];
    const isAllRead = unread.length === 0 && (boundary === undefined || limit !== undefined);
    const besides = isAllRead ? "" : JSON.stringify([limit === undefined && boundary, unread]);
    // What limits one may be what allows another.
    const limitedBy = limit === undefined ? "" : `within ${limit.number}`;
    const key = [...identity.map(({ number }) => number), limitedBy, besides].join();
    const names = [...policies.map(({ name }) => name), boundary?.arn ?? ""];
    // A remark names the policy that it is about, by its address.
    const isShared = all.every(({ remarks }) => remarks.length === 0);
    const sharedKey = isShared ? JSON.stringify([key, names]) : "";
    const shared = this.#attached.get(sharedKey);
    if (shared !== undefined) {
      return shared;
    }
    const attached = {
      identity,
      ...(limit === undefined ? {} : { boundary: limit }),
      ...(unread.length === 0 ? {} : { unread: unread.map(unreadPolicy) }),
      ...(boundary === undefined || limit !== undefined
        ? {}
        : { unreadBoundary: unreadBoundary(boundary) }),
    };
    const answersAbout = this.#byKey.get(key) ?? this.#answers.of(attached, besides);
    this.#byKey.set(key, answersAbout);
    const found: KnownAttached = {
      ...attached,
      key,
      names,
      documents: policies.map(({ document }) => document),
      ...(this.#outside === undefined ? {} : { outside: this.#outside }),
      asksForCaller:
        all.some(({ asksForCaller }) => asksForCaller) || this.#outside?.asksForCaller === true,
      mayName: (action) =>
        this.#outside?.mayName(action) === true ||
        policies.some(({ document }) => mayName(document, action)) ||
        (boundary !== undefined && mayName(boundary.document, action)),
      answersAbout,
      remarks: isShared ? NONE : [...new Set(all.flatMap(({ remarks }) => remarks))],
    };
    if (isShared) {
      this.#attached.set(sharedKey, found);
    }
    return found;
  }

  #compiled(document: unknown, where: string, name: string): CompiledPolicy & Known {
    let known = this.#documents.get(document);
    if (known === undefined) {
      known = { number: this.#documents.size, where, ...this.#known(document, where) };
      this.#documents.set(document, known);
    }
    // A remark names the policy that it is about.
    const { remarks } =
      known.where === where || known.remarks.length === 0 ? known : this.#known(document, where);
    return { ...known, remarks, name };
  }

  #known(document: unknown, where: string): Omit<Known, "number" | "where"> {
    const asksForCaller = asks(document);
    const numbers: number[] = [];
    const compile: typeof compileStatement = (...written) => {
      const { compiled, number } = this.#compiledStatement(...written);
      numbers.push(number);
      return compiled;
    };
    try {
      const { statements, remarks = [] } = compilePolicy(document, where, compile);
      return { statements, numbers, remarks, asksForCaller };
    } catch (error) {
      if (error instanceof PolicyError) {
        const remarks = [`IAM refuses it: ${error.message}`];
        // One that is never made allows nothing, and denies nothing.
        numbers.length = 0;
        const { statements } = this.#inForce
          ? compilePolicy(NOT_AS_IN_FORCE, where, compile)
          : { statements: [] };
        return { statements, numbers, remarks, asksForCaller };
      }
      throw error;
    }
  }

  #compiledStatement(...written: Parameters<typeof compileStatement>): Numbered {
    const [statement, index, { variables }] = written;
    const all = typeof variables === "boolean" ? this.#statements[`${variables}`] : undefined;
    const known = all?.get(statement);
    // A remark names its place, which is another one in each policy.
    if (known !== undefined && known.compiled.remarks === undefined) {
      const { number, compiled } = known;
      return compiled.index === index ? known : { number, compiled: { ...compiled, index } };
    }
    const found = { number: this.#numbers, compiled: compileStatement(...written) };
    this.#numbers += 1;
    all?.set(statement, found);
    return found;
  }
}

const NONE: readonly string[] = [];

/** What stands for the name of a policy in answers that several principals share. */
function placeFor(index: number): string {
  return `\u27e6${index}\u27e7`;
}

/** What stands for the name of the boundary, however many policies there are beside it. */
const PLACE_OF_BOUNDARY = "\u27e6boundary\u27e7";

/** Whether a sentence of an answer names policies. */
export function namesPolicies(sentence: string): boolean {
  return sentence.includes("\u27e6");
}

/** A sentence of an answer, with the names that the policies have at one principal. */
export function withNames(sentence: string, { names }: KnownAttached): string {
  return sentence.replace(
    /\u27e6(\d+|boundary)\u27e7/g,
    (_place, index: string) => (index === "boundary" ? names.at(-1) : names[Number(index)]) ?? "",
  );
}

/** Whether a document asks who the caller is. */
function asks(document: unknown): boolean {
  const statements = statementsOf(document);
  return statements.length === 0 ? isAsking(document) : statements.some(statementAsks);
}

const statementAsks = onceEach(
  (statement: WrittenStatement) => !isPlain(statement) && isAsking(statement),
);

/** Whether a statement has no condition, and names its resources as texts without a variable. */
function isPlain({ Condition, Resource, NotResource }: WrittenStatement): boolean {
  return (
    Condition === undefined &&
    NotResource === undefined &&
    Array.isArray(Resource) &&
    Resource.every((arn) => typeof arn === "string" && !arn.includes("${"))
  );
}

function isAsking(part: unknown): boolean {
  const text = typeof part === "string" ? part : (JSON.stringify(part) ?? "");
  return /aws:(?:principal|user)/i.test(text);
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
