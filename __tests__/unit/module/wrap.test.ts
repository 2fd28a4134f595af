import { format } from "@cdktf/hcl-tools";
import { describe, expect, it } from "vitest";
import { alignAssignments } from "../../../lib/module/align.js";
import { wrapLine } from "../../../lib/module/wrap.js";
import { canonicalTemplate } from "../support/canonical-template.js";

/** Letters that make a line long enough to be broken. */
const LONG = "x".repeat(60);

const LINES: Record<string, { line: string; lines: readonly string[] }> = {
  "a list": {
    line: `a = [${LONG}, "b, c", d]`,
    lines: ["a = [", `  ${LONG},`, '  "b, c",', "  d,", "]"],
  },
  "a list with its comma, moved in": {
    line: `    [${LONG}],`,
    lines: ["    [", `      ${LONG},`, "    ],"],
  },
  "an argument that was aligned with its neighbours": {
    line: `a    = [${LONG}]`,
    lines: ["a = [", `  ${LONG},`, "]"],
  },
  "an object": {
    line: `a = { b = ${LONG}, "c" = 1 }`,
    lines: ["a = {", `  b = ${LONG}`, '  "c" = 1', "}"],
  },
  "a call": { line: `a = f(${LONG}, b)`, lines: ["a = f(", `  ${LONG},`, "  b,", ")"] },
  "a call that spreads a list": {
    line: `a = f(${LONG}, b...)`,
    lines: ["a = f(", `  ${LONG},`, "  b...", ")"],
  },
  "brackets in brackets": {
    line: `a = flatten([${LONG}, b])`,
    lines: ["a = flatten([", `  ${LONG},`, "  b,", "])"],
  },
  "a call in a call": {
    line: `a = can(regex(${LONG}, b))`,
    lines: ["a = can(regex(", `  ${LONG},`, "  b,", "))"],
  },
  "a list behind a short item": {
    line: `a = join(", ", [${LONG}])`,
    lines: ['a = join(", ", [', `  ${LONG},`, "])"],
  },
  "the longest of several brackets": {
    line: `a = f(b) ? [${LONG}] : []`,
    lines: ["a = f(b) ? [", `  ${LONG},`, "] : []"],
  },
  "a for": {
    line: `a = [for b in c : ${LONG}]`,
    lines: ["a = [", `  for b in c : ${LONG}`, "]"],
  },
  "what a for makes, and of what": {
    line: `  for b in c : "${LONG}"`,
    lines: ["  for b in c :", `  "${LONG}"`],
  },
  "a call that a for makes, which fits on a line": {
    line: `for b in ${LONG} : can(regex("c", b))`,
    lines: [`for b in ${LONG} :`, 'can(regex("c", b))'],
  },
  "what a for makes, in its brackets": {
    line: `for b in c : [${LONG}]`,
    lines: ["for b in c : [", `  ${LONG},`, "]"],
  },
  "a for with a condition": {
    line: `for b in c : ${LONG} if b != d,`,
    lines: [`for b in c : ${LONG}`, "if b != d,"],
  },
  "a for whose bracket goes on": {
    line: `for b in [${LONG}] : {`,
    lines: [`for b in [${LONG}] :`, "{"],
  },
  "conditions of an argument": {
    line: `a = ${LONG} && b || c`,
    lines: ["a = (", `  ${LONG} && b ||`, "  c", ")"],
  },
  "conditions in brackets": {
    line: `if ${LONG} && b && c`,
    lines: [`if ${LONG} &&`, "b &&", "c"],
  },
  "a text at its spaces": {
    line: `a = "${"word ".repeat(30)}\${var.b}!"`,
    lines: [
      'a = join("", [',
      `  "${"word ".repeat(23)}",`,
      `  "${"word ".repeat(7)}\${var.b}!",`,
      "])",
    ],
  },
  "a text where its last sentence ends": {
    line: `a = "${"word ".repeat(10)}end: ${"word ".repeat(7)}clause, ${"word ".repeat(9)}"`,
    lines: [
      'a = join("", [',
      `  "${"word ".repeat(10)}end: ",`,
      `  "${"word ".repeat(7)}clause, ${"word ".repeat(9)}",`,
      "])",
    ],
  },
  "a text where a clause ends, if the sentence would be too short a line": {
    line: `a = "End. ${"word ".repeat(12)}clause, ${"word ".repeat(16)}"`,
    lines: [
      'a = join("", [',
      `  "End. ${"word ".repeat(12)}clause, ",`,
      `  "${"word ".repeat(16)}",`,
      "])",
    ],
  },
  "a text between words, if both would be": {
    line: `a = "End. And, ${"word ".repeat(30)}"`,
    lines: [
      'a = join("", [',
      `  "End. And, ${"word ".repeat(21)}",`,
      `  "${"word ".repeat(9)}",`,
      "])",
    ],
  },
  "a list that a list gives a name": {
    line: `a = [for b in [[for c in d : c if c != "${LONG}"]] : b]`,
    lines: ["a = [", `  for b in [[for c in d : c if c != "${LONG}"]] : b`, "]"],
  },
  "what a list in a list holds": {
    line: `for b in [[for c in d : c if c != "${LONG}"]] :`,
    lines: ["for b in [[", `  for c in d : c if c != "${LONG}"`, "]] :"],
  },
  "a long expression of a text": {
    line: `a = "b: \${f("${LONG}")}, c"`,
    lines: ['a = join("", [', '  "b: ",', `  f("${LONG}"),`, '  ", c",', "])"],
  },
  "a short expression that is alone": {
    line: `a = "${LONG}${LONG}\${var.b}"`,
    lines: ['a = join("", [', `  "${LONG}${LONG}",`, "  var.b,", "])"],
  },
  "a list of one text that is too long for a line": {
    line: `a = ["${LONG} ${LONG}"]`,
    lines: ['a = [join("", [', `  "${LONG} ",`, `  "${LONG}",`, "])]"],
  },
};

describe("a long line is broken:", () => {
  it.each(Object.entries(LINES))("%s", (_what, { line, lines }) => {
    expect(wrapLine(line)).toEqual(lines);
  });
});

describe("an argument that is broken", () => {
  const broken = Object.entries(LINES).filter(([, { line }]) => line.startsWith("a = "));

  it.each(broken)("means the same: %s", (_what, { line, lines }) => {
    const inObject = (text: string) => canonicalTemplate(`\${{\n${text}\n}}`);

    expect(inObject(lines.join("\n"))).toBe(inObject(line));
  });

  it.each(broken)("is as terraform fmt leaves it: %s", async (_what, { lines }) => {
    const text = `${alignAssignments(lines).join("\n")}\n`;

    expect(await format(text)).toBe(text);
  });
});

describe("a line is left as it is", () => {
  it.each([
    ["with a text without a space", `a = "${LONG}${LONG}${LONG}"`],
    ["with a name", `a = ${LONG}${LONG}`],
    ["with a directive", `a = "%{ if b }${LONG} ${LONG}%{ endif }"`],
    ["with an index", `a = ${LONG}${LONG}[0]`],
    ["that is a comment", `# [${LONG}, ${LONG}]`],
    ["that closes a bracket of another", `] ? [${LONG}] : f(${LONG})`],
    ["whose text goes on", `a = "${LONG} \${f([`],
    ["with empty brackets", `a = ${LONG}${LONG}()`],
  ])("%s", (_what, line) => {
    expect(wrapLine(line)).toBeUndefined();
  });
});
