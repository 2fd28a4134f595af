import { describe, expect, it } from "vitest";
import { Failure } from "../../../lib/terraform-expression/failure.js";
import { FUNCTION_NAMES } from "../../../lib/terraform-expression/functions.js";
import { ofType } from "../../../lib/terraform-expression/type-constraint.js";
import {
  FUNCTIONS,
  JSON_TEMPLATES,
  LITERALS,
  LOOPS,
  OPERATORS,
  REFUSED,
  TEMPLATES,
  TRAVERSALS,
  TYPED,
} from "./cases.js";
import { evaluated, SCOPE, templateValue } from "./evaluate.js";

describe.each(
  Object.entries({
    "a literal": LITERALS,
    "a template": TEMPLATES,
    "an operator": OPERATORS,
    "a traversal": TRAVERSALS,
    "a for expression": LOOPS,
  }),
)("%s", (_what, cases) => {
  it.each(cases)("%s", (expression, value) => {
    expect(evaluated(expression)).toEqual(value);
  });
});

describe("a function", () => {
  it.each(Object.entries(FUNCTIONS).flatMap(([, cases]) => cases))("%s", (expression, value) => {
    expect(evaluated(expression)).toEqual(value);
  });

  it("has a case", () => {
    expect(Object.keys(FUNCTIONS).sort()).toEqual([...FUNCTION_NAMES, "can", "try"].sort());
  });
});

describe("a text of a JSON file", () => {
  it.each(JSON_TEMPLATES)("%s", (text, value) => {
    expect(templateValue(text)).toEqual(value);
  });
});

describe("the default of a variable", () => {
  it.each(TYPED)("of type %s: %j", (type, given, value) => {
    expect(ofType(given, type, SCOPE)).toEqual(value);
  });

  it.each([
    ["lost(string)", ["a"]],
    ["list(string", ["a"]],
    ["list(string)", "a"],
    ["map(string)", ["a"]],
    ["tuple(string)", ["a"]],
    ["object(string)", {}],
    ["object({ a = string })", []],
    ["number", "a"],
    ["bool", 1],
    ["string", ["a"]],
    ["optional()", "a"],
  ] as const)("is not of type %s: %j", (type, given) => {
    expect(() => ofType(given, type, SCOPE)).toThrow(Failure);
  });
});

describe("is refused, as Terraform refuses it", () => {
  it.each(REFUSED)("%s", (expression) => {
    expect(() => evaluated(expression)).toThrow(Failure);
    expect(evaluated(`can(${expression})`)).toBe(false);
    expect(evaluated(`try(${expression}, "way out")`)).toBe("way out");
  });
});
