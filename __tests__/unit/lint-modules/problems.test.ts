import { describe, expect, it } from "vitest";
import type { LinterRun } from "../../../scripts/lint-modules/linter-run.js";
import { problemsOf } from "../../../scripts/lint-modules/problems.js";
import type { LinterAnswer } from "../../../stacks/linter-answers.js";

const RUN = { linter: "checkov", version: "1.0", exitCode: 0, findings: [] };
const USER = { rule: "CKV_1", of: "aws_iam_user", where: "m: aws_iam_user.this" };
const POLICY = { rule: "CKV_2", of: "aws_iam_policy", where: "aws_iam_policy.this[0]" };

const ANSWERS: readonly LinterAnswer[] = [
  { linter: "checkov", rule: "CKV_1", of: ["aws_iam_user"], comment: "Why.", answer: "Why." },
  { linter: "checkov", rule: "CKV_2", of: ["aws_iam_policy"], answer: "Why not." },
];

const RUNS: Readonly<Record<"hcl" | "hcl-uncommented" | "plan" | "stack", LinterRun>> = {
  hcl: { ...RUN, input: "hcl", answeredByComment: 1 },
  "hcl-uncommented": { ...RUN, input: "hcl-uncommented", exitCode: 1, findings: [USER] },
  plan: { ...RUN, input: "plan", exitCode: 1, findings: [POLICY] },
  stack: { ...RUN, input: "stack", unreadFiles: 1 },
};

function problems(changed: Partial<typeof RUNS>, answers = ANSWERS): string[] {
  return problemsOf({ runs: Object.values({ ...RUNS, ...changed }) }, answers);
}

describe("what linters say, and our answers", () => {
  it("are in order where each belongs to another", () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    {
      what: "a rule that nobody answers",
      changed: { plan: { ...RUNS.plan, findings: [POLICY, { ...POLICY, rule: "CKV_3" }] } },
      says: "checkov says CKV_3 of aws_iam_policy.this[0] (aws_iam_policy, plan), which nobody answers.",
    },
    {
      what: "a rule that is answered for another type of resource",
      changed: { plan: { ...RUNS.plan, findings: [POLICY, { ...USER, of: "aws_iam_role" }] } },
      says: "checkov says CKV_1 of m: aws_iam_user.this (aws_iam_role, plan), which nobody answers.",
    },
    {
      what: "an answer to nothing",
      changed: { "hcl-uncommented": { ...RUNS["hcl-uncommented"], findings: [] } },
      says: "checkov no longer says CKV_1 of aws_iam_user, which is answered.",
    },
    {
      what: "a comment that is not heard",
      changed: { hcl: { ...RUNS.hcl, findings: [USER] } },
      says: "checkov says CKV_1 of m: aws_iam_user.this in spite of the comment there.",
    },
    {
      what: "a file that was not read",
      changed: { hcl: { ...RUNS.hcl, unreadFiles: 2 } },
      says: "checkov could not read 2 files of hcl.",
    },
    {
      what: "a synthesized stack that checkov reads",
      changed: { stack: { ...RUNS.stack, exitCode: 1, findings: [USER] } },
      says: "checkov reads what cdktf synth writes: the page says that it does not.",
    },
  ])("are not with $what", ({ changed, says }) => {
    expect(problems(changed)).toEqual([says]);
  });

  it("are not where the plan that one should scan says nothing", () => {
    expect(problems({ plan: { ...RUNS.plan, findings: [] } })).toEqual([
      "checkov no longer says CKV_2 of aws_iam_policy, which is answered.",
      "checkov finds nothing in the plan: the page says to scan it.",
    ]);
  });
});
