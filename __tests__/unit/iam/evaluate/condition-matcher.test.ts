import { expect, test } from "vitest";
import type { Answer } from "../../../../lib/iam/evaluate/answer.js";
import { conditionMatcher } from "../../../../lib/iam/evaluate/condition-matcher.js";
import { RequestContext } from "../../../../lib/iam/evaluate/request-context.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const CONTEXT = new RequestContext(() => ({
  context: {
    "x:one": "ab",
    "x:other": "cd",
    "x:many": ["a", "b"],
    "x:some": ["", "a"],
    "x:open": new UnknownPart("it is open", "more"),
  },
  untold: ["x:untold"],
}));
const UNTOLD = "its condition on x:untold is decided by the caller's session";

/** Yes, no, or the causes of the doubt. */
const read = (answer: Answer): unknown =>
  typeof answer === "boolean" ? answer : answer.map(({ cause }) => cause);

test.each<[operator: string, key: string, values: unknown, expected: unknown]>([
  // A key with many values fails what has no quantifier.
  ["StringNotEquals", "x:many", "c", false],
  ["StringEquals", "x:many", "a", false],
  ["StringNotEquals", "x:one", "${x:other}", true],
  ["StringNotEquals", "x:one", "${x:one}", false],
  ["StringNotEquals", "x:one", "${x:none}", false],
  // A quantifier takes a single value for a list of one.
  ["ForAnyValue:StringEquals", "x:one", "ab", true],
  ["ForAllValues:StringEquals", "x:one", "ab", true],
  ["ForAnyValue:StringEquals", "x:one", "a", false],
  ["ForAnyValue:StringEquals", "x:open", "a", ["it is open"]],
  ["ForAllValues:StringLike", "x:open", "*", true],
  // What means nothing beside what means something keeps an Allow from holding by its negation.
  ["NotIpAddress", "x:one", ["10.0.0/8", "198.51.100.0/24"], false],
  ["NotIpAddress", "x:one", ["198.51.100.0/24", "10.0.0/8"], false],
  ["NotIpAddress", "x:one", ["198.51.100.0/24"], true],
  // One value that is not empty is a value.
  ["Null", "x:some", "false", true],
  ["Null", "x:some", "true", false],
  ["Null", "x:none", "true", true],
  ["Null", "x:untold", ["true", "false"], true],
  ["Null", "x:untold", "true", [UNTOLD]],
  // Untold values may also be empty, which fails ForAnyValue and fulfils ForAllValues.
  ["ForAnyValue:StringLikeIfExists", "x:untold", "*", [UNTOLD]],
  ["ForAllValues:StringLike", "x:untold", "*", true],
  ["ForAllValues:StringEquals", "x:untold", "a", [UNTOLD]],
  ["ForAnyValue:StringNotLike", "x:untold", "*", false],
  ["StringLike", "x:untold", "*", [UNTOLD]],
  // Untold values may also be many, which fails what has no quantifier, as one that cannot fit does.
  ["StringNotLike", "x:untold", "*", [UNTOLD]],
  ["NumericEquals", "x:untold", "ten", false],
  ["StringEquals", "x:untold", "${x:none}", false],
  ["StringNotEquals", "x:untold", "${x:none}", false],
])("%s %s %j", (operator, key, values, expected) => {
  const syntax = { variables: true, allows: true, remark: () => {} };
  const matches = conditionMatcher({ [operator]: { [key]: values } }, syntax, "Condition");

  expect(read(matches(CONTEXT))).toEqual(expected);
});
