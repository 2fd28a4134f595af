import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { PartialStrykerOptions } from "@stryker-mutator/api/core";
import { Stryker } from "@stryker-mutator/core";

/** What became of a mutant. */
export interface Mutant {
  /** Relative to the repository. */
  readonly file: string;
  readonly lineNumber: number;
  /** The line it begins in, without white space around. */
  readonly line: string;
  /** What it takes away, with each run of white space as one space. */
  readonly from: string;
  /** What it puts in its place, likewise. */
  readonly to: string;
  /** Whether a test failed, or did not come to an end. What is ignored by a comment is not. */
  readonly isKilled: boolean;
}

const OPTIONS: PartialStrykerOptions = {
  plugins: [join(import.meta.dirname, "in-process-runner.ts")],
  testRunner: "in-process",
  testRunnerNodeArgs: ["--import", "tsx"],
  checkerNodeArgs: ["--import", "tsx"],
  coverageAnalysis: "perTest",
  // A loop without end is ended by counting; this is for what does not meet its mutant again.
  timeoutMS: 120_000,
  // Stryker would read it with the API of TypeScript, which TypeScript 7 has not.
  tsconfigFile: "none.json",
  disableTypeChecks: false,
  // Tests of both folders read none of these, and copying takes its time.
  ignorePatterns: ["/bench", "/dist", "/examples", "/findings", "/modules"],
  reporters: ["progress-append-only"],
  warnings: false,
  cleanTempDir: "always",
};

/**
 * Tries all mutants of some files.
 *
 * @param files relative to the repository
 * @param together how many are tried at once
 */
export async function triedMutants(
  root: string,
  files: readonly string[],
  together: number,
): Promise<readonly Mutant[]> {
  const stryker = new Stryker({ ...OPTIONS, mutate: [...files], concurrency: together });
  const results = await stryker.runMutationTest();
  return results.map(({ fileName, location, replacement, status }) => {
    const { start, end } = location;
    const lines = readFileSync(fileName, "utf8")
      .split("\n")
      .slice(start.line - 1, end.line);
    return {
      file: relative(root, fileName),
      lineNumber: start.line,
      line: (lines[0] ?? "").trim(),
      from: oneLine(between(lines, start.column - 1, end.column - 1)),
      to: oneLine(replacement ?? ""),
      isKilled: status === "Killed" || status === "Timeout",
    };
  });
}

/** Of some lines what stands between a column of the first and a column of the last one. */
function between(lines: readonly string[], start: number, end: number): string {
  return lines
    .map((line, index) => (index === lines.length - 1 ? line.slice(0, end) : line))
    .map((line, index) => (index === 0 ? line.slice(start) : line))
    .join("\n");
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}
