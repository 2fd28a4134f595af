import { stripVTControlCharacters } from "node:util";

/** How a step of one version ended. */
export interface StepResult {
  /** Of Node.js, as exact as it is known. */
  readonly version: string;
  readonly step: string;
  /** `undefined` where it was ended from outside. */
  readonly status: number | undefined;
  readonly seconds: number;
  /** The scripts that npm ran in it, a line each. */
  readonly scripts: string;
  /** What it said. */
  readonly output: string;
}

/** Lines of a failed step's output that are worth reading: the reason is at the end. */
const TAIL = 60;

/** Whether nothing failed. */
export function isPassed(results: readonly StepResult[]): boolean {
  return results.every(({ status }) => status === 0);
}

/** What failed steps say, then the table of all. */
export function report(results: readonly StepResult[]): string {
  const failures = results
    .filter(({ status }) => status !== 0)
    .map(({ version, step, output }) =>
      [`FAILED, ${step} with Node.js ${version}:`, ...lastLines(output)].join("\n"),
    );
  return [...failures, table(results)].join("\n\n");
}

function lastLines(output: string): string[] {
  return stripVTControlCharacters(output).trim().split("\n").slice(-TAIL);
}

/** A table as Markdown has it. */
function table(results: readonly StepResult[]): string {
  const rows = [
    ["Node.js", "step", "exit code", "seconds"],
    ...results.map(({ version, step, status, seconds }) => [
      version,
      step,
      String(status ?? "ended"),
      seconds.toFixed(1),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const [head = "", ...body] = rows.map((row) =>
    line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  );
  return [head, line(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}
