import { type Answer, both } from "./answer.js";
import { type ArnParts, arnParts } from "./arn-parts.js";
import { parsePieces, parseText, type TextSyntax } from "./policy-text.js";
import type { RequestContext } from "./request-context.js";
import { textMatcher } from "./text-matcher.js";
import { UnknownPart } from "./unknown-part.js";
import { ANYTHING } from "./unknown-value.js";
import type { Need, ValueMatcher } from "./value-matcher.js";

/** One pattern for ARNs. */
export interface ArnMatcher {
  /** Whether an ARN, split into its parts, fits. */
  readonly fits: (arn: ArnParts, context: RequestContext) => Answer;
  /** What must have a value in the request so that the pattern means anything. */
  readonly needs?: readonly Need[];
}

type Variables = Pick<TextSyntax, "variables">;

/** One of the six parts of an ARN; the resource comes first, as it differs most between requests. */
type PartIndex = 0 | 1 | 2 | 3 | 4 | 5;
const PARTS: readonly PartIndex[] = [5, 4, 3, 2, 1, 0];

interface PartMatcher {
  readonly part: PartIndex;
  readonly fits: ValueMatcher["fits"];
}

/**
 * A matcher for ARNs. Each of the six parts is compared with its own part, and case counts; so a
 * wildcard in one of the first five stays between its colons, and one in the sixth, the resource,
 * also covers colons and slashes.
 *
 * AWS writes that a `*` that ends a segment of a resource's ARN "can expand to match beyond the colon
 * boundaries"; that is read here as the resource part, which all real ARNs agree with.
 *
 * @param parts the parts of the pattern
 * @param where what the pattern is, as it begins an error message
 * @throws PolicyError when a `${` does not begin a policy variable
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export function arnMatcher(parts: ArnParts, syntax: Variables, where: string): ArnMatcher {
  const { matchers, needs } = partMatchers(parts, syntax, where);
  return {
    fits: (arn, context) => {
      let answer: Answer = true;
      for (const { part, fits } of matchers) {
        const one = fits(arn[part], context);
        if (one === false) {
          return false;
        }
        answer = both(answer, one);
      }
      return answer;
    },
    ...(needs.length === 0 ? {} : { needs }),
  };
}

/**
 * A matcher for ARNs that are still one text, and may be known in part only. A text that is no ARN
 * fits nothing.
 */
export function arnTextMatcher(parts: ArnParts, syntax: Variables, where: string): ValueMatcher {
  const { matchers, needs } = partMatchers(parts, syntax, where);
  return {
    fits: (value, context) => {
      const split = typeof value === "string" ? arnParts(value) : unknownArnParts(value);
      if (split === undefined) {
        return typeof value === "string" ? false : [value];
      }
      let answer: Answer = true;
      for (const { part, fits } of matchers) {
        answer = both(answer, fits(split[part], context));
      }
      return answer;
    },
    ...(needs.length === 0 ? {} : { needs }),
  };
}

/**
 * A matcher for ARNs by a pattern that is known in part only: what does not fit whatever stands in its
 * holes does not fit, and the rest is in doubt.
 */
export function unknownArnMatcher(
  pattern: UnknownPart,
  syntax: Variables,
  where: string,
): ValueMatcher {
  const parts = parsePieces(pattern, { ...syntax, wildcards: true }, where);
  // A pattern with fewer colons may go on with wildcards, where IAM completes it.
  const colons = parts.reduce((sum, part) => sum + ("text" in part ? colonsIn(part.text) : 0), 0);
  return textMatcher(colons < 5 ? [...parts, ANYTHING] : parts);
}

function partMatchers(
  parts: ArnParts,
  syntax: Variables,
  where: string,
): { readonly matchers: readonly PartMatcher[]; readonly needs: readonly Need[] } {
  const matchers: PartMatcher[] = [];
  const needs: Need[] = [];
  const reading = { ...syntax, wildcards: true };
  const whole = parts.join(":");
  for (const part of PARTS) {
    // Parts that may be anything are not looked at.
    if (parts[part] !== "*") {
      const matcher =
        literal(parts[part]) ?? textMatcher(parseText(parts[part], reading, where, whole));
      matchers.push({ part, fits: matcher.fits });
      for (const need of matcher.needs ?? []) {
        needs.push(need);
      }
    }
  }
  return { matchers, needs };
}

/** Matchers of what stands in thousands of ARNs alike: `arn`, a partition, a service, a region, nothing. */
const LITERALS = new Map<string, ValueMatcher>();

/** As long as a region or an account. */
const LITERAL = /^[a-z0-9-]{0,14}$/;

/** Enough for any file. */
const MOST_LITERALS = 500;

/** The matcher of a part that is the same under every syntax; undefined where it is not kept. */
function literal(part: string): ValueMatcher | undefined {
  if (!LITERAL.test(part)) {
    return undefined;
  }
  const known = LITERALS.get(part);
  if (known !== undefined || LITERALS.size === MOST_LITERALS) {
    return known;
  }
  const matcher = textMatcher([{ text: part }]);
  LITERALS.set(part, matcher);
  return matcher;
}

/** The parts of an ARN that is known in part, where what is not told lies within one of them. */
function unknownArnParts(
  arn: UnknownPart,
): Readonly<Record<PartIndex, string | UnknownPart>> | undefined {
  const parts: (string | UnknownPart)[] = [];
  let pieces: string[] = [];
  const close = (): void => {
    parts.push(
      pieces.length === 1 ? (pieces[0] ?? "") : new UnknownPart(arn.cause, arn.give, pieces),
    );
    pieces = [];
  };
  for (const piece of arn.pieces ?? []) {
    const [first = "", ...others] = piece.split(":");
    pieces.push(first);
    for (const other of others) {
      if (parts.length < 5) {
        close();
        pieces.push(other);
      } else {
        pieces.push(`${pieces.pop() ?? ""}:${other}`);
      }
    }
  }
  close();
  const [prefix, partition, service, region, account, resource] = parts;
  return prefix === undefined ||
    partition === undefined ||
    service === undefined ||
    region === undefined ||
    account === undefined ||
    resource === undefined
    ? undefined
    : [prefix, partition, service, region, account, resource];
}

function colonsIn(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) {
    colons += 1;
  }
  return colons;
}
