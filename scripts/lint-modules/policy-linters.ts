import { POLICY } from "../../stacks/linter-answers.js";
import { unreadableAnswer } from "./errors.js";
import type { Linted } from "./linted.js";
import { distinct, type Finding, type LinterRun } from "./linter-run.js";
import { type Answer, ask, type Program, versionOf } from "./programs.js";

/** What parliament says of each policy. It reads a policy from a pipe, and from a file on a terminal alone. */
export function runParliament(program: Program, linted: Linted): LinterRun {
  return ofEachPolicy(program, linted, {
    ask: (text) => ask(program, ["--json"], {}, text),
    rules: parliamentRules,
  });
}

/** What cloudsplaining says of each policy. */
export function runCloudsplaining(program: Program, linted: Linted): LinterRun {
  return ofEachPolicy(program, linted, {
    ask: (_text, file) => ask(program, ["scan-policy-file", "--input-file", file]),
    rules: cloudsplainingRules,
  });
}

/** The rules that parliament sees broken: a line of JSON each. */
export function parliamentRules({ output, exitCode }: Answer): readonly string[] {
  const lines = output.split("\n").filter((line) => line !== "");
  if ((exitCode === 0) !== (lines.length === 0)) {
    throw unreadableAnswer("parliament", exitCode, output);
  }
  return lines.map((line) => (JSON.parse(line) as { issue: string }).issue);
}

/** The rules that cloudsplaining sees broken: a sentence in red each. */
export function cloudsplainingRules({ output, exitCode }: Answer): readonly string[] {
  const rules = output
    .split("\n")
    .map((line) => /Policy is capable of ([A-Za-z ]+)/.exec(line)?.[1] ?? "")
    .filter((rule) => rule !== "");
  if (exitCode !== 0 || (rules.length === 0) !== output.includes("There were no results found.")) {
    throw unreadableAnswer("cloudsplaining", exitCode, output);
  }
  return rules;
}

interface PolicyLinter {
  readonly ask: (text: string, file: string) => Answer;
  readonly rules: (answer: Answer) => readonly string[];
}

function ofEachPolicy(program: Program, { policies }: Linted, linter: PolicyLinter): LinterRun {
  const version = versionOf(program);
  const answers = policies.map(({ name, text, file }) => {
    const answer = linter.ask(text, file);
    const findings = linter
      .rules(answer)
      .map((rule): Finding => ({ rule, of: POLICY, where: name }));
    return { exitCode: answer.exitCode, findings };
  });
  return {
    linter: program.name,
    version,
    input: "policies",
    exitCode: Math.max(...answers.map(({ exitCode }) => exitCode)),
    findings: distinct(answers.flatMap(({ findings }) => findings)),
  };
}
