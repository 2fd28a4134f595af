import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { moduleFiles, moduleFolders } from "../../../lib/cli/module-files.js";
import type { RecordedRuns } from "../../../scripts/lint-modules/linter-run.js";
import { page } from "../../../scripts/lint-modules/page.js";
import { problemsOf } from "../../../scripts/lint-modules/problems.js";
import { isSkipComment, skipCommentsIn } from "../../../scripts/lint-modules/skip-comments.js";
import { LINTER_ANSWERS, skipComments } from "../../../stacks/linter-answers.js";
import { REPOSITORY } from "../../support/repository.js";

const textOf = (...path: string[]) => readFileSync(join(REPOSITORY, ...path), "utf8");

const RECORDED = JSON.parse(textOf("scripts", "lint-modules", "runs.json")) as RecordedRuns;

describe("docs/LINTERS.md", () => {
  it("is what the recorded answers of linters and ours make: npm run lint-modules writes both", () => {
    expect(page(RECORDED, LINTER_ANSWERS)).toBe(textOf("docs", "LINTERS.md"));
  });

  it("answers all that was recorded, and nothing else", () => {
    expect(problemsOf(RECORDED, LINTER_ANSWERS)).toEqual([]);
    expect(RECORDED.runs.flatMap(({ findings }) => findings).length).toBeGreaterThan(10);
  });
});

describe("the comments in HCL that linters read", () => {
  const MODULES = moduleFolders({ hcl: "all", json: [] }).map((module) => ({
    module,
    text: [...moduleFiles(module)]
      .flatMap(([path, each]) => (path.endsWith(".tf") ? each : []))
      .join("\n"),
  }));
  const comments = MODULES.flatMap(({ text }) => skipCommentsIn(text));

  it.each(MODULES)("are in $module those of the answers", ({ module, text }) => {
    const addresses = Array.from(
      text.matchAll(/^resource "(\w+)" "(\w+)"/gm),
      ([, type, name]) => `${type}.${name}`,
    );
    const told = addresses.flatMap((address) =>
      skipComments(module, address).map((directive) => ({ address, comment: directive.text })),
    );

    expect(new Set(skipCommentsIn(text))).toEqual(
      new Set(told.filter(({ comment }) => isSkipComment(`# ${comment}`))),
    );
  });

  it("are somewhere each, where an answer names places", () => {
    const named = LINTER_ANSWERS.flatMap(({ commentOn = [] }) => commentOn);
    const there = MODULES.flatMap(({ module, text }) =>
      skipCommentsIn(text).map(({ address }) => `${module}: ${address}`),
    );

    expect(named.filter((place) => !there.includes(place))).toEqual([]);
    expect(comments.length).toBeGreaterThan(10);
  });

  it("are all heard by checkov, as it was recorded", () => {
    const { answeredByComment } =
      RECORDED.runs.find(({ linter, input }) => linter === "checkov" && input === "hcl") ?? {};

    expect(answeredByComment).toBe(
      comments.filter(({ comment }) => comment.startsWith("checkov:")).length,
    );
  });
});
