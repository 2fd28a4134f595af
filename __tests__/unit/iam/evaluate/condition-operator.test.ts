import { describe, expect, test } from "vitest";
import type { Answer } from "../../../../lib/iam/evaluate/answer.js";
import { conditionOperator } from "../../../../lib/iam/evaluate/condition-operator.js";
import { RequestContext } from "../../../../lib/iam/evaluate/request-context.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";
import type { ValueMatcher } from "../../../../lib/iam/evaluate/value-matcher.js";

const CONTEXT = new RequestContext(() => ({ context: { "x:a": "true", "x:b": "rue" } }));
const IN_POLICY = new UnknownPart("policy", "the policy");
const IN_REQUEST = new UnknownPart("request", "the request");

/** The matcher of an operator for one value, and what is remarked of it. */
function compiled(name: string, text: string | UnknownPart): [ValueMatcher, string[]] {
  const remarks: string[] = [];
  const remark = (sentence: string): void => void remarks.push(sentence);
  const matcher = conditionOperator(name)?.matcher({
    text,
    syntax: { variables: true, remark },
    where: "Condition",
  });
  if (matcher === undefined) {
    throw new Error(`There is no operator ${name}.`);
  }
  return [matcher, remarks];
}

/** Yes, no, or the causes of the doubt. */
const read = (answer: Answer): unknown =>
  typeof answer === "boolean" ? answer : answer.map(({ cause }) => cause);

describe("a value of a policy and one of a request", () => {
  test.each<[operator: string, text: string, value: string, fits: boolean]>([
    ["stringequals", "v*", "video", false],
    ["stringnotequals", "v*", "video", false],
    ["stringnotequals", "v*", "v*", true],
    ["stringequalsignorecase", "V*", "video", false],
    ["stringequalsignorecase", "VIDEO", "video", true],
    ["stringnotequalsignorecase", "V?DEO", "video", false],
    ["stringnotequalsignorecase", "VIDEO", "video", true],
    ["stringlike", "v*", "video", true],
    ["stringlike", "V*", "video", false],
    ["stringnotlike", "v*", "video", true],
    ["bool", "TRUE", "true", true],
    ["bool", "false", "False", true],
    ["bool", "true", "*", false],
    ["bool", "${x:a}", "true", true],
    ["bool", "${x:a}", "false", false],
    ["bool", "t${x:b}", "true", true],
    ["binaryequals", "QUJD", "QUJD", true],
    ["binaryequals", "QUI=", "QUI=", true],
    ["binaryequals", "QUJD", "qujd", false],
    ["numericequals", "10", "10.0", true],
    ["numericequals", "0", "ten", false],
    ["numericlessthan", "10", "10", false],
    ["numericlessthanequals", "10", "10", true],
    ["numericgreaterthan", "10", "10", false],
    ["numericgreaterthanequals", "10", "10", true],
    ["dateequals", "2026", "2026-01-01", true],
    ["datelessthan", "2026", "2026-01-01", false],
    ["datelessthanequals", "2026", "2026-01-01", true],
    ["dategreaterthan", "2026", "2026-01-01", false],
    ["dategreaterthanequals", "2026", "2026-01-01", true],
    ["ipaddress", "203.0.113.7/32", "203.0.113.7", true],
    ["ipaddress", "203.0.113.7/32", "203.0.113.8", false],
  ])("%s %j and %j", (operator, text, value, fits) => {
    const [matcher, remarks] = compiled(operator, text);

    expect(matcher.fits(value, CONTEXT)).toBe(fits);
    expect(matcher).not.toHaveProperty("invalid");
    expect(remarks).toEqual([]);
  });

  test.each([
    ["bool", "yes", "true or false"],
    ["bool", "untrue", "true or false"],
    ["bool", "falsely", "true or false"],
    ["bool", "tr*e", "true or false"],
    ["binaryequals", "QUJ", "text in base 64, with its padding"],
    ["binaryequals", "!!!!", "text in base 64, with its padding"],
    ["binaryequals", "Q===", "text in base 64, with its padding"],
    ["binaryequals", "=QUJ", "text in base 64, with its padding"],
    ["ipaddress", "10.0.0/8", "an IPv4 or IPv6 address or range, as in 203.0.113.0/24"],
    ["numericequals", "ten", "a number, as in 10 or 0.5, and no variable"],
    ["dateequals", "today", "a date, a time with its zone or seconds since 1970"],
    ["arnlike", "arn:aws:s3", "an ARN with its six parts"],
  ])("%s %j is none: IAM takes it, and it fits nothing", (operator, text, wanted) => {
    const [matcher, remarks] = compiled(operator, text);

    expect(matcher.fits(text, CONTEXT)).toBe(false);
    expect(matcher.invalid).toBe(true);
    expect(remarks).toEqual([
      expect.stringContaining(
        `Condition is "${text}": IAM takes it, and it matches nothing. Give ${wanted}`,
      ),
    ]);
  });
});

describe("what is not told of a value", () => {
  const COMPARING = ["bool", "binaryequals", "ipaddress", "numericequals", "dateequals"];

  test.each([...COMPARING, "stringequals", "stringlike", "arnlike"])(
    "of a policy is in doubt: %s",
    (operator) => {
      const [matcher, remarks] = compiled(operator, IN_POLICY);

      expect(read(matcher.fits("true", CONTEXT))).toEqual(["policy"]);
      expect(matcher.needs).toEqual([IN_POLICY]);
      expect(remarks).toEqual([]);
    },
  );

  test.each([
    ["bool", "true"],
    ["binaryequals", "QUJD"],
    ["ipaddress", "203.0.113.7"],
    ["numericequals", "10"],
    ["dateequals", "2026"],
    ["stringequals", "video"],
    ["arnlike", "arn:aws:s3:::videos"],
  ])("of a request is in doubt: %s", (operator, text) => {
    const [matcher] = compiled(operator, text);

    expect(read(matcher.fits(IN_REQUEST, CONTEXT))).toEqual(["request"]);
  });
});

test.each([
  "",
  "null",
  "StringEquals",
  "stringequalsifexists",
  "constructor",
  "arnequalsignorecase",
])("there is no operator %j", (name) => {
  expect(conditionOperator(name)).toBeUndefined();
});

test.each([
  ["stringnotequals", true],
  ["stringequals", false],
  ["datenotequals", true],
  ["numericnotequals", true],
  ["notipaddress", true],
  ["arnnotlike", true],
  ["arnnotequals", true],
  ["stringnotlike", true],
  ["stringnotequalsignorecase", true],
  ["binaryequals", false],
])("%s is negated: %s", (name, negated) => {
  expect(conditionOperator(name)?.negated).toBe(negated);
});
