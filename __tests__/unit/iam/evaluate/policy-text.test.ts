import { describe, expect, test } from "vitest";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";
import { parsePieces, parseText, type TextPart } from "../../../../lib/iam/evaluate/policy-text.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const WHOLE = { wildcards: true, variables: true };
const NO_VERSION = new UnknownPart("the version is not told", "the policy");

/** Parts as they read: a variable in angle brackets, a hole as an underscore. */
const read = (parts: readonly TextPart[]): readonly string[] =>
  parts.map((part) => {
    if ("text" in part) {
      return part.text;
    }
    if ("wildcard" in part) {
      return `[${part.wildcard}]`;
    }
    if ("hole" in part) {
      return "_";
    }
    return part.fallback === undefined
      ? `<${part.variable}>`
      : `<${part.variable} or "${part.fallback}">`;
  });

describe("a text of a policy", () => {
  test.each<[text: string, parts: readonly string[]]>([
    ["", []],
    ["abc", ["abc"]],
    ["*", ["[*]"]],
    ["a*b?c", ["a", "[*]", "b", "[?]", "c"]],
    ["**", ["[*]", "[*]"]],
    ["${aws:UserName}", ["<aws:username>"]],
    ["a/${aws:username}/*", ["a/", "<aws:username>", "/", "[*]"]],
    ["${a:b}${c:d}", ["<a:b>", "<c:d>"]],
    ["${*}${?}${$}", ["*?$"]],
    ["a${*}b*", ["a*b", "[*]"]],
    ["${a:b, 'x y'}", ['<a:b or "x y">']],
    ["${a:b,'x'}", ['<a:b or "x">']],
    ["${a:b,''}", ['<a:b or "">']],
    ["${a:b, 'it''s, so'}", ["<a:b or \"it''s, so\">"]],
    ["$", ["$"]],
    ["a$b{c}", ["a$b{c}"]],
    ["x{a:b}$", ["x{a:b}$"]],
    ["{a:b}$x", ["{a:b}$x"]],
  ])("%s", (text, parts) => {
    expect(read(parseText(text, WHOLE, "Resource"))).toEqual(parts);
  });

  test("keeps a variable as it is written, for messages", () => {
    expect(parseText("${aws:UserName}", WHOLE, "Resource")).toEqual([
      { variable: "aws:username", written: "aws:UserName", fallback: undefined },
    ]);
    expect(parseText("${aws:UserName, 'x'}", WHOLE, "Resource")).toEqual([
      { variable: "aws:username", written: "aws:UserName", fallback: "x" },
    ]);
  });

  test.each([
    "${",
    "${a:b",
    "${}",
    "x${a b}",
    "${a:${b:c}}",
    "${a$b}",
    "${, 'x'}",
    "${a:b,}",
    "${a:b, x}",
    "${a:b, '}",
    "${a:b, 'x}",
    "${a:b, x'}",
    "${a:b, x''y}",
  ])("%s begins no variable", (text) => {
    const parse = () => parseText(text, WHOLE, "Resource", `arn:${text}`);

    expect(parse).toThrow(PolicyError);
    expect(parse).toThrow(`Resource is ${JSON.stringify(`arn:${text}`)}: a policy variable is`);
  });

  test.each<
    [name: string, wildcards: boolean, variables: boolean | UnknownPart, parts: readonly string[]]
  >([
    ["without wildcards", false, true, ["a*", "<b:c>", "?d"]],
    ["without variables", true, false, ["a", "[*]", "${b:c}", "[?]", "d"]],
    ["without either", false, false, ["a*${b:c}?d"]],
    [
      "where it is not told whether there are variables",
      true,
      NO_VERSION,
      ["a", "[*]", "_", "[?]", "d"],
    ],
  ])("%s", (_, wildcards, variables, parts) => {
    expect(read(parseText("a*${b:c}?d", { wildcards, variables }, "Resource"))).toEqual(parts);
  });

  test.each<[text: string, parts: readonly string[]]>([
    ["a${b:c", ["a", "_"]],
    ["a${b:c}d", ["a", "_", "d"]],
    ["a${*}", ["a", "_"]],
    ["${b c}", ["_"]],
  ])("%s may hold a variable, whatever it is", (text, parts) => {
    expect(read(parseText(text, { wildcards: true, variables: NO_VERSION }, "Resource"))).toEqual(
      parts,
    );
  });
});

describe("a text that is known in part", () => {
  const part = (...pieces: readonly string[]) =>
    new UnknownPart("it is open", "more", pieces.length === 0 ? undefined : pieces);

  test.each<[pieces: readonly string[], parts: readonly string[]]>([
    [[], ["_"]],
    [
      ["a", ""],
      ["a", "_"],
    ],
    [
      ["", "b"],
      ["_", "b"],
    ],
    [
      ["a*", "b"],
      ["a", "[*]", "_", "b"],
    ],
    [
      ["a", "b", "c"],
      ["a", "_", "b", "_", "c"],
    ],
    [
      ["${a:b}", "${c:d}"],
      ["<a:b>", "_", "<c:d>"],
    ],
    // A variable that is known in part is not told as a whole.
    [
      ["a/${aws:", "}/b"],
      ["a/", "_", "/b"],
    ],
    [
      ["a/$", "{aws:username}/b"],
      ["a/", "_", "/b"],
    ],
    [
      ["a/${aws:", "name", "}/b"],
      ["a/", "_", "_", "/b"],
    ],
    [
      ["a/${aws:", "x${", "}/b"],
      ["a/", "_", "_", "/b"],
    ],
    [
      ["${a:b}/${", "}${c:d}"],
      ["<a:b>", "/", "_", "<c:d>"],
    ],
    [
      ["${a:b}$", "${c:d}}"],
      ["<a:b>", "_", "<c:d>", "}"],
    ],
    [
      ["a", "x}b"],
      ["a", "_", "b"],
    ],
    [
      ["a", "}b${c:d}"],
      ["a", "_", "b", "<c:d>"],
    ],
    [
      ["a}", "b$"],
      ["a}", "_", "b$"],
    ],
    [
      ["a}b$", "c", "d"],
      ["a}b", "_", "c", "_", "d"],
    ],
    [
      ["${", "a", "b"],
      ["_", "_"],
    ],
  ])("%j", (pieces, parts) => {
    expect(read(parsePieces(part(...pieces), WHOLE, "Resource"))).toEqual(parts);
  });

  test("has its pieces as they are where there are no variables", () => {
    const reading = { wildcards: true, variables: false };

    expect(read(parsePieces(part("a$", "}b*"), reading, "Resource"))).toEqual([
      "a$",
      "_",
      "}b",
      "[*]",
    ]);
  });

  test("is refused where a known piece begins a variable that is none", () => {
    expect(() => parsePieces(part("${a b}", ""), WHOLE, "Resource")).toThrow(PolicyError);
  });
});
