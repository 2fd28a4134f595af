import { type Answer, both, type Doubt, either, eitherWay, not } from "./answer.js";
import { conditionOperator } from "./condition-operator.js";
import {
  invalidConditionKey,
  matchlessValue,
  notAnObject,
  notConditionValues,
  repeatedConditionKey,
  unknownOperator,
} from "./errors.js";
import { isJsonObject } from "./json-object.js";
import { type RequestContext, UNTOLD } from "./request-context.js";
import type { StatementSyntax, Texts } from "./statement-syntax.js";
import { UnknownPart } from "./unknown-part.js";
import { areMet, fitsAny, type Need, untoldKey, type ValueMatcher } from "./value-matcher.js";

/** Whether what a request says about itself fulfils a condition. */
export type ConditionMatcher = (context: RequestContext) => Answer;

/** What a set operator asks of a key with many values; undefined for a key with a single one. */
type Quantifier = "forallvalues" | "foranyvalue" | undefined;

/** A condition key as its policy names it. */
interface ConditionKey {
  readonly written: string;
  /** In lower case. */
  readonly folded: string;
}

/**
 * A matcher for a statement's Condition: every key under every operator must hold, and a key holds
 * when one of its values does.
 *
 * A key that the request does not have fails a condition, except with IfExists, a negated operator
 * or ForAllValues, which it fulfils. IfExists counts before ForAnyValue, as AWS's text has it. A key
 * with many values fails every condition without ForAllValues or ForAnyValue. A key of which nobody
 * can tell leaves a condition in doubt, but where its answer is the same either way.
 *
 * @param condition the element, from wherever
 * @param where what it is, as it begins an error message
 * @throws PolicyError when it is not a condition, or has an operator that IAM has not
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function conditionMatcher(
  condition: unknown,
  syntax: StatementSyntax,
  where: string,
): ConditionMatcher {
  if (condition instanceof UnknownPart) {
    return () => [condition];
  }
  if (!isJsonObject(condition)) {
    throw notAnObject(where, condition);
  }
  const matchers: ConditionMatcher[] = [];
  for (const [operator, keys] of Object.entries(condition)) {
    const compile = operatorCompiler(operator, syntax, where);
    for (const matcher of keyMatchers(keys, compile, `${where}.${operator}`)) {
      matchers.push(matcher);
    }
  }
  return (context) => {
    let answer: Answer = true;
    for (const matches of matchers) {
      answer = both(answer, matches(context));
      if (answer === false) {
        return false;
      }
    }
    return answer;
  };
}

/** The matchers of all keys under one operator. */
function keyMatchers(keys: unknown, compile: KeyCompiler, where: string): ConditionMatcher[] {
  if (keys instanceof UnknownPart) {
    return [() => [keys]];
  }
  if (!isJsonObject(keys)) {
    throw notAnObject(where, keys);
  }
  const seen = new Set<string>();
  return Object.entries(keys).map(([written, values]) => {
    const folded = written.toLowerCase();
    if (!/^[^\s:]+:\S+$/.test(folded)) {
      throw invalidConditionKey(where, written);
    }
    if (seen.has(folded)) {
      throw repeatedConditionKey(where, written);
    }
    seen.add(folded);
    const site = `${where}[${JSON.stringify(written)}]`;
    return compile({ written, folded }, conditionValues(values, site), site);
  });
}

type KeyCompiler = (key: ConditionKey, values: Texts, where: string) => ConditionMatcher;

function operatorCompiler(operator: string, syntax: StatementSyntax, where: string): KeyCompiler {
  const name = operator.toLowerCase();
  if (name === "null") {
    return (key, values, site) => nullMatcher(key, wantedPresence(values, syntax, site));
  }
  const colon = name.indexOf(":");
  const quantifier = colon === -1 ? undefined : name.slice(0, colon);
  const base = name.slice(colon + 1);
  const ifExists = base.endsWith("ifexists");
  const known = conditionOperator(ifExists ? base.slice(0, -"ifexists".length) : base);
  if (known === undefined || !isQuantifier(quantifier)) {
    throw unknownOperator(where, operator);
  }
  const { negated, matcher } = known;
  return (key, values, site) => {
    const matchers = values.map((text, index) =>
      matcher({ text, syntax, where: `${site}[${index}]` }),
    );
    // What holds without a value that fits must not hold by a value that means nothing.
    const needs = syntax.allows ? needsOf(matchers) : NO_NEEDS;
    return keyMatcher(key, { quantifier, ifExists, negated, matchers, ...needs });
  };
}

function isQuantifier(name: string | undefined): name is Quantifier {
  return name === undefined || name === "forallvalues" || name === "foranyvalue";
}

/** What a test needs so that it may hold without a value that fits. */
interface Needs {
  /** What must have a value. */
  readonly needs: readonly Need[];
  /** Whether a value of the policy is none of its type. */
  readonly invalid: boolean;
}

