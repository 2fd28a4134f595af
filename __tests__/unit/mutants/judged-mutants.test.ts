import { describe, expect, it } from "vitest";
import {
  countsOf,
  judged,
  killedOfAll,
  killedOfOthers,
} from "../../../scripts/mutants/judged-mutants.js";
import { mutantsReport } from "../../../scripts/mutants/report.js";
import type { Mutant } from "../../../scripts/mutants/run-stryker.js";

const LINE = "return a === b;";

function mutant(file: string, to: string, isKilled: boolean): Mutant {
  return { file, lineNumber: 7, line: LINE, from: "a === b", to, isKilled };
}

const proof = (file: string, to: string) => ({
  file,
  line: LINE,
  from: "a === b",
  to,
  why: "a is b wherever this is called.",
});

const A = "lib/iam/a.ts";
const B = "lib/iam/evaluate/b.ts";
const MUTANTS = [
  mutant(A, "true", true),
  mutant(A, "false", true),
  mutant(A, "a !== b", false),
  mutant(B, "true", false),
];

describe("mutants", () => {
  it("are killed, proven to change nothing, or survive", () => {
    const { byFile, surviving, wrongProofs } = judged(MUTANTS, [proof(B, "true")]);

    expect([...byFile]).toEqual([
      [A, { mutants: 3, killed: 2, equivalent: 0, surviving: 1 }],
      [B, { mutants: 1, killed: 0, equivalent: 1, surviving: 0 }],
    ]);
    expect(surviving).toEqual([MUTANTS[2]]);
    expect(wrongProofs).toEqual([]);
  });

  it("are counted by folder", () => {
    const { byFile } = judged(MUTANTS, [proof(B, "true")]);

    expect(countsOf("lib/iam", byFile)).toEqual({
      mutants: 4,
      killed: 2,
      equivalent: 1,
      surviving: 1,
    });
    expect(countsOf("lib/iam/evaluate", byFile).mutants).toBe(1);
    expect(countsOf("lib/ia", byFile).mutants).toBe(0);
  });

  it("have two ratios: of all, and of those that change something", () => {
    const counts = { mutants: 4, killed: 2, equivalent: 1, surviving: 1 };

    expect(killedOfAll(counts)).toBe(0.5);
    expect(killedOfOthers(counts)).toBeCloseTo(2 / 3);
    expect(killedOfOthers({ mutants: 1, killed: 0, equivalent: 1, surviving: 0 })).toBe(1);
    expect(killedOfAll({ mutants: 0, killed: 0, equivalent: 0, surviving: 0 })).toBe(1);
  });
});

describe("a proof that a mutant changes nothing", () => {
  it.each([
    ["of a mutant that there is none of", proof(A, "b === a"), "there is no such mutant any more"],
    ["of a line that there is none of", { ...proof(A, "true"), line: "return;" }, "no such mutant"],
    ["of a mutant in another file", proof("lib/iam/c.ts", "true"), "there is no such mutant"],
    ["of a mutant that a test finds out", proof(A, "true"), "a test finds it out"],
  ])("is wrong: %s", (_, entry, sentence) => {
    const { wrongProofs } = judged(MUTANTS, [entry]);

    expect(wrongProofs).toEqual([expect.stringContaining(sentence)]);
  });
});

it("are shown by file and by folder, those that survive with their place", () => {
  const report = mutantsReport(judged(MUTANTS, [proof(B, "true"), proof(A, "true")]), ["lib/iam"]);

  expect(report.split("\n").map((line) => line.trimEnd())).toEqual([
    "                       mutants  killed  equivalent  surviving  of all  of not equivalent",
    "---------------------  -------  ------  ----------  ---------  ------  -----------------",
    "lib/iam/a.ts                 3       2           0          1  66.6 %             66.6 %",
    "lib/iam/evaluate/b.ts        1       0           1          0   0.0 %            100.0 %",
    "all of lib/iam               4       2           1          1  50.0 %             66.6 %",
    "",
    "lib/iam/a.ts:7: a === b => a !== b",
    "lib/iam/a.ts: a === b => true in return a === b;: a test finds it out.",
    "",
  ]);
});
