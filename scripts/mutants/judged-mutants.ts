import type { EquivalentMutant } from "./equivalent.js";
import type { Mutant } from "./run-stryker.js";

/** How many mutants of a file or folder came to what. */
export interface Counts {
  readonly mutants: number;
  readonly killed: number;
  /** Proven to change nothing. */
  readonly equivalent: number;
  readonly surviving: number;
}

/** All mutants, and what is wrong with the list of those that change nothing. */
export interface JudgedMutants {
  readonly byFile: ReadonlyMap<string, Counts>;
  readonly surviving: readonly Mutant[];
  /** Entries for which there is no mutant, or one that a test found out: sentences. */
  readonly wrongProofs: readonly string[];
}

/**
 * Tells mutants that survive from those that are proven to change nothing.
 *
 * @param mutants those of some files
 * @param equivalents those of the same files
 */
export function judged(
  mutants: readonly Mutant[],
  equivalents: readonly EquivalentMutant[],
): JudgedMutants {
  const proven = new Set(equivalents.map(keyOf));
  const equivalent = mutants.filter((mutant) => !mutant.isKilled && proven.has(keyOf(mutant)));
  const surviving = mutants.filter((mutant) => !mutant.isKilled && !proven.has(keyOf(mutant)));
  const files = [...new Set(mutants.map(({ file }) => file))].sort();
  const byFile = new Map(
    files.map((file) => {
      const count = (some: readonly Mutant[]) => some.filter((one) => one.file === file).length;
      const counts = { mutants: count(mutants), equivalent: count(equivalent) };
      const left = count(surviving);
      const killed = counts.mutants - counts.equivalent - left;
      return [file, { ...counts, killed, surviving: left }];
    }),
  );
  return { byFile, surviving, wrongProofs: equivalents.flatMap((one) => wrongWith(one, mutants)) };
}

/** The counts of all files of a folder together. */
export function countsOf(folder: string, byFile: ReadonlyMap<string, Counts>): Counts {
  const total = { mutants: 0, killed: 0, equivalent: 0, surviving: 0 };
  for (const [file, counts] of byFile) {
    if (file.startsWith(`${folder}/`)) {
      total.mutants += counts.mutants;
      total.killed += counts.killed;
      total.equivalent += counts.equivalent;
      total.surviving += counts.surviving;
    }
  }
  return total;
}

/** Of all mutants the part that tests found out, from 0 to 1; 1 where there is none. */
export function killedOfAll({ mutants, killed }: Counts): number {
  return mutants === 0 ? 1 : killed / mutants;
}

/** Of the mutants that are not proven to change nothing the part that tests found out, from 0 to 1. */
export function killedOfOthers({ mutants, killed, equivalent }: Counts): number {
  return mutants === equivalent ? 1 : killed / (mutants - equivalent);
}

function wrongWith(entry: EquivalentMutant, mutants: readonly Mutant[]): string[] {
  const named = mutants.filter((mutant) => keyOf(mutant) === keyOf(entry));
  const said = `${entry.file}: ${entry.from} => ${entry.to} in ${entry.line}`;
  if (named.length === 0) {
    return [`${said}: there is no such mutant any more.`];
  }
  return named.every(({ isKilled }) => isKilled) ? [`${said}: a test finds it out.`] : [];
}

function keyOf({ file, line, from, to }: EquivalentMutant | Mutant): string {
  return JSON.stringify([file, line, from, to]);
}
