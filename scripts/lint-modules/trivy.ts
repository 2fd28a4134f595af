import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { unreadableAnswer } from "./errors.js";
import type { Linted } from "./linted.js";
import { distinct, type Finding, type LinterInput, type LinterRun } from "./linter-run.js";
import { ask, type Program, versionOf } from "./programs.js";

const READ = ["hcl", "hcl-uncommented", "json", "stack", "plan"] as const;

/** What trivy writes with `--format json`, as far as it is read here. */
interface TrivyReport {
  readonly Results?: readonly {
    readonly Target: string;
    readonly Misconfigurations?: readonly {
      readonly ID: string;
      readonly CauseMetadata: { readonly Resource: string };
    }[];
  }[];
}

/** What trivy says with the checks that it brings, and without the network. */
export function runTrivy(program: Program, linted: Linted): readonly LinterRun[] {
  const version = trivyVersion(program);
  return READ.map((input) => {
    const path = input === "plan" ? dirname(linted.plan) : linted[input];
    const { exitCode, output } = ask(program, [
      ...["config", "--format", "json", "--exit-code", "1", "--skip-check-update", "--quiet", path],
    ]);
    return {
      linter: program.name,
      version,
      input,
      exitCode,
      findings: trivyFindings(output, exitCode, input),
    };
  });
}

/** Built from its sources it calls itself "dev": Go then says which version they are of. */
function trivyVersion(program: Program): string {
  const { stdout } = spawnSync("go", ["version", "-m", program.path], { encoding: "utf8" });
  const [, version] = /^\s*mod\s+\S+\s+v([\d.]+)/m.exec(stdout ?? "") ?? [];
  return version ?? versionOf(program);
}

/** @throws when trivy read nothing */
export function trivyFindings(
  output: string,
  exitCode: number,
  input: LinterInput,
): readonly Finding[] {
  const { Results: results } = (output.startsWith("{") ? JSON.parse(output) : {}) as TrivyReport;
  if (results === undefined) {
    throw unreadableAnswer("trivy", exitCode, output);
  }
  return distinct(
    results.flatMap(({ Target: target, Misconfigurations: all = [] }) =>
      all.map(({ ID: rule, CauseMetadata: { Resource: resource } }) => {
        // In a plan it has a hash behind the name, and no module before it.
        const address = resource.replace(/\[.*\]$/, "").replace(/_[0-9a-f]{32}$/, "");
        const [of = ""] = address.split(".");
        const isModule = input !== "plan" && input !== "stack";
        return { rule, of, where: isModule ? `${target.split("/")[0]}: ${address}` : address };
      }),
    ),
  );
}
