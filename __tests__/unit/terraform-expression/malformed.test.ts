import { describe, expect, it } from "vitest";
import { Failure } from "../../../lib/terraform-expression/failure.js";
import { evaluated, templateValue } from "./evaluate.js";

describe("an expression that cannot be read", () => {
  it.each([
    "",
    " ",
    "1 2",
    "1 +",
    "* 2",
    "(1",
    "1)",
    "[1",
    "[1 2]",
    "[,]",
    "[1]]",
    "{",
    "{ a }",
    "{ a = }",
    "{ a = 1 b = 2 }",
    "{ a = 1,, b = 2 }",
    "a.",
    "a.[0]",
    "a[",
    "a[0",
    "a[]",
    "a.*.",
    "true ?",
    "true ? 1",
    "true ? 1 :",
    "f(",
    "f(1",
    "f(1 2)",
    "f(a..., b)",
    "[for]",
    "[for x]",
    "[for x in]",
    "[for x in [1]]",
    "[for x in [1] :]",
    "[for x in [1] : x if]",
    "[for x, in [1] : x]",
    "[for 1 in [1] : x]",
    "[for x in [1] : x => x]",
    "{for x in [1] : x}",
    "{for x in [1] : x =>}",
    '"abc',
    '"abc\n"',
    '"a${"',
    '"a${}"',
    '"a${1"',
    '"a${1 2}"',
    '"\\x"',
    '"\\u12"',
    '"\\UFFFFFFFF"',
    '"%{ if true }a%{ endif }"',
    "'a'",
    "@",
    "a ~ b",
    "/* open",
    "1 = 1",
    "1 === 1",
    "a => b",
    "<<EOT\na\nEOT",
    "\u0000",
    "1.2.3.",
  ])("%j", (expression) => {
    expect(() => evaluated(expression)).toThrow(Failure);
    expect(() => evaluated(expression)).toThrow("the expression cannot be read: ");
  });

  it("says where", () => {
    expect(() => evaluated("local.text +")).toThrow("the end in place of a value at character 13");
  });
});

describe("a text of a JSON file that cannot be read", () => {
  it.each(["${", "${1", "a ${ b", "${}", "${1}${", "%{ if true }", '${"}'])("%j", (text) => {
    expect(() => templateValue(text)).toThrow(Failure);
  });
});
