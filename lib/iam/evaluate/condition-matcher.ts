import { conditionOperator } from "./condition-operator.js";
import {
  invalidConditionKey,
  invalidConditionValue,
  notAnObject,
  notConditionValues,
  repeatedConditionKey,
  unknownOperator,
} from "./errors.js";
import { isJsonObject } from "./json-object.js";
import type { TextSyntax } from "./policy-text.js";
import type { RequestContext } from "./request-context.js";
import type { TextMatcher } from "./text-matcher.js";

/** Whether what a request says about itself fulfils a condition. */
export type ConditionMatcher = (context: RequestContext) => boolean;

/** What a set operator asks of a key with many values; undefined for a key with a single one. */
type Quantifier = "forallvalues" | "foranyvalue" | undefined;

/**
 * A matcher for a statement's Condition: every key under every operator must hold, and a key holds
 * when one of its values does.
 *
 * A key that the request does not have fails a condition, except with IfExists, a negated operator
 * or ForAllValues, which it fulfils. IfExists counts before ForAnyValue, as AWS's text has it. A key
 * with many values fails every condition without ForAllValues or ForAnyValue.
 *
 * @param condition the element, from wherever
 * @param where what it is, as it begins an error message
 * @throws PolicyError when it is not a condition, or has an operator or a value that IAM has not
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function conditionMatcher(
  condition: unknown,
  syntax: Pick<TextSyntax, "variables">,
  where: string,
): ConditionMatcher {
  if (!isJsonObject(condition)) {
    throw notAnObject(where, condition);
  }
  const matchers = Object.entries(condition).flatMap(([operator, keys]) => {
    const site = `${where}.${operator}`;
    const compile = operatorCompiler(operator, syntax, where);
    if (!isJsonObject(keys)) {
      throw notAnObject(site, keys);
    }
    const seen = new Set<string>();
    return Object.entries(keys).map(([key, values]) => {
      const folded = key.toLowerCase();
      if (!/^[^\s:]+:\S+$/.test(folded)) {
        throw invalidConditionKey(site, key);
      }
      if (seen.has(folded)) {
        throw repeatedConditionKey(site, key);
      }
      seen.add(folded);
      const keySite = `${site}[${JSON.stringify(key)}]`;
      return compile(folded, conditionValues(values, keySite), keySite);
    });
  });
  return (context) => matchers.every((matches) => matches(context));
}

type KeyCompiler = (key: string, values: readonly string[], where: string) => ConditionMatcher;

function operatorCompiler(
  operator: string,
  syntax: Pick<TextSyntax, "variables">,
  where: string,
): KeyCompiler {
  const name = operator.toLowerCase();
  if (name === "null") {
    return nullMatcher;
  }
  const colon = name.indexOf(":");
  const quantifier = colon === -1 ? undefined : name.slice(0, colon);
  const base = name.slice(colon + 1);
  const ifExists = base.endsWith("ifexists");
  const known = conditionOperator(ifExists ? base.slice(0, -"ifexists".length) : base);
  if (known === undefined || !isQuantifier(quantifier)) {
    throw unknownOperator(where, operator);
  }
  return (key, values, site) => {
    const matchers = values.map((text, index) =>
      known.matcher({ text, syntax, operator, where: `${site}[${index}]` }),
    );
    return keyMatcher(key, matchers, { quantifier, ifExists, negated: known.negated });
  };
}

function isQuantifier(name: string | undefined): name is Quantifier {
  return name === undefined || name === "forallvalues" || name === "foranyvalue";
}

function keyMatcher(
  key: string,
  matchers: readonly TextMatcher[],
  mode: { quantifier: Quantifier; ifExists: boolean; negated: boolean },
): ConditionMatcher {
  const { quantifier, ifExists, negated } = mode;
  const holds = (value: string, context: RequestContext): boolean =>
    matchers.some((matches) => matches(value, context)) !== negated;
  if (quantifier === undefined) {
    return (context) => {
      const value = context.value(key);
      if (value === undefined) {
        return ifExists || negated;
      }
      return typeof value === "string" && holds(value, context);
    };
  }
  const all = quantifier === "forallvalues";
  return (context) => {
    const value = context.value(key);
    if (value === undefined) {
      return ifExists || all;
    }
    if (isNullDataset(value)) {
      return all;
    }
    const values = typeof value === "string" ? [value] : value;
    return all
      ? values.every((one) => holds(one, context))
      : values.some((one) => holds(one, context));
  };
}

/** `Null` asks whether the key is absent: "true" for absent, "false" for there with a value. */
const nullMatcher: KeyCompiler = (key, values, where) => {
  const wanted = values.map((value, index) => {
    const folded = value.toLowerCase();
    if (folded !== "true" && folded !== "false") {
      throw invalidConditionValue(`${where}[${index}]`, value, "true or false");
    }
    return folded === "true";
  });
  return (context) => {
    const value = context.value(key);
    return wanted.includes(value === undefined || isNullDataset(value));
  };
};

/** AWS: a value that "resolves to a null dataset, such as an empty string". */
function isNullDataset(value: string | readonly string[]): boolean {
  return typeof value === "string" ? value === "" : value.every((one) => one === "");
}

function conditionValues(values: unknown, where: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(values) ? values : [values];
  if (list.length === 0) {
    throw notConditionValues(where, values);
  }
  return list.map((value) => {
    if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
      throw notConditionValues(where, values);
    }
    return String(value);
  });
}
