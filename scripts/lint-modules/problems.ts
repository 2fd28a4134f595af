import type { LinterAnswer } from "../../stacks/linter-answers.js";
import type { Finding, LinterRun, RecordedRuns } from "./linter-run.js";

/** The answer to a finding. */
function answerTo(
  answers: readonly LinterAnswer[],
  linter: string,
  { rule, of }: Finding,
): LinterAnswer | undefined {
  return answers.find(
    (answer) => answer.linter === linter && answer.rule === rule && answer.of.includes(of),
  );
}

/**
 * What is not as it should be: a finding without an answer, an answer to nothing, a comment that is not heard, a file
 * that was not read, and advice that no longer holds.
 */
export function problemsOf({ runs }: RecordedRuns, answers: readonly LinterAnswer[]): string[] {
  return [
    ...runs.flatMap((run) => unanswered(run, answers)),
    ...answers.flatMap((answer) => unneeded(answer, runs)),
    ...runs.flatMap((run) => unheard(run, answers)),
    ...runs
      .filter(
        ({ input, unreadFiles = 0 }) => input !== "json" && input !== "stack" && unreadFiles > 0,
      )
      .map(
        ({ linter, input, unreadFiles }) =>
          `${linter} could not read ${unreadFiles} files of ${input}.`,
      ),
    ...adviceOf(runs),
  ];
}

function unanswered(
  { linter, input, findings }: LinterRun,
  answers: readonly LinterAnswer[],
): string[] {
  return findings
    .filter((finding) => answerTo(answers, linter, finding) === undefined)
    .map(
      ({ rule, of, where }) =>
        `${linter} says ${rule} of ${where} (${of}, ${input}), which nobody answers.`,
    );
}

function unneeded({ linter, rule, of }: LinterAnswer, runs: readonly LinterRun[]): string[] {
  return of
    .filter(
      (type) =>
        !runs.some(
          (run) =>
            run.linter === linter &&
            run.findings.some((finding) => finding.rule === rule && finding.of === type),
        ),
    )
    .map((type) => `${linter} no longer says ${rule} of ${type}, which is answered.`);
}

/** In HCL as it is published, what a comment answers is not said any more. */
function unheard(
  { linter, input, findings }: LinterRun,
  answers: readonly LinterAnswer[],
): string[] {
  return findings
    .filter(
      (finding) => input === "hcl" && answerTo(answers, linter, finding)?.comment !== undefined,
    )
    .map(({ rule, where }) => `${linter} says ${rule} of ${where} in spite of the comment there.`);
}

/** The page says to scan a plan and not JSON, as checkov finds in the one what it passes over in the other. */
function adviceOf(runs: readonly LinterRun[]): string[] {
  const of = (input: string) => runs.find((run) => run.linter === "checkov" && run.input === input);
  const [stack, plan] = [of("stack"), of("plan")];
  return [
    ...(stack?.exitCode === 0 && stack.findings.length === 0
      ? []
      : ["checkov reads what cdktf synth writes: the page says that it does not."]),
    ...(plan !== undefined && plan.findings.length > 0
      ? []
      : ["checkov finds nothing in the plan: the page says to scan it."]),
  ];
}
