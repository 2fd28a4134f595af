import { describe, expect, it } from "vitest";
import { endOfQuotes, parseTemplate, soleExpression } from "../../../lib/module/template.js";

type Part = readonly ["literal" | "interpolation" | "directive", string];

describe("parseTemplate", () => {
  const cases: Record<string, { text: string; parts: readonly Part[] }> = {
    "nothing of an empty text": { text: "", parts: [] },
    "text without templates": { text: "a $ % { } b", parts: [["literal", "a $ % { } b"]] },
    "a sole expression": { text: "${var.a}", parts: [["interpolation", "var.a"]] },
    "a sole directive": { text: "%{if a}", parts: [["directive", "if a"]] },
    "text before, between and after": {
      text: "a${b}c%{d}e",
      parts: [
        ["literal", "a"],
        ["interpolation", "b"],
        ["literal", "c"],
        ["directive", "d"],
        ["literal", "e"],
      ],
    },
    "neighbours without text between": {
      text: "${a}${b}",
      parts: [
        ["interpolation", "a"],
        ["interpolation", "b"],
      ],
    },
    "escaped templates as text": { text: "$${a} %%{b}", parts: [["literal", "$${a} %%{b}"]] },
    "a dollar before an escaped template": { text: "$$${a}", parts: [["literal", "$$${a}"]] },
    "an expression after an escaped one": {
      text: "$${a}${b}",
      parts: [
        ["literal", "$${a}"],
        ["interpolation", "b"],
      ],
    },
    "an expression after a percent sign": {
      text: "100%${a}",
      parts: [
        ["literal", "100%"],
        ["interpolation", "a"],
      ],
    },
    "braces inside an expression": {
      text: "${merge({ a = {} }, {})}",
      parts: [["interpolation", "merge({ a = {} }, {})"]],
    },
    "a brace in quotes": { text: '${f("}")}', parts: [["interpolation", 'f("}")']] },
    "an escaped quote in quotes": {
      text: '${f("\\"}")}',
      parts: [["interpolation", 'f("\\"}")']],
    },
    "an escaped backslash before the end of quotes": {
      text: '${f("\\\\")}b',
      parts: [
        ["interpolation", 'f("\\\\")'],
        ["literal", "b"],
      ],
    },
    "quotes in an expression in quotes in an expression": {
      text: '${f("${g("}", "${h}")}")}',
      parts: [["interpolation", 'f("${g("}", "${h}")}")']],
    },
    "an escaped template in quotes": {
      text: '${f("$${")}',
      parts: [["interpolation", 'f("$${")']],
    },
    "an expression over several lines": {
      text: "${[\n  a,\n]}",
      parts: [["interpolation", "[\n  a,\n]"]],
    },
  };

  it.each(Object.entries(cases))("finds %s", (_case, { text, parts }) => {
    expect(parseTemplate(text)).toEqual(parts.map(([kind, part]) => ({ kind, text: part })));
  });

  it.each(["${", "a ${b", "%{if", '${f("}', '${f("${")}', "${ { }"])(
    "refuses %s, which is not closed, and says how to write the characters themselves",
    (text) => {
      expect(() => parseTemplate(text)).toThrow(JSON.stringify(text));
      expect(() => parseTemplate(text)).toThrow("write $${ or %%{");
    },
  );
});

describe("soleExpression", () => {
  it.each([
    { text: "${var.a}", sole: "var.a" },
    { text: '${"${a}"}', sole: '"${a}"' },
    { text: "", sole: undefined },
    { text: "var.a", sole: undefined },
    { text: " ${var.a}", sole: undefined },
    { text: "${a}${b}", sole: undefined },
    { text: "%{if a}", sole: undefined },
    { text: "$${a}", sole: undefined },
  ])("of $text is $sole", ({ text, sole }) => {
    expect(soleExpression(text)).toBe(sole);
  });
});

describe("endOfQuotes", () => {
  it.each([
    { text: '"a" b', end: 3 },
    { text: '""', end: 2 },
    { text: '"a\\"b" c', end: 6 },
    { text: '"\\\\" c', end: 4 },
    { text: '"${f("a")}" c', end: 11 },
    { text: '"$${" c"', end: 5 },
  ])("of $text is $end", ({ text, end }) => {
    expect(endOfQuotes(text, 0)).toBe(end);
  });

  it("refuses quotes that are not closed", () => {
    expect(() => endOfQuotes('"a\\"', 0)).toThrow("does not close it");
  });
});
