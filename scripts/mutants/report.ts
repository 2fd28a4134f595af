import { textTable } from "../../bench/table.js";
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
  const columns = [
    "",
    "mutants",
    "killed",
    "equivalent",
    "surviving",
    "of all",
    "of not equivalent",
  ];
  const rows = [
    ...[...byFile].map(([file, counts]) => row(file, counts)),
    ...folders.map((folder) => row(`all of ${folder}`, countsOf(folder, byFile))),
  ];
  return [
    textTable({ columns, rows }),
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
