import { arnTextMatcher, unknownArnMatcher } from "./arn-matcher.js";
import { arnParts } from "./arn-parts.js";
import { parseDate } from "./date-value.js";
import { matchlessValue } from "./errors.js";
import { ipRange } from "./ip-range.js";
import { parseNumber } from "./number-value.js";
import { parsePieces, parseText } from "./policy-text.js";
import type { StatementSyntax } from "./statement-syntax.js";
import { textMatcher } from "./text-matcher.js";
import { UnknownPart } from "./unknown-part.js";
import type { ValueMatcher } from "./value-matcher.js";

/** A value of a condition, and what is needed to read it. */
interface ConditionValue {
  readonly text: string | UnknownPart;
  readonly syntax: Pick<StatementSyntax, "variables" | "remark">;
  /** What the value is, as it begins an error message. */
  readonly where: string;
}

/** How one operator compares a value of the request with one value of the policy. */
export interface ConditionOperator {
  /** Whether the operator holds when no value of the policy fits, as StringNotEquals does. */
  readonly negated: boolean;
  /**
   * A test for one value of the policy. What the operator cannot compare with anything is taken by
   * IAM and matches nothing: that is remarked.
   */
  readonly matcher: (value: ConditionValue) => ValueMatcher;
}

/**
 * The operator of this name, without IfExists and without ForAllValues or ForAnyValue; undefined
 * when IAM has none. `Null` is not among them: it compares no values.
 *
 * A value in the request that is not of the operator's type fits nothing.
 *
 * @param name the operator in lower case
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function conditionOperator(name: string): ConditionOperator | undefined {
  return OPERATORS.get(name);
}

type Matcher = ConditionOperator["matcher"];

/** What a value is that an operator cannot compare. */
function matchless({ text, syntax, where }: ConditionValue, wanted: string): ValueMatcher {
  if (typeof text === "string") {
    syntax.remark(matchlessValue(where, text, wanted));
  }
  return { fits: () => false, invalid: true };
}

/** A value of which nothing is told, for operators that cannot compare a part of one. */
function unknown(part: UnknownPart): ValueMatcher {
  return { fits: () => [part], needs: [part] };
}

function string(wildcards: boolean, fold = false): Matcher {
  return ({ text, syntax, where }) => {
    const reading = { variables: syntax.variables, wildcards };
    return textMatcher(
      text instanceof UnknownPart
        ? parsePieces(text, reading, where)
        : parseText(text, reading, where),
      fold,
    );
  };
}

const arnLike: Matcher = (value) => {
  const { text, syntax, where } = value;
  if (text instanceof UnknownPart) {
    return unknownArnMatcher(text, syntax, where);
  }
  const parts = arnParts(text);
  return parts === undefined
    ? matchless(
        value,
        "an ARN with its six parts, as in arn:aws:s3:::bucket, or use StringLike to compare less",
      )
    : arnTextMatcher(parts, syntax, where);
};

const bool: Matcher = (value) => {
  const { text, syntax, where } = value;
  if (text instanceof UnknownPart) {
    return unknown(text);
  }
  const parts = parseText(text, { variables: syntax.variables, wildcards: false }, where);
  return parts.every((part) => "text" in part) && !/^(true|false)$/i.test(text)
    ? matchless(value, "true or false")
    : textMatcher(parts, true);
};

const binaryEquals: Matcher = (value) => {
  const { text } = value;
  if (text instanceof UnknownPart) {
    return unknown(text);
  }
  return !/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0
    ? matchless(value, "text in base 64, with its padding")
    : { fits: (given) => (typeof given === "string" ? given === text : [given]) };
};

const ipAddress: Matcher = (value) => {
  const { text } = value;
  if (text instanceof UnknownPart) {
    return unknown(text);
  }
  const holds = ipRange(text);
  return holds === undefined
    ? matchless(value, "an IPv4 or IPv6 address or range, as in 203.0.113.0/24")
    : { fits: (given) => (typeof given === "string" ? holds(given) : [given]) };
};

function comparing(
  parse: (text: string) => number | undefined,
  wanted: string,
  compare: (given: number, wanted: number) => boolean,
): Matcher {
  return (value) => {
    const { text } = value;
    if (text instanceof UnknownPart) {
      return unknown(text);
    }
    const limit = parse(text);
    if (limit === undefined) {
      return matchless(value, wanted);
    }
    return {
      fits: (text) => {
        if (typeof text !== "string") {
          return [text];
        }
        const given = parse(text);
        return given !== undefined && compare(given, limit);
      },
    };
  };
}

function numeric(compare: (given: number, limit: number) => boolean): Matcher {
  return comparing(parseNumber, "a number, as in 10 or 0.5, and no variable", compare);
}

function date(compare: (given: number, limit: number) => boolean): Matcher {
  return comparing(
    parseDate,
    "a date, a time with its zone or seconds since 1970, as in 2026-01-31 or 2026-01-31T00:00:00Z",
    compare,
  );
}

const equal = (given: number, limit: number): boolean => given === limit;
const less = (given: number, limit: number): boolean => given < limit;
const lessOrEqual = (given: number, limit: number): boolean => given <= limit;
const greater = (given: number, limit: number): boolean => given > limit;
const greaterOrEqual = (given: number, limit: number): boolean => given >= limit;

const OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ["stringequals", { negated: false, matcher: string(false) }],
  ["stringnotequals", { negated: true, matcher: string(false) }],
  ["stringequalsignorecase", { negated: false, matcher: string(false, true) }],
  ["stringnotequalsignorecase", { negated: true, matcher: string(false, true) }],
  ["stringlike", { negated: false, matcher: string(true) }],
  ["stringnotlike", { negated: true, matcher: string(true) }],
  ["numericequals", { negated: false, matcher: numeric(equal) }],
  ["numericnotequals", { negated: true, matcher: numeric(equal) }],
  ["numericlessthan", { negated: false, matcher: numeric(less) }],
  ["numericlessthanequals", { negated: false, matcher: numeric(lessOrEqual) }],
  ["numericgreaterthan", { negated: false, matcher: numeric(greater) }],
  ["numericgreaterthanequals", { negated: false, matcher: numeric(greaterOrEqual) }],
  ["dateequals", { negated: false, matcher: date(equal) }],
  ["datenotequals", { negated: true, matcher: date(equal) }],
  ["datelessthan", { negated: false, matcher: date(less) }],
  ["datelessthanequals", { negated: false, matcher: date(lessOrEqual) }],
  ["dategreaterthan", { negated: false, matcher: date(greater) }],
  ["dategreaterthanequals", { negated: false, matcher: date(greaterOrEqual) }],
  ["bool", { negated: false, matcher: bool }],
  ["binaryequals", { negated: false, matcher: binaryEquals }],
  ["ipaddress", { negated: false, matcher: ipAddress }],
  ["notipaddress", { negated: true, matcher: ipAddress }],
  ["arnequals", { negated: false, matcher: arnLike }],
  ["arnlike", { negated: false, matcher: arnLike }],
  ["arnnotequals", { negated: true, matcher: arnLike }],
  ["arnnotlike", { negated: true, matcher: arnLike }],
]);
