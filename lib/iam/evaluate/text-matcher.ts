import { type Answer, type Doubt, joined } from "./answer.js";
import { compileGlob, type Glob, type GlobPart, matchesGlob } from "./glob.js";
import type { HolePart, TextPart, VariablePart } from "./policy-text.js";
import { type RequestContext, UNTOLD } from "./request-context.js";
import { UnknownPart } from "./unknown-part.js";
import {
  ANYTHING,
  asItIs,
  type Fold,
  fitsUnknownValue,
  lowerCased,
  NOTHING,
} from "./unknown-value.js";
import { type Need, untoldVariable, type ValueMatcher } from "./value-matcher.js";

/**
 * A matcher for a text of a policy. A text with a variable that has no value in the request, and no
 * default, fits nothing: AWS calls such a value effectively null, equal to and like nothing. What a
 * variable stands for is compared as it is; a `*` in it is no wildcard. A hole in the text may be
 * anything: what fits with it is in doubt, and what does not, does not.
 *
 * @param parts the text, as `parseText` splits it
 * @param fold whether case is ignored
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function textMatcher(parts: readonly TextPart[], fold = false): ValueMatcher {
  const folded = fold ? lowerCased : asItIs;
  const only = parts.length === 1 ? parts[0] : undefined;
  if (only !== undefined && "text" in only) {
    return literalMatcher(folded(only.text), folded);
  }
  if (only !== undefined && "wildcard" in only && only.wildcard === "*") {
    return EVERYTHING;
  }
  const read = parts.map((part) => ("text" in part ? { text: folded(part.text) } : part));
  return read.every(isGlobPart)
    ? globMatcher(compileGlob(read), folded)
    : openMatcher(read, folded);
}

const EVERYTHING: ValueMatcher = { fits: () => true };

function literalMatcher(text: string, folded: Fold): ValueMatcher {
  let glob: Glob | undefined;
  return {
    fits: (value) => {
      if (typeof value === "string") {
        return folded(value) === text;
      }
      glob ??= compileGlob([{ text }]);
      return fitsUnknownValue(glob, value, folded);
    },
  };
}

/** A matcher for a pattern that is the same for every request. */
function globMatcher(glob: Glob, folded: Fold): ValueMatcher {
  return {
    fits: (value) =>
      typeof value === "string"
        ? matchesGlob(glob, folded(value))
        : fitsUnknownValue(glob, value, folded),
  };
}

/** A matcher for a text with variables or holes. */
function openMatcher(read: readonly TextPart[], folded: Fold): ValueMatcher {
  const parts = read.map(
    (part): OpenPart =>
      "variable" in part ? { ...part, untold: untoldVariable(part.written) } : part,
  );
  const loose = compileGlob(parts.map((part) => (isGlobPart(part) ? part : ANYTHING)));
  const needs = parts.flatMap(needsOf);
  const fits: ValueMatcher["fits"] = (value, context) => {
    if (typeof value !== "string") {
      const resolved = resolve(parts, context, folded, LONGEST_UNKNOWN);
      if (resolved === "no value") {
        return false;
      }
      return resolved === "too long"
        ? [value]
        : withDoubts(fitsUnknownValue(compileGlob(resolved.parts), value, folded), resolved.doubts);
    }
    const text = folded(value);
    // Most values differ from the text whatever its variables are.
    if (!matchesGlob(loose, text)) {
      return false;
    }
    const resolved = resolve(parts, context, folded, text.length);
    return typeof resolved === "string"
      ? false
      : withDoubts(matchesGlob(compileGlob(resolved.parts), text), resolved.doubts);
  };
  return { fits, ...(needs.length === 0 ? {} : { needs }) };
}

/** Characters of a text with variables beyond which it is in doubt whether an unknown value fits. */
const LONGEST_UNKNOWN = 4096;

function withDoubts(answer: Answer, doubts: readonly Doubt[] | undefined): Answer {
  if (answer === false || doubts === undefined) {
    return answer;
  }
  return joined(answer === true ? undefined : answer, doubts);
}

function needsOf(part: TextPart): Need[] {
  if ("hole" in part) {
    return [part.hole];
  }
  return "variable" in part && part.fallback === undefined ? [part] : [];
}

function isGlobPart(part: TextPart): part is GlobPart {
  return "text" in part || "wildcard" in part;
}

/** A text in which every variable has its value, and what of it is in doubt. */
interface Resolved {
  readonly parts: readonly GlobPart[];
  readonly doubts: readonly Doubt[] | undefined;
}

/**
 * Fills in the variables.
 *
 * @param limit the characters that the value to compare has: with more of them, a text fits nothing,
 * so that many variables with long values take no time
 */
function resolve(
  parts: readonly OpenPart[],
  context: RequestContext,
  folded: Fold,
  limit: number,
): Resolved | "no value" | "too long" {
  const resolved: GlobPart[] = [];
  let doubts: readonly Doubt[] | undefined;
  let length = 0;
  for (const part of parts) {
    if (isGlobPart(part)) {
      resolved.push(part);
      length += "text" in part ? part.text.length : 0;
    } else if ("hole" in part) {
      resolved.push(ANYTHING);
      doubts = joined(doubts, [part.hole]);
    } else {
      const value = variableValue(part, context);
      if (value === undefined) {
        return "no value";
      }
      if (typeof value === "string") {
        resolved.push({ text: folded(value) });
        length += value.length;
      } else {
        length += pushPieces(resolved, value.pieces, folded);
        doubts = joined(doubts, [value.doubt]);
      }
    }
    if (length > limit) {
      return "too long";
    }
  }
  return { parts: resolved, doubts };
}

/** A part of a text, made ready: a variable knows what to say where it is untold. */
type OpenPart = GlobPart | HolePart | (VariablePart & { readonly untold: Doubt });

interface UnknownValue {
  readonly doubt: Doubt;
  readonly pieces: readonly string[] | undefined;
}

function variableValue(
  { variable, untold, fallback }: Extract<OpenPart, VariablePart>,
  context: RequestContext,
): string | UnknownValue | undefined {
  const value = context.singleValue(variable);
  if (value === UNTOLD) {
    return { doubt: untold, pieces: undefined };
  }
  return value instanceof UnknownPart
    ? { doubt: value, pieces: value.pieces }
    : (value ?? fallback);
}

/** Adds a value that is known in part; returns the characters that it has at least. */
function pushPieces(
  resolved: GlobPart[],
  pieces: readonly string[] | undefined,
  folded: Fold,
): number {
  let length = 0;
  for (const [index, piece] of (pieces ?? NOTHING).entries()) {
    if (index > 0) {
      resolved.push(ANYTHING);
    }
    resolved.push({ text: folded(piece) });
    length += piece.length;
  }
  return length;
}