const NO_NEEDS: Needs = { needs: [], invalid: false };

function needsOf(matchers: readonly ValueMatcher[]): Needs {
  return {
    needs: matchers.flatMap(({ needs }) => needs ?? []),
    invalid: matchers.some(({ invalid }) => invalid),
  };
}

/** One test of a condition: what is asked of one key. */
interface KeyTest extends Needs {
  readonly quantifier: Quantifier;
  readonly ifExists: boolean;
  readonly negated: boolean;
  readonly matchers: readonly ValueMatcher[];
}

function keyMatcher(key: ConditionKey, test: KeyTest): ConditionMatcher {
  const doubts = [untoldKey(key.written)];
  return (context) => {
    const value = context.value(key.folded);
    if (value === undefined) {
      return withoutKey(test, context);
    }
    if (value === UNTOLD) {
      return eitherWay(withoutKey(test, context), withAnyValues(test, context, doubts), doubts);
    }
    if (test.quantifier !== undefined) {
      return ofSet(test, value, context);
    }
    return typeof value === "string" || value instanceof UnknownPart
      ? holds(test, value, context)
      : false;
  };
}

/** What a test says to a request that does not have the key. */
function withoutKey(test: KeyTest, context: RequestContext): Answer {
  const { ifExists, quantifier, negated } = test;
  if (ifExists) {
    return true;
  }
  return quantifier === "forallvalues" || (quantifier === undefined && negated)
    ? byNothing(test, context)
    : false;
}

/** Whether a test may hold without a value that fits. */
function byNothing({ needs }: Needs, context: RequestContext): Answer {
  return needs.length === 0 || areMet(needs, context);
}

/** What a test says of one value. */
function holds(test: KeyTest, value: string | UnknownPart, context: RequestContext): Answer {
  const fits = fitsAny(test.matchers, value, context);
  if (!test.negated) {
    return fits;
  }
  return test.invalid || fits === true ? false : both(not(fits), byNothing(test, context));
}

/** What a test says of a key that may have any one or many values. */
function withAnyValues(test: KeyTest, context: RequestContext, doubts: readonly Doubt[]): Answer {
  const answer = holds(test, new UnknownPart("", ""), context);
  // Values may also be all empty, or many: that fulfils ForAllValues, and fails ForAnyValue and what has neither.
  return answer === (test.quantifier === "forallvalues") ? answer : doubts;
}

/** What a set operator says of the values of a key. */
function ofSet(
  test: KeyTest,
  value: string | readonly string[] | UnknownPart,
  context: RequestContext,
): Answer {
  const all = test.quantifier === "forallvalues";
  if (value instanceof UnknownPart) {
    return holds(test, value, context);
  }
  if (isNullDataset(value)) {
    return all && byNothing(test, context);
  }
  let answer: Answer = all;
  for (const one of typeof value === "string" ? [value] : value) {
    const held = holds(test, one, context);
    answer = all ? both(answer, held) : either(answer, held);
  }
  return answer;
}

/** The wishes of `Null`: "true" for absent, "false" for there with a value. */
function wantedPresence(
  values: Texts,
  { remark }: StatementSyntax,
  where: string,
): readonly (boolean | UnknownPart)[] {
  const wanted: (boolean | UnknownPart)[] = [];
  for (const [index, value] of values.entries()) {
    if (value instanceof UnknownPart) {
      wanted.push(value);
    } else if (/^(true|false)$/i.test(value)) {
      wanted.push(value.toLowerCase() === "true");
    } else {
      remark(matchlessValue(`${where}[${index}]`, value, "true or false"));
    }
  }
  return wanted;
}

function nullMatcher(
  key: ConditionKey,
  wanted: readonly (boolean | UnknownPart)[],
): ConditionMatcher {
  const unknown = wanted.filter((one) => one instanceof UnknownPart);
  const otherwise: Answer = unknown.length === 0 ? false : unknown;
  const isWanted = (absent: boolean): Answer => wanted.includes(absent) || otherwise;
  const doubts = [untoldKey(key.written)];
  return (context) => {
    const value = context.value(key.folded);
    return value === UNTOLD
      ? eitherWay(isWanted(true), isWanted(false), doubts)
      : isWanted(value === undefined || (!(value instanceof UnknownPart) && isNullDataset(value)));
  };
}

/** AWS: a value that "resolves to a null dataset, such as an empty string". */
function isNullDataset(value: string | readonly string[]): boolean {
  return typeof value === "string" ? value === "" : value.every((one) => one === "");
}

function conditionValues(values: unknown, where: string): Texts {
  const list: readonly unknown[] = Array.isArray(values) ? values : [values];
  if (list.length === 0) {
    throw notConditionValues(where, values);
  }
  return list.map((value) => {
    if (value instanceof UnknownPart) {
      return value;
    }
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      throw notConditionValues(where, values);
    }
    return String(value);
  });
}
