import { describe, expect, it } from "vitest";
import { Unknown } from "../../../lib/terraform-expression/unknown.js";
import { Lazy, type Value } from "../../../lib/terraform-expression/value.js";
import { evaluated, scopeWith } from "./evaluate.js";

const UNKNOWN = new Unknown("nobody says");
const ARN = new Unknown("it is made later", ["aws_iam_policy.a"]);

const SCOPE = scopeWith({
  unknown: UNKNOWN,
  list: [UNKNOWN, "known"],
  map: { unknown: UNKNOWN, known: "known" },
  policy: new Lazy("aws_iam_policy.a", (name): Value => (name === "arn" ? ARN : "known")),
  policies: [new Lazy("aws_iam_policy.a", () => ARN)],
});

describe("what an unknown value is part of", () => {
  it.each([
    "unknown",
    "(unknown)",
    "unknown.name",
    "unknown[0]",
    'unknown["a"].b',
    "unknown[*].a",
    '["a"][unknown]',
    "{ (unknown) = 1 }",
    '"a${unknown}b"',
    "-unknown",
    "!unknown",
    "unknown + 1",
    "1 < unknown",
    "unknown == 1",
    "1 != unknown",
    "list == list",
    "true && unknown",
    "unknown || false",
    "unknown ? 1 : 2",
    "[for x in unknown : x]",
    "[for x in [1] : x if unknown]",
    "{ for x in [1] : unknown => x }",
    "length(unknown)",
    "jsonencode(unknown)",
    "jsonencode(list)",
    'jsonencode({ Resource = ["a", { b = unknown }] })',
    'join(",", list)',
    'format("%s", unknown)',
    "concat(list, unknown)",
    "merge(map, unknown)",
    "merge(unknown...)",
    "toset(list)",
    "distinct(list)",
    "flatten([list])",
    "compact(list)",
    "coalesce(unknown, 1)",
    'contains(list, "other")',
    "contains(list, unknown)",
    'lookup(unknown, "a", 1)',
    'lookup(map, unknown, "a")',
    "alltrue([true, unknown])",
    "anytrue([false, unknown])",
    "can(unknown)",
    "try(unknown, 1)",
    "tostring(unknown)",
  ])("%s is unknown, for the same reason", (expression) => {
    expect(evaluated(expression, SCOPE)).toMatchObject({ reason: "nobody says" });
    expect(evaluated(expression, SCOPE)).toBeInstanceOf(Unknown);
  });

  it.each<[string, unknown]>([
    ["false && unknown", false],
    ["unknown && false", false],
    ["true || unknown", true],
    ["unknown || true", true],
    ["list[1]", "known"],
    ["map.known", "known"],
    ["list == [1]", false],
    ['list == ["a", "b"]', false],
    ["map == { known = 1 }", false],
    ["true ? 1 : unknown", 1],
    ["length(list)", 2],
    ["length([for x in list : x])", 2],
    ["keys(map)", ["known", "unknown"]],
    ['contains(list, "known")', true],
    ['coalesce("a", unknown)', "a"],
    ['lookup(map, "known", unknown)', "known"],
    ["alltrue([false, unknown])", false],
    ["anytrue([true, unknown])", true],
    ["try(1, unknown)", 1],
    ["element(list, 1)", "known"],
    ["slice(list, 1, 2)", ["known"]],
    ["reverse(list)[0]", "known"],
  ])("%s is known all the same", (expression, value) => {
    expect(evaluated(expression, SCOPE)).toEqual(value);
  });
});

describe("what an unknown attribute is one of", () => {
  it.each([
    "policy.arn",
    'policy["arn"]',
    '"${policy.arn}"',
    "policies[0].arn",
    "one(policies[*].arn)",
    "element(policies[*].arn, 0)",
    'try(policies[0].arn, "")',
    'coalesce(policies[0].arn, "")',
    "true ? policy.arn : null",
    "{ a = policy.arn }.a",
    "concat(policies[*].arn)[0]",
    "flatten([[policy.arn]])[0]",
    "compact([policy.arn])[0]",
    "tolist([policy.arn])[0]",
    "[for p in policies : p.arn][0]",
    "values({ a = policy.arn })[0]",
    "nonsensitive(policy.arn)",
    "tostring(policy.arn)",
  ])("%s is still told", (expression) => {
    expect(evaluated(expression, SCOPE)).toMatchObject({ origins: ["aws_iam_policy.a"] });
  });

  it.each(['"${policy.arn}/*"', "upper(policy.arn)", "jsonencode(policy.arn)", "policy.arn == 1"])(
    "%s is something else",
    (expression) => {
      expect(evaluated(expression, SCOPE)).toMatchObject({
        reason: "it is made later",
        origins: [],
      });
    },
  );
});

describe("what is not worked out", () => {
  it.each([
    ['file("policy.json")', "the function file() is not worked out here"],
    ['regex("a+", "aaa")', "the function regex() is not worked out here"],
    ['can(regex("a+", "aaa"))', "the function regex() is not worked out here"],
    ['replace("abc", "/b+/", "x")', "replace() with a pattern is not worked out here"],
    ['format("%x", 255)', "format() with such a verb is not worked out here"],
    ['format("%[1]s", "a")', "format() with such a verb is not worked out here"],
    ["jsonencode(policy)", "aws_iam_policy.a is used as a whole"],
    ["keys(policy)", "aws_iam_policy.a is used as a whole"],
    ["policy == null", "aws_iam_policy.a is used as a whole"],
    ["[for x in policy : x]", "aws_iam_policy.a is used as a whole"],
    ['"${policy}!"', "aws_iam_policy.a is used as a whole"],
  ])("%s is unknown", (expression, reason) => {
    expect(evaluated(expression, SCOPE)).toMatchObject({ reason });
    expect(evaluated(expression, SCOPE)).toBeInstanceOf(Unknown);
  });

  it("has a splat of one all the same", () => {
    expect(evaluated("policy[*].name", SCOPE)).toEqual(["known"]);
  });
});
