import { describe, expect, it } from "vitest";
import {
  hclArgument,
  hclComment,
  hclHeredoc,
  hclValue,
  indent,
  quoted,
} from "../../../lib/module/hcl-value.js";
import type { JsonValue } from "../../../lib/module/json-value.js";

describe("hclValue", () => {
  const values: Record<string, { value: JsonValue; lines: readonly string[] }> = {
    null: { value: null, lines: ["null"] },
    false: { value: false, lines: ["false"] },
    zero: { value: 0, lines: ["0"] },
    "a negative number": { value: -1.5, lines: ["-1.5"] },
    "an empty text": { value: "", lines: ['""'] },
    "an empty list": { value: [], lines: ["[]"] },
    "an empty object": { value: {}, lines: ["{}"] },
    "a text": { value: 'say "hi"\n\\', lines: ['"say \\"hi\\"\\n\\\\"'] },
    "a text with an expression": { value: 'a "${f("b")}"', lines: ['"a \\"${f("b")}\\""'] },
    "a sole expression": { value: "${var.a}", lines: ["var.a"] },
    "a sole expression over several lines": {
      value: "${[\n  var.a,\n]}",
      lines: ["[", "  var.a,", "]"],
    },
    "a sole expression that strips white space": {
      value: "${~ var.a ~}",
      lines: ['"${~ var.a ~}"'],
    },
    "control characters as HCL knows them": {
      value: "\b\f\u0000",
      lines: ['"\\u0008\\u000c\\u0000"'],
    },
    "a backslash before a letter": { value: "\\b\\f", lines: ['"\\\\b\\\\f"'] },
    "a short list": { value: ["a", 1, null], lines: ['["a", 1, null]'] },
    "a list of 80 characters": {
      value: ["a".repeat(36), "b".repeat(36)],
      lines: [`["${"a".repeat(36)}", "${"b".repeat(36)}"]`],
    },
    "a list of 81 characters": {
      value: ["a".repeat(37), "b".repeat(36)],
      lines: ["[", `  "${"a".repeat(37)}",`, `  "${"b".repeat(36)}",`, "]"],
    },
    "a long list of one": { value: ["a".repeat(100)], lines: [`["${"a".repeat(100)}"]`] },
    "a list of lists": { value: [["a"], []], lines: ["[", '  ["a"],', "  [],", "]"] },
    "a list with an expression over several lines": {
      value: ["${f(\n  a\n)}", "b"],
      lines: ["[", "  f(", "    a", "  ),", '  "b",', "]"],
    },
    "an object": {
      value: { a: 1, "b c": { d: [{}] } },
      lines: ["{", "  a = 1", '  "b c" = {', "    d = [", "      {},", "    ]", "  }", "}"],
    },
  };

  it.each(Object.entries(values))("writes %s", (_case, { value, lines }) => {
    expect(hclValue(value)).toEqual(lines);
  });

  it("escapes what would be a template where there are none", () => {
    const value = { a: "${b} %{c}", "${d}": ["$${e}"] };

    expect(hclValue(value, { templates: false })).toEqual([
      "{",
      '  a = "$${b} %%{c}"',
      '  "$${d}" = ["$$${e}"]',
      "}",
    ]);
  });

  it("puts comments above what they are about", () => {
    const comments = new Map([
      ["/1", "The second."],
      ["/1/inner", "Inside."],
    ]);

    expect(hclValue([{ a: 1 }, { inner: { b: 2 } }], { comments })).toEqual([
      "[",
      "  {",
      "    a = 1",
      "  },",
      "  {",
      "    # The second.",
      "    inner = {",
      "      # Inside.",
      "      b = 2",
      "    }",
      "  },",
      "]",
    ]);
  });
});

describe("a key of an object", () => {
  it.each([
    { key: "a", written: "a" },
    { key: "camelCase_1-x", written: "camelCase_1-x" },
    { key: "_a", written: "_a" },
    { key: "1a", written: '"1a"' },
    { key: "a b", written: '"a b"' },
    { key: "a.b", written: '"a.b"' },
    { key: "", written: '""' },
    { key: 'a"b', written: '"a\\"b"' },
    { key: "for", written: '"for"' },
  ])("$key is written as $written, with templates and without", ({ key, written }) => {
    for (const templates of [true, false]) {
      expect(hclValue({ [key]: 1 }, { templates })).toEqual(["{", `  ${written} = 1`, "}"]);
    }
  });

  it.each([
    { key: "${var.a}", written: "(var.a)" },
    { key: "a-${var.b}", written: '"a-${var.b}"' },
  ])("$key is an expression where there are templates: $written", ({ key, written }) => {
    expect(hclValue({ [key]: 1 })).toEqual(["{", `  ${written} = 1`, "}"]);
  });
});

describe("quoted", () => {
  it.each([
    { text: "a", written: '"a"' },
    { text: "${a}%{b}", written: '"$${a}%%{b}"' },
    { text: "$a % b {", written: '"$a % b {"' },
    { text: "a\tb\r\n", written: '"a\\tb\\r\\n"' },
  ])("writes $text as $written", ({ text, written }) => {
    expect(quoted(text)).toBe(written);
  });
});

describe("hclComment", () => {
  it("folds at the width, between words", () => {
    expect(hclComment("one two three", 9)).toEqual(["# one two", "# three"]);
  });

  it("leaves a word that is wider than the page whole", () => {
    expect(hclComment("a incomprehensible b", 8)).toEqual(["# a", "# incomprehensible", "# b"]);
  });

  it("makes line breaks of the text spaces, so that no line is without its mark", () => {
    expect(hclComment("one\ntwo")).toEqual(["# one two"]);
  });
});

describe("hclHeredoc", () => {
  it("gives each item of a list a line, and moves in what it goes on with", () => {
    expect(hclHeredoc("Each with:\n- one: the first of two.\n- two.", 14)).toEqual([
      "<<-EOT",
      "  Each with:",
      "  - one: the",
      "    first of",
      "    two.",
      "  - two.",
      "EOT",
    ]);
  });

  it("folds a text at its spaces, and escapes nothing but templates", () => {
    expect(hclHeredoc('one "two" \\three ${four} %{five}', 18)).toEqual([
      "<<-EOT",
      '  one "two" \\three',
      "  $${four} %%{five}",
      "EOT",
    ]);
  });

  it.each(["one  two", "one\ntwo", " one", "one ", "one\ttwo"])(
    "leaves a text in quotes whose white space means something: %j",
    (text) => {
      expect(hclHeredoc(text, 3)).toEqual([quoted(text)]);
    },
  );
});

describe("indent and hclArgument", () => {
  it("move lines in, and no blank ones", () => {
    expect(indent(["a", "", "  b"])).toEqual(["  a", "", "    b"]);
  });

  it("write a value of several lines after its name", () => {
    expect(hclArgument("a", ["[", "]"])).toEqual(["a = [", "]"]);
  });
});
