import { arnTextMatcher } from "./arn-matcher.js";
import { arnParts } from "./arn-parts.js";
import { parseDate } from "./date-value.js";
import { invalidConditionValue, variableNotSupported } from "./errors.js";
import { ipRange } from "./ip-range.js";
import { parseNumber } from "./number-value.js";
import { parseText, type TextSyntax } from "./policy-text.js";
import { type TextMatcher, textMatcher } from "./text-matcher.js";

/** A value of a condition, and what is needed to read it. */
interface ConditionValue {
  readonly text: string;
  readonly syntax: Pick<TextSyntax, "variables">;
  /** The operator as the policy writes it. */
  readonly operator: string;
  /** What the value is, as it begins an error message. */
  readonly where: string;
}

/** How one operator compares a value of the request with one value of the policy. */
export interface ConditionOperator {
  /** Whether the operator holds when no value of the policy fits, as StringNotEquals does. */
  readonly negated: boolean;
  /** A test for one value of the policy. Throws PolicyError when the operator cannot compare it. */
  readonly matcher: (value: ConditionValue) => TextMatcher;
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

const stringEquals: Matcher = ({ text, syntax, where }) =>
  textMatcher(parseText(text, { ...syntax, wildcards: false }, where));

const stringEqualsIgnoreCase: Matcher = ({ text, syntax, where }) =>
  textMatcher(parseText(text, { ...syntax, wildcards: false }, where), true);

const stringLike: Matcher = ({ text, syntax, where }) =>
  textMatcher(parseText(text, { ...syntax, wildcards: true }, where));

const arnLike: Matcher = ({ text, syntax, where }) => {
  const parts = arnParts(text);
  if (parts === undefined) {
    throw invalidConditionValue(
      where,
      text,
      "an ARN with its six parts, as in arn:aws:s3:::bucket; use StringLike to compare less",
    );
  }
  return arnTextMatcher(parts, syntax, where);
};

const bool: Matcher = ({ text, syntax, where }) => {
  const parts = parseText(text, { ...syntax, wildcards: false }, where);
  if (parts.every((part) => "text" in part) && !/^(true|false)$/i.test(text)) {
    throw invalidConditionValue(where, text, "true or false");
  }
  return textMatcher(parts, true);
};

const binaryEquals: Matcher = (value) => {
  refuseVariables(value);
  const { text, where } = value;
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) {
    throw invalidConditionValue(where, text, "text in base 64, with its padding");
  }
  return (given) => given === text;
};

const ipAddress: Matcher = (value) => {
  refuseVariables(value);
  const holds = ipRange(value.text);
  if (holds === undefined) {
    throw invalidConditionValue(
      value.where,
      value.text,
      "an IPv4 or IPv6 address or range, as in 203.0.113.0/24",
    );
  }
  return (given) => holds(given);
};

function comparing(
  parse: (text: string) => number | undefined,
  wanted: string,
  compare: (given: number, wanted: number) => boolean,
): Matcher {
  return (value) => {
    refuseVariables(value);
    const limit = parse(value.text);
    if (limit === undefined) {
      throw invalidConditionValue(value.where, value.text, wanted);
    }
    return (text) => {
      const given = parse(text);
      return given !== undefined && compare(given, limit);
    };
  };
}

function numeric(compare: (given: number, limit: number) => boolean): Matcher {
  return comparing(parseNumber, "a number, as in 10 or 0.5", compare);
}

function date(compare: (given: number, limit: number) => boolean): Matcher {
  return comparing(
    parseDate,
    "a date, a time with its zone or seconds since 1970, as in 2026-01-31 or 2026-01-31T00:00:00Z",
    compare,
  );
}

/** Where IAM fills in no variables a `${` is a mistake, and would silently compare as text. */
function refuseVariables({ text, syntax, operator, where }: ConditionValue): void {
  if (syntax.variables && text.includes("${")) {
    throw variableNotSupported(where, text, operator);
  }
}

const equal = (given: number, limit: number): boolean => given === limit;
const less = (given: number, limit: number): boolean => given < limit;
const lessOrEqual = (given: number, limit: number): boolean => given <= limit;
const greater = (given: number, limit: number): boolean => given > limit;
const greaterOrEqual = (given: number, limit: number): boolean => given >= limit;

const OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map([
  ["stringequals", { negated: false, matcher: stringEquals }],
  ["stringnotequals", { negated: true, matcher: stringEquals }],
  ["stringequalsignorecase", { negated: false, matcher: stringEqualsIgnoreCase }],
  ["stringnotequalsignorecase", { negated: true, matcher: stringEqualsIgnoreCase }],
  ["stringlike", { negated: false, matcher: stringLike }],
  ["stringnotlike", { negated: true, matcher: stringLike }],
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
