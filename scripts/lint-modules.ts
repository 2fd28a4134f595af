import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { findMoto, findTerraform } from "../__tests__/support/tools.js";
import { inTemporaryFolder } from "../lib/upstream/temporary-folder.js";
import { LINTER_ANSWERS } from "../stacks/linter-answers.js";
import { runCheckov } from "./lint-modules/checkov.js";
import { UsageError } from "./lint-modules/errors.js";
import { writeLinted } from "./lint-modules/linted.js";
import type { RecordedRuns } from "./lint-modules/linter-run.js";
import { page } from "./lint-modules/page.js";
import { runCloudsplaining, runParliament } from "./lint-modules/policy-linters.js";
import { problemsOf } from "./lint-modules/problems.js";
import { findLinter, pythonProgram } from "./lint-modules/programs.js";
import { runTflint } from "./lint-modules/tflint.js";
import { runTrivy } from "./lint-modules/trivy.js";

/*
 * npm run lint-modules: runs linters on the modules, a plan and the policies, records what they say in
 * scripts/lint-modules/runs.json, and writes docs/LINTERS.md. Ends with 0 where all is answered, 1 where not, 2 where a
 * linter cannot be had. Takes linters from the folders in LINTERS, then from the PATH; those in Python are installed into
 * environments of their own otherwise. tflint's plug-in for AWS is in TFLINT_PLUGIN_DIR. Needs Terraform and the AWS mock.
 */
const RUNS = join(import.meta.dirname, "lint-modules", "runs.json");
const PAGE = join(import.meta.dirname, "..", "docs", "LINTERS.md");

try {
  const recorded = await inTemporaryFolder(linted);
  writeFileSync(RUNS, `${JSON.stringify(recorded, null, 2)}\n`);
  writeFileSync(PAGE, page(recorded, LINTER_ANSWERS));
  const problems = problemsOf(recorded, LINTER_ANSWERS);
  process.stderr.write([`Wrote ${PAGE}.`, ...problems, ""].join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}

async function linted(folder: string): Promise<RecordedRuns> {
  const missing = findTerraform().missing ?? findMoto().missing;
  if (missing !== undefined) {
    throw new UsageError(missing);
  }
  const tflint = findLinter("tflint");
  const trivy = findLinter("trivy");
  if (
    tflint === undefined ||
    trivy === undefined ||
    process.env["TFLINT_PLUGIN_DIR"] === undefined
  ) {
    throw new UsageError(
      "tflint or trivy are neither in a folder of LINTERS nor on the PATH, or TFLINT_PLUGIN_DIR does not say where tflint-ruleset-aws is: go install all three.",
    );
  }
  const inputs = await writeLinted(folder);
  return {
    runs: [
      ...runCheckov(pythonProgram("checkov", folder), inputs),
      ...runTrivy(trivy, inputs),
      runParliament(pythonProgram("parliament", folder), inputs),
      runCloudsplaining(pythonProgram("cloudsplaining", folder), inputs),
      ...runTflint(tflint, inputs, folder),
    ],
  };
}
