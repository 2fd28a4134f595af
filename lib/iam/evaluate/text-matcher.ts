import { compileGlob, type GlobPart, matchesGlob } from "./glob.js";
import type { TextPart } from "./policy-text.js";
import type { RequestContext } from "./request-context.js";

/** Whether a value of the request fits a text of the policy. */
export type TextMatcher = (value: string, context: RequestContext) => boolean;

/**
 * A matcher for a text of a policy. A text with a variable that has no value in the request, and no
 * default, fits nothing: AWS calls such a value effectively null, equal to and like nothing. What a
 * variable stands for is compared as it is; a `*` in it is no wildcard.
 *
 * @param parts the text, as `parseText` splits it
 * @param fold whether case is ignored
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function textMatcher(parts: readonly TextPart[], fold = false): TextMatcher {
  const folded = (text: string): string => (fold ? text.toLowerCase() : text);
  const fixed = resolve(parts, undefined, folded);
  if (fixed !== undefined) {
    const only = fixed.length === 1 ? fixed[0] : undefined;
    if (only !== undefined && "text" in only) {
      return (value) => folded(value) === only.text;
    }
    if (only?.wildcard === "*") {
      return () => true;
    }
    const glob = compileGlob(fixed);
    return (value) => matchesGlob(glob, folded(value));
  }
  return (value, context) => {
    const resolved = resolve(parts, context, folded);
    return resolved !== undefined && matchesGlob(compileGlob(resolved), folded(value));
  };
}

/** The parts with every variable filled in, or undefined when one has no value. */
function resolve(
  parts: readonly TextPart[],
  context: RequestContext | undefined,
  folded: (text: string) => string,
): readonly GlobPart[] | undefined {
  const resolved: GlobPart[] = [];
  for (const part of parts) {
    if ("wildcard" in part) {
      resolved.push(part);
    } else if ("text" in part) {
      resolved.push({ text: folded(part.text) });
    } else {
      // Without a context this asks whether the text has variables at all.
      const value = context && (context.singleValue(part.variable) ?? part.fallback);
      if (value === undefined) {
        return undefined;
      }
      resolved.push({ text: folded(value) });
    }
  }
  return resolved;
}
