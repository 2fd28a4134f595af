import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { embeddedJson, escapedHtml } from "../../../lib/html/markup.js";
import { htmlPage } from "../../../lib/html/page.js";
import { pageAssets } from "../../../lib/html/page-assets.js";
import type { PageData, Subject } from "../../../lib/html/page-data.js";
import { printable } from "../../../lib/verify/report/printable.js";
import { REPOSITORY } from "../../support/repository.js";

const SUBJECT: Subject = {
  name: "somebody",
  address: "aws_iam_user.x",
  part: "a user or caller",
  held: "full",
  able: false,
  reasons: [],
  checked: [],
  sign: "m",
  counts: [1, 2, 1, 0, 0],
  shape: 0,
  answers: 0,
  profile: 0,
  policies: [],
  findings: [],
  excess: 0,
  furtherExcess: 0,
  forbidden: [],
  notes: [],
  accepted: [],
};

function dataWith(given: Partial<PageData> = {}): PageData {
  return {
    about: "verify",
    tool: "tool",
    version: "1.2.3",
    remotion: "4.5.6",
    title: "Something",
    source: "plan.json",
    sign: "m",
    remarks: [],
    groups: [],
    apis: [],
    actions: [],
    conditions: [],
    shapes: [[]],
    answers: [{ signs: "", calls: [], tasks: [] }],
    profiles: [{ name: "full", permissions: [] }],
    shares: [],
    excess: [[]],
    subjects: [SUBJECT],
    bystanders: [],
    furtherBystanders: 0,
    ...given,
  };
}

describe("a text in a page", () => {
  it.each([
    ["<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"],
    ["plain", "plain"],
  ])("%s is escaped in HTML", (text, escaped) => {
    expect(escapedHtml(text)).toBe(escaped);
  });

  it.each([
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "\u2028\u2029&amp;",
    "\u001b[31m\u202e",
    'a"b\\c',
  ])("%j means the same in the data, and ends no element", (text) => {
    const json = embeddedJson({ text, list: [text] }, printable);
    expect(json).not.toMatch(/[<>&]|[^\P{C}]|\p{Zl}|\p{Zp}/u);
    expect(JSON.parse(json)).toEqual({ text: printable(text), list: [printable(text)] });
  });
});

describe("a page", () => {
  const { script, style } = pageAssets();
  const page = htmlPage(dataWith(), printable);

  it("has a policy that lets its own script and style be, and nothing else", () => {
    const [, policy = ""] =
      /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const directives = policy.replaceAll("&#39;", "'").split("; ");
    const hashOf = (text: string) => createHash("sha256").update(text).digest("base64");
    const [, shownScript = ""] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    const [, shownStyle = ""] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];

    expect({ shownScript, shownStyle }).toEqual({ shownScript: script, shownStyle: style });
    expect(directives).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hashOf(script)}'`,
      `style-src 'sha256-${hashOf(style)}'`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  it("names no other place", () => {
    const names = page.match(/https?:\/\/[^\s"'<>)]*/g);
    // What elements of SVG are called.
    expect([...new Set(names)]).toEqual(["http://www.w3.org/2000/svg"]);
    expect(page).not.toMatch(/@import|url\((?!data:)/);
  });

  it("has a script and a style that nothing ends early, and that no log of a pipeline obeys", () => {
    for (const text of [script, style]) {
      expect(text).not.toMatch(/<\/(script|style)|<!--/i);
      expect(text).not.toMatch(/^\s*::|##\[/m);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what is not ASCII is looked for
      expect(text).not.toMatch(/[^\u0000-\u007f]/);
    }
  });

  it("says who made it, is the same each time, and has no place or time of its making in it", () => {
    expect(htmlPage(dataWith(), printable)).toBe(page);
    expect(page).toContain("tool 1.2.3");
    expect(page).toContain("Remotion 4.5.6");
    expect(page).not.toContain(REPOSITORY);
    expect(page).not.toMatch(/\b20\d\d-\d\d-\d\d\b/);
  });

  it("can be read without its script, up to 200 principals", () => {
    const subjects = Array.from({ length: 250 }, (_, number) => ({
      ...SUBJECT,
      name: `n${number}`,
    }));
    const [summary = ""] = htmlPage(dataWith({ subjects }), printable).split("<script");
    expect(summary).toContain("✖ missing");
    expect(summary).toContain("n199<");
    expect(summary).not.toContain("n200<");
    expect(summary).toContain("50 more");
  });

  it("is small without data", () => {
    expect(page.length).toBeLessThan(60_000);
  });
});

describe("the script of a page", () => {
  const folder = join(REPOSITORY, "lib", "html", "page");
  const sources = readdirSync(folder).filter((name) => name.endsWith(".ts"));

  it.each(sources)("makes no markup of texts in %s, and asks for nothing", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(text).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|fetch\(|XMLHttpRequest|sendBeacon|WebSocket/,
    );
  });
});
