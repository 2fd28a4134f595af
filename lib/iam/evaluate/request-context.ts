import { principalContext } from "./principal-context.js";
import { UnknownPart } from "./unknown-part.js";

/**
 * The value of a context key: one text, a list for a key with many values, or what stands for a value
 * that the request surely has and nobody can tell. In one that is an ARN, what is not told lies within
 * one of its parts.
 */
export type ContextValue = string | readonly string[] | UnknownPart;

/** What fills the context of a request. */
export interface ContextSource {
  /**
   * The ARN of the user or role that calls. Only fills in the context keys that follow from it,
   * such as `aws:username`; a key given in `context` comes before. A `*` stands for what is not told,
   * as the account in `arn:aws:iam::*:user/name`.
   */
  readonly principal?: string;
  /**
   * Context keys and values: a list for a key with many values, as `aws:TagKeys`. With an empty list
   * the request surely does not have the key.
   */
  readonly context?: Readonly<Record<string, ContextValue>>;
  /**
   * Context keys of which nobody can tell whether the request has them, and with which value, as
   * `aws:SourceIp`: only the caller's session decides. Case is ignored, and a `*` at the end makes it
   * a prefix: `aws:PrincipalTag/*`. A key given in `context` is told. @default none
   */
  readonly untold?: readonly string[];
}

/** What stands for a key of which nobody can tell whether the request has it. */
export const UNTOLD = Symbol("untold");

/**
 * What a request says about itself: the values that conditions and policy variables are compared
 * with. Names of keys ignore case, as they do in IAM.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export class RequestContext {
  readonly #source: () => ContextSource;
  #values: ReadonlyMap<string, ContextValue | typeof UNTOLD | undefined> | undefined;
  #untold: UntoldKeys | undefined;

  /** @param source what fills it, asked for once, on first use */
  constructor(source: () => ContextSource) {
    this.#source = source;
  }

  /**
   * The value of a key: undefined for a key that the request does not have, UNTOLD for one of which
   * nobody can tell. An empty list counts as not there.
   *
   * @param key the key in lower case
   */
  value(key: string): ContextValue | typeof UNTOLD | undefined {
    this.#values ??= this.#collected();
    const value = this.#values.get(key);
    if (value !== undefined || this.#untold === undefined || this.#values.has(key)) {
      return value;
    }
    return this.#untold.has(key) ? UNTOLD : undefined;
  }

  /**
   * The value of a key as a policy variable takes it: undefined also when the key has many values,
   * which AWS does not allow there, or an empty one.
   *
   * @param key the key in lower case
   */
  singleValue(key: string): string | UnknownPart | typeof UNTOLD | undefined {
    const value = this.value(key);
    if (typeof value === "string") {
      return value === "" ? undefined : value;
    }
    return value === UNTOLD || value instanceof UnknownPart ? value : undefined;
  }

  /** Collected on first use, because most statements have neither conditions nor variables. */
  #collected(): ReadonlyMap<string, ContextValue | typeof UNTOLD | undefined> {
    const { principal, context = {}, untold } = this.#source();
    this.#untold = untold === undefined || untold.length === 0 ? undefined : new UntoldKeys(untold);
    const values = new Map<string, ContextValue | typeof UNTOLD | undefined>();
    for (const [key, value] of Object.entries(principalContext(principal))) {
      values.set(key, this.#untold?.has(key) === true ? UNTOLD : value);
    }
    for (const [key, value] of Object.entries(context)) {
      values.set(key.toLowerCase(), isEmptyList(value) ? undefined : value);
    }
    return values;
  }
}

function isEmptyList(value: ContextValue): boolean {
  return typeof value !== "string" && !(value instanceof UnknownPart) && value.length === 0;
}

/** A list of keys and of prefixes of keys. */
class UntoldKeys {
  readonly #keys = new Set<string>();
  readonly #prefixes: string[] = [];

  constructor(keys: readonly string[]) {
    for (const key of keys) {
      const folded = key.toLowerCase();
      if (folded.endsWith("*")) {
        this.#prefixes.push(folded.slice(0, -1));
      } else {
        this.#keys.add(folded);
      }
    }
  }

  /** @param key the key in lower case */
  has(key: string): boolean {
    return this.#keys.has(key) || this.#prefixes.some((prefix) => key.startsWith(prefix));
  }
}
