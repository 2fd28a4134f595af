import { execFileSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EQUIVALENT } from "./mutants/equivalent.js";
import { countsOf, judged, killedOfOthers } from "./mutants/judged-mutants.js";
import { FOLDERS, LEAST_RATIO, PLAIN_DATA } from "./mutants/mutated-files.js";
import { mutantsReport } from "./mutants/report.js";
import { triedMutants } from "./mutants/run-stryker.js";

const REPOSITORY = join(import.meta.dirname, "..");
const RESULT = join(REPOSITORY, "scripts", "mutants", "result.json");

process.exitCode = await main();

// npm run mutants [-- lib/iam/shown.ts …] [--concurrency 2]: changes lib/iam and lib/remotion in each small
// way, and says which changes no unit test finds out. Of all files it writes scripts/mutants/result.json. Ends with 1
// where a folder is below 95 %, or where a proof that a mutant changes nothing is wrong, and with 2 where no file is
// named so.
async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { concurrency: { type: "string", default: "2" } },
  });
  const start = performance.now();
  const all = FOLDERS.flatMap(filesOf);
  const files = positionals.length === 0 ? all : all.filter(isNamed(positionals));
  if (files.length === 0) {
    process.stderr.write(`No file of ${FOLDERS.join(" or ")} is named so.\n`);
    return 2;
  }
  const mutants = await triedMutants(REPOSITORY, files, Number(values.concurrency));
  const result = judged(
    mutants,
    EQUIVALENT.filter(({ file }) => files.includes(file) || !all.includes(file)),
  );
  const folders = FOLDERS.filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
  process.stdout.write(mutantsReport(result, folders));
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`${files.length} of ${all.length} files in ${seconds} s.\n`);
  if (files.length === all.length) {
    const counts = FOLDERS.map((folder) => [folder, countsOf(folder, result.byFile)]);
    const record = {
      commit: commit(),
      date: today(),
      seconds,
      folders: Object.fromEntries(counts),
    };
    writeFileSync(RESULT, `${JSON.stringify(record, undefined, 2)}\n`);
  }
  const isBelow = folders.some(
    (folder) => killedOfOthers(countsOf(folder, result.byFile)) < LEAST_RATIO,
  );
  return isBelow || result.wrongProofs.length > 0 ? 1 : 0;
}

/** Files of a folder that have more than data in them, relative to the repository. */
function filesOf(folder: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `${folder}/${path}`)
    .filter((path) => !(path in PLAIN_DATA))
    .sort();
}

/** Whether a file is named, or a folder that it is in. */
function isNamed(names: readonly string[]): (file: string) => boolean {
  return (file) => names.some((name) => file === name || file.startsWith(`${name}/`));
}

function commit(): string {
  const options = { cwd: REPOSITORY, encoding: "utf8" } as const;
  return execFileSync("git", ["rev-parse", "HEAD"], options).trim();
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
