import type { LinterAnswer } from "../../stacks/linter-answers.js";
import { INPUTS, type LinterInput, type LinterRun, type RecordedRuns } from "./linter-run.js";

/** `docs/LINTERS.md`. */
export function page(recorded: RecordedRuns, answers: readonly LinterAnswer[]): string {
  return `${[
    INTRODUCTION,
    "## What was read, and what was said",
    runsTable(recorded),
    ABOUT_RUNS,
    "## Answers",
    answersTable(recorded.runs, answers),
    "## What to scan",
    ADVICE,
  ].join("\n\n")}\n`;
}

const INTRODUCTION = `# Linters

What checkov, trivy, parliament, cloudsplaining and tflint say of the modules, of a plan and of the policies, and our answer to
each. A finding is answered by a comment in the HCL, with its reason, where the linter reads one; by a line here
otherwise. What is left out by a comment counts as said.

This page is written by \`npm run lint-modules\`, which runs them all and fails where they say what nobody answers, and
where nothing is said any more to which one answers.`;

function runsTable({ runs }: RecordedRuns): string {
  return table(
    ["Linter", "Read", "Exit code", "Findings", "Answered by a comment", "Files not read"],
    runs.map((run) => [
      `${run.linter} ${run.version}`,
      INPUTS[run.input],
      String(run.exitCode),
      String(run.findings.length),
      shownNumber(run.answeredByComment),
      shownNumber(run.unreadFiles),
    ]),
  );
}

function shownNumber(count: number | undefined): string {
  return count === undefined ? "" : String(count);
}

const ABOUT_RUNS = `tflint runs with its preset \`all\` and the rules of its plug-in for AWS, trivy with the checks that it brings. All others run
as they are installed, without a file of settings, and without the network. The exit code is the highest, where a
linter is run once for each module or policy; cloudsplaining ends with 0 whatever it says. In a module by itself
policies are expressions, of which checkov says nothing; in a plan they are text.`;

function answersTable(runs: readonly LinterRun[], answers: readonly LinterAnswer[]): string {
  return table(
    ["Linter", "Rule", "Where", "By", "Answer"],
    answers.map((answer) => [
      answer.linter,
      `\`${answer.rule}\``,
      placesOf(answer, runs),
      answer.comment === undefined ? "this page" : "a comment in HCL, this page",
      answer.answer,
    ]),
  );
}

/** The inputs that an answer is for, with the places in them. */
function placesOf({ linter, rule, of }: LinterAnswer, runs: readonly LinterRun[]): string {
  return runs
    .filter((run) => run.linter === linter)
    .flatMap(({ input, findings }) => {
      const places = findings.filter((finding) => finding.rule === rule && of.includes(finding.of));
      const listed = places.map(({ where }) => `\`${where}\``).join(", ");
      return places.length === 0 ? [] : [`${SHORT[input]}: ${listed}`];
    })
    .join("<br>");
}

const SHORT: Readonly<Record<LinterInput, string>> = {
  "hcl-uncommented": "HCL",
  hcl: "HCL, in spite of the comment",
  json: "JSON",
  plan: "plan",
  stack: "synthesized stack",
  policies: "policies",
};

const ADVICE = `**checkov reads no JSON with a \`required_version\`**, as CDKTF and the JSON syntax write it: of a whole synthesized stack,
\`cdk.tf.json\`, it reads nothing, reports nothing, and ends with 0. Of the modules in JSON it leaves out \`versions.tf.json\`, and
reads no comments in the others, as JSON has none. Whoever commits JSON and scans it is told that all is well
([known](https://github.com/bridgecrewio/checkov/issues/7454)). Scan the plan:

\`\`\`sh
terraform plan -out=plan && terraform show -json plan >plan.json
checkov --file plan.json
\`\`\`

It says what the table above has for the plan, which \`npm run lint-modules\` proves each time. A plan holds no comments:
\`--repo-root-for-plan-enrichment .\` has checkov read them from modules in HCL that are called by a path. To leave out what
else you agree with, name it: \`--skip-check CKV_AWS_290,CKV_AWS_355\`.

trivy reads JSON, synthesized stacks and plans, but no comments there; \`.trivyignore\` or \`--ignorefile\` names what to leave out.

On a slow machine checkov gives a file up after ten seconds, and says so in its log alone: \`HCL_PARSE_TIMEOUT_SEC=600\`
gives it the time.`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}
