import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unreadableAnswer } from "./errors.js";
import type { Linted } from "./linted.js";
import { distinct, type Finding, type LinterInput, type LinterRun } from "./linter-run.js";
import { ask, type Program, versionOf } from "./programs.js";

/** What checkov writes with `--output json`, as far as it is read here. */
interface CheckovReport {
  readonly results?: { readonly failed_checks: readonly FailedCheck[] };
  readonly summary?: { readonly skipped: number; readonly parsing_errors: number };
}

interface FailedCheck {
  readonly check_id: string;
  readonly file_path: string;
  readonly file_line_range: readonly [number, number];
  readonly resource: string;
  readonly resource_address: string | null;
}

const FRAMEWORKS = {
  hcl: "terraform",
  "hcl-uncommented": "terraform",
  json: "terraform_json",
  stack: "terraform_json",
  plan: "terraform_plan",
} as const;

/** A slow machine is no reason to leave a file out, as checkov would after ten seconds. */
const ENVIRONMENT = { HCL_PARSE_TIMEOUT_SEC: "1200", LOG_LEVEL: "ERROR" };

/** What checkov says, of its own rules alone: without the network it knows no others. */
export function runCheckov(program: Program, linted: Linted): readonly LinterRun[] {
  const version = versionOf(program);
  return Object.entries(FRAMEWORKS).map(([name, framework]) => {
    const input = name as keyof typeof FRAMEWORKS;
    const path = linted[input];
    const { exitCode, output } = ask(
      program,
      [
        ...[input === "plan" ? "--file" : "--directory", path],
        ...["--framework", framework, "--output", "json", "--quiet", "--skip-download"],
      ],
      ENVIRONMENT,
    );
    return { linter: program.name, version, input, exitCode, ...understood(output, input, path) };
  });
}

/**
 * The findings in a report.
 *
 * @throws when there is no report
 */
export function understood(
  output: string,
  input: LinterInput,
  path: string,
): Pick<LinterRun, "findings" | "answeredByComment" | "unreadFiles"> {
  const { results, summary } = parsed(output);
  const findings = (results?.failed_checks ?? []).map((check) => findingOf(check, input, path));
  return {
    findings: distinct(findings),
    answeredByComment: summary?.skipped ?? 0,
    unreadFiles: summary?.parsing_errors ?? 0,
  };
}

function parsed(output: string): CheckovReport {
  try {
    return JSON.parse(output) as CheckovReport;
  } catch {
    throw unreadableAnswer("checkov", 0, output);
  }
}

function findingOf(check: FailedCheck, input: LinterInput, path: string): Finding {
  const { check_id: rule, resource, resource_address } = check;
  if (input === "plan") {
    const address = resource_address ?? resource;
    return { rule, of: typeOf(address), where: address };
  }
  const [, module = ""] = check.file_path.split("/");
  if (!resource.startsWith("resource.")) {
    return { rule, of: typeOf(resource), where: `${module}: ${resource.replace(/\[\d+\]$/, "")}` };
  }
  // In JSON it calls every resource `resource.NAME`; its type stands above it in the file.
  const lines = readFileSync(join(path, check.file_path), "utf8").split("\n");
  const above = lines.slice(0, check.file_line_range[0]).reverse();
  const [, type = ""] = above.map((line) => /^ {4}"(\w+)": \{$/.exec(line)).find(Boolean) ?? [];
  return { rule, of: type, where: `${module}: ${type}.${resource.slice("resource.".length)}` };
}

function typeOf(address: string): string {
  return /(\w+)\.[\w-]+(\[[^\]]*\])?$/.exec(address)?.[1] ?? address;
}
