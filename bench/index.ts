import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { builtPackage } from "../__tests__/support/built-package.js";
import { findJq, findMoto, findTerraform } from "../__tests__/support/tools.js";
import { load, machine } from "./machine.js";
import { bestOf, compareRatios, isDrop, type Ratio, TOLERANCE, worstOf } from "./ratios.js";
import { readmeText } from "./readme.js";
import type { Need, Subject, Suite, SuiteResult } from "./suite.js";
import { buckets } from "./suites/buckets.js";
import { commands } from "./suites/commands.js";
import { generate } from "./suites/generate.js";
import { iamCalls } from "./suites/iam-calls.js";
import { install } from "./suites/install.js";
import { longFiles } from "./suites/long-files.js";
import { verify } from "./suites/verify.js";
import { textTable } from "./table.js";

const SUITES: readonly Suite[] = [
  commands,
  generate,
  verify,
  longFiles,
  install,
  iamCalls,
  buckets,
];

const RATIOS = join(import.meta.dirname, "ratios.json");
const README = join(import.meta.dirname, "README.md");

/** More than this share of the processors busy with other things, and figures are to be taken with care. */
const BUSY = 0.5;

process.exitCode = await main();

// npm run bench [-- --check | --write] [--command-line FILE] [suite…]
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      "command-line": { type: "string" },
    },
  });
  const unknown = positionals.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0 || (values.write && positionals.length > 0)) {
    note(
      unknown.length > 0
        ? `There is no suite ${unknown.join(", ")}. Choose among ${SUITES.map(({ name }) => name).join(", ")}.`
        : "--write takes all suites: what is committed is of one machine.",
    );
    return 2;
  }
  const chosen = SUITES.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  );
  const runnable = withWhatIsThere(chosen);
  if (values.write && runnable.length < SUITES.length) {
    note("--write takes all suites, and some cannot run here.");
    return 2;
  }
  print(`Machine: ${machine()}`);
  if (load() > BUSY) {
    note(`The machine is busy: ${load().toFixed(1)} processes for each processor.`);
  }
  const built = await builtPackage();
  const subject = { ...built, commandLine: values["command-line"] ?? built.commandLine };
  const results = await runSuites(runnable, subject);
  if (values.write) {
    note("\nOnce more, for ratios that hold at other times, too.");
    write(results, await runSuites(runnable, subject));
  }
  return values.check ? check(runnable, results, subject) : 0;
}

/** The suites whose needs are met; what is skipped is said aloud. */
function withWhatIsThere(suites: readonly Suite[]): Suite[] {
  const needed = new Set(suites.flatMap(({ needs }) => needs));
  const find = { terraform: findTerraform, moto: findMoto, jq: findJq };
  const missing = new Map<Need, string>();
  for (const need of needed) {
    const why = find[need]().missing;
    if (why !== undefined) {
      missing.set(need, why);
    }
  }
  return suites.filter(({ name, needs }) => {
    const lacking = needs.flatMap((need) => missing.get(need) ?? []);
    if (lacking.length > 0 && process.env["REQUIRE_TERRAFORM"] === "1") {
      throw new Error(
        `REQUIRE_TERRAFORM=1, and the suite ${name} cannot run: ${lacking.join(" ")}`,
      );
    }
    if (lacking.length > 0) {
      note(`\nSKIPPED: the suite ${name}. ${lacking.join(" ")}\n`);
    }
    return lacking.length === 0;
  });
}

async function runSuites(suites: readonly Suite[], subject: Subject): Promise<SuiteResult[]> {
  const results: SuiteResult[] = [];
  for (const suite of suites) {
    results.push(await runSuite(suite, subject));
  }
  return results;
}

async function runSuite(suite: Suite, subject: Subject): Promise<SuiteResult> {
  const start = performance.now();
  const result = await suite.run(subject);
  const { title, table, notes } = result;
  print(["", title, "", textTable(table), "", ...notes].join("\n"));
  note(`(${suite.name}: ${((performance.now() - start) / 1000).toFixed(0)} s)`);
  return result;
}

async function check(
  suites: readonly Suite[],
  results: readonly SuiteResult[],
  subject: Subject,
): Promise<number> {
  const committed = JSON.parse(readFileSync(RATIOS, "utf8")).ratios;
  const ratios: Ratio[] = [];
  for (const [index, suite] of suites.entries()) {
    const first = results[index]?.ratios ?? [];
    if (compareRatios(first, committed).some(isDrop)) {
      note(`\nOnce more, because a ratio is worse: ${suite.name}`);
      ratios.push(...bestOf(first, (await runSuite(suite, subject)).ratios));
    } else {
      ratios.push(...first);
    }
  }
  const comparisons = compareRatios(ratios, committed);
  print(
    `\nAgainst the committed ratios, with ${TOLERANCE * 100} % of tolerance\n\n${textTable({
      columns: ["Ratio", "better", "committed", "now", "limit", ""],
      rows: comparisons.map(({ ratio, committed: before, verdict }) => [
        ratio.name,
        ratio.better,
        before === undefined ? "" : String(before),
        rounded(ratio.value).toString(),
        ratio.limit === undefined ? "" : String(ratio.limit),
        verdict,
      ]),
    })}`,
  );
  const drops = comparisons.filter(isDrop);
  note(drops.length === 0 ? "\nNothing is worse." : `\n${drops.length} ratios are worse.`);
  return drops.length === 0 ? 0 : 1;
}

/** Writes the tables of the first measurement, and the worse of the two for each ratio. */
function write(results: readonly SuiteResult[], again: readonly SuiteResult[]): void {
  const ratiosOf = (all: readonly SuiteResult[]) => all.flatMap((result) => result.ratios);
  const ratios = worstOf(ratiosOf(results), ratiosOf(again))
    .filter(({ steady }) => steady)
    .map(({ name, value }) => [name, rounded(value)]);
  mkdirSync(import.meta.dirname, { recursive: true });
  writeFileSync(
    RATIOS,
    `${JSON.stringify({ machine: machine(), ratios: Object.fromEntries(ratios) }, null, 2)}\n`,
  );
  writeFileSync(README, readmeText(machine(), results));
  note(`Wrote ${README} and ${RATIOS}.`);
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
