import { principalContext } from "./principal-context.js";
import type { AccessRequest } from "./request.js";

/**
 * What a request says about itself: the values that conditions and policy variables are compared
 * with. Names of keys ignore case, as they do in IAM.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export class RequestContext {
  readonly #request: AccessRequest;
  #values: ReadonlyMap<string, string | readonly string[]> | undefined;

  constructor(request: AccessRequest) {
    this.#request = request;
  }

  /**
   * The value of a key: one text for a key with a single value, a list for one with many, undefined
   * for a key that the request does not have. An empty list counts as not there.
   *
   * @param key the key in lower case
   */
  value(key: string): string | readonly string[] | undefined {
    this.#values ??= collect(this.#request);
    return this.#values.get(key);
  }

  /**
   * The value of a key as a policy variable takes it: undefined also when the key has many values,
   * which AWS does not allow there, or an empty one.
   *
   * @param key the key in lower case
   */
  singleValue(key: string): string | undefined {
    const value = this.value(key);
    return typeof value === "string" && value !== "" ? value : undefined;
  }
}

/** Collected on first use, because most statements have neither conditions nor variables. */
function collect(request: AccessRequest): ReadonlyMap<string, string | readonly string[]> {
  const values = new Map<string, string | readonly string[]>();
  const given = request.context ?? {};
  for (const [key, value] of Object.entries({ ...principalContext(request.principal), ...given })) {
    if (value.length === 0 && typeof value !== "string") {
      values.delete(key.toLowerCase());
    } else {
      values.set(key.toLowerCase(), value);
    }
  }
  return values;
}
