import {
  type Counts,
  countsOf,
  type JudgedMutants,
  killedOfAll,
  killedOfOthers,
} from "./judged-mutants.js";

/** A table of files and folders, the mutants that survive, and what is wrong with the proofs. */
export function mutantsReport(
  { byFile, surviving, wrongProofs }: JudgedMutants,
  folders: readonly string[],
): string {
  const rows = [
    ["", "mutants", "killed", "equivalent", "surviving", "of all", "of not equivalent"],
    ...[...byFile].map(([file, counts]) => row(file, counts)),
    ...folders.map((folder) => row(`all of ${folder}`, countsOf(folder, byFile))),
  ];
  return [
    ...aligned(rows),
    "",
    ...surviving.map(({ file, lineNumber, from, to }) => `${file}:${lineNumber}: ${from} => ${to}`),
    ...wrongProofs,
    "",
  ].join("\n");
}

function row(name: string, counts: Counts): string[] {
  const { mutants, killed, equivalent, surviving } = counts;
  return [
    name,
    ...[mutants, killed, equivalent, surviving].map(String),
    percent(killedOfAll(counts)),
    percent(killedOfOthers(counts)),
  ];
}

function percent(ratio: number): string {
  // Rounded down: 95.0 % is no less than 95 %.
  return `${(Math.floor(ratio * 1000) / 10).toFixed(1)} %`;
}

/** Rows whose cells are as wide as their columns, names to the left and numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? "").length)),
  );
  return rows.map((cells) =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  "),
  );
}
