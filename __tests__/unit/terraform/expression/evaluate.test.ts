import { describe, expect, it } from "vitest";
import { Failure } from "../../../../lib/terraform/expression/failure.js";
import { FUNCTION_NAMES } from "../../../../lib/terraform/expression/functions.js";
import { FUNCTIONS, LITERALS, LOOPS, OPERATORS, REFUSED, TEMPLATES, TRAVERSALS } from "./cases.js";
import { evaluated } from "./evaluate.js";

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

describe("is refused, as Terraform refuses it", () => {
  it.each(REFUSED)("%s", (expression) => {
    expect(() => evaluated(expression)).toThrow(Failure);
    expect(evaluated(`can(${expression})`)).toBe(false);
    expect(evaluated(`try(${expression}, "way out")`)).toBe("way out");
  });
});
