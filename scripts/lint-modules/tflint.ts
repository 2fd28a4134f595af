import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unreadableAnswer } from "./errors.js";
import type { Linted } from "./linted.js";
import { distinct, type Finding, type LinterRun } from "./linter-run.js";
import { ask, type Program, versionOf } from "./programs.js";

/** Every rule of Terraform's style, and those that compare with AWS. */
const SETTINGS = `plugin "terraform" {
  enabled = true
  preset  = "all"
}

plugin "aws" {
  enabled = true
}
`;

interface TflintReport {
  readonly issues: readonly { readonly rule: { readonly name: string } }[];
  readonly errors: readonly unknown[];
}

/** What tflint says of each module: preset `all`, and the rules of its plug-in for AWS, in `TFLINT_PLUGIN_DIR`. */
export function runTflint(program: Program, linted: Linted, folder: string): readonly LinterRun[] {
  const settings = join(folder, "tflint.hcl");
  writeFileSync(settings, SETTINGS);
  const version = versionOf(program);
  return (["hcl", "json"] as const).map((input) => {
    const answers = readdirSync(linted[input]).map((module) => {
      const { exitCode, output } = ask(program, [
        ...[`--chdir=${join(linted[input], module)}`, `--config=${settings}`, "--format=json"],
      ]);
      return { exitCode, findings: tflintFindings(output, exitCode, module) };
    });
    return {
      linter: program.name,
      version,
      input,
      exitCode: Math.max(...answers.map(({ exitCode }) => exitCode)),
      findings: distinct(answers.flatMap(({ findings }) => findings)),
    };
  });
}

/** @throws when tflint could not read the module, or its settings */
export function tflintFindings(output: string, exitCode: number, module: string): Finding[] {
  const { issues, errors } = (
    /^\{/.test(output) ? JSON.parse(output) : {}
  ) as Partial<TflintReport>;
  if (issues === undefined || errors?.length !== 0) {
    throw unreadableAnswer("tflint", exitCode, output);
  }
  return issues.map(({ rule }) => ({ rule: rule.name, of: "module", where: module }));
}
