import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inTemporaryFolder } from "../../lib/upstream/temporary-folder.js";
import type { Part } from "./parts.js";
import { type PartRecord, playedIn } from "./record.js";

const ROOT = join(import.meta.dirname, "..", "..");

/** Plays a part, and tells what came of it. What it prints goes to the terminal. */
export function play(part: Part): Promise<PartRecord> {
  return inTemporaryFolder(async (folder) => {
    const [notes, report] = [join(folder, "notes"), join(folder, "report.json")];
    process.stderr.write(`--- ${part.name}: ${part.proves}\n`);
    const commit = commitNow();
    const begun = { at: Date.now(), processor: processorSecondsOfChildren() };
    const child = spawn(
      process.execPath,
      [
        ...[join(ROOT, "node_modules", "vitest", "vitest.mjs"), "run", "--mode", "torture"],
        ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
        ...part.files,
      ],
      {
        cwd: ROOT,
        stdio: ["ignore", "inherit", "inherit"],
        // What cannot be played is not proven.
        env: {
          ...process.env,
          TORTURE_NOTES: notes,
          REQUIRE_TERRAFORM: "1",
          REQUIRE_ISOLATION: "1",
        },
      },
    );
    await once(child, "exit");
    const played = playedIn(existsSync(notes) ? readFileSync(notes, "utf8") : "");
    const missing = part.rows.filter(({ what }) => !(what in played));
    return {
      part: part.name,
      commit,
      date: new Date(begun.at).toISOString().slice(0, 10),
      seconds: Math.round((Date.now() - begun.at) / 1000),
      processorSeconds: Math.round(processorSecondsOfChildren() - begun.processor),
      played,
      skipped: testsIn(report, (status) => status !== "passed" && status !== "failed").length,
      lost: [...failedIn(report), ...missing.map(({ what }) => `${what}: not played`)],
    };
  });
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function testsIn(report: string, is: (status: string) => boolean): readonly string[] {
  return resultsIn(report).flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => is(status)).map(({ fullName }) => fullName),
  );
}

/** Tests that failed, and files that could not be run. */
function failedIn(report: string): readonly string[] {
  const files = resultsIn(report).filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return [
    ...(resultsIn(report).length === 0 ? ["no test was run"] : []),
    ...testsIn(report, (status) => status === "failed"),
    ...files.map(({ name }) => name.slice(ROOT.length + 1)),
  ];
}

function resultsIn(report: string): VitestReport["testResults"] {
  return existsSync(report)
    ? (JSON.parse(readFileSync(report, "utf8")) as VitestReport).testResults
    : [];
}

/** The commit that is played; with a `+` where files differ from it that are no records. */
function commitNow(): string {
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  const changed = git(
    "status",
    "--porcelain",
    "--",
    ".",
    ":!docs/reliability",
    ":!docs/reliability.md",
  );
  return `${git("rev-parse", "--short=10", "HEAD")}${changed === "" ? "" : "+"}`;
}

/** Ticks of the clock in a second, as Linux tells them to programs. */
const TICKS = 100;

/** Processor time of the programs that this one started and that ended, with theirs. 0 where the system does not tell. */
function processorSecondsOfChildren(): number {
  if (!existsSync("/proc/self/stat")) {
    return 0;
  }
  // The name of the program, in brackets, may hold spaces.
  const fields = readFileSync("/proc/self/stat", "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}
