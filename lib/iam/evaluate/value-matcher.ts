import { type Answer, both, type Doubt, either } from "./answer.js";
import { type RequestContext, UNTOLD } from "./request-context.js";
import { UnknownPart } from "./unknown-part.js";

/** One value that a policy compares with. */
export interface ValueMatcher {
  /**
   * Whether a value of the request fits. What has a variable without a value fits nothing.
   */
  readonly fits: (value: string | UnknownPart, context: RequestContext) => Answer;
  /** What must have a value in the request so that the policy's value means anything. */
  readonly needs?: readonly Need[];
  /** Set where the value is none of its operator's type: it fits nothing. */
  readonly invalid?: true;
}

/** A variable without a default, or a part that may have one. */
export type Need = { readonly variable: string; readonly written: string } | UnknownPart;

/** Whether all the needs are met: no variable is without a value. */
export function areMet(needs: readonly Need[], context: RequestContext): Answer {
  let met: Answer = true;
  for (const need of needs) {
    met = both(met, isMet(need, context));
  }
  return met;
}

function isMet(need: Need, context: RequestContext): Answer {
  if (need instanceof UnknownPart) {
    return [need];
  }
  const value = context.singleValue(need.variable);
  return value === UNTOLD ? [untoldVariable(need.written)] : value !== undefined;
}

/** Whether a value of the request fits any of the policy's. */
export function fitsAny(
  matchers: readonly ValueMatcher[],
  value: string | UnknownPart,
  context: RequestContext,
): Answer {
  let answer: Answer = false;
  for (const { fits } of matchers) {
    answer = either(answer, fits(value, context));
    if (answer === true) {
      return true;
    }
  }
  return answer;
}

/** What a condition on a key leaves open that only the caller's session decides. */
export function untoldKey(written: string): Doubt {
  return bySession("condition on", written, written);
}

/** What a variable leaves open that only the caller's session decides. */
export function untoldVariable(written: string): Doubt {
  return bySession("variable", `\${${written}}`, written);
}

function bySession(what: string, shown: string, key: string): Doubt {
  return {
    cause: `its ${what} ${shown} is decided by the caller's session`,
    give: `a statement that does without ${shown}`,
    key,
  };
}
