import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { RUN_FOLDER } from "./once-per-run.js";
import { unlessRequired } from "./required.js";
import { skippedSummary } from "./skipped.js";
import {
  type BrowserTool,
  findAwsCommandLine,
  findBrowser,
  findMoto,
  findTerraform,
  type TerraformTool,
  type Tool,
} from "./tools.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** Terraform with the AWS provider. */
    readonly terraform: TerraformTool;
    /** `moto_server`, the AWS mock. */
    readonly moto: Tool;
    /** `aws`, the command line of AWS. */
    readonly awsCommandLine: Tool;
    /** Chromium. */
    readonly browser: BrowserTool;
  }
}

/**
 * Looks once for what some suites need beside Node, for all projects.
 *
 * @returns what tells, when all tests are over, which were skipped and why
 */
export function setup({ provide, vitest }: TestProject): () => void {
  moveTemporaryFolder();
  const terraform = findTerraform();
  const moto = findMoto();
  const awsCommandLine = findAwsCommandLine();
  const browser = findBrowser();
  unlessRequired("REQUIRE_TERRAFORM", "Terraform", terraform.missing);
  unlessRequired("REQUIRE_TERRAFORM", "the AWS mock", moto.missing);
  unlessRequired("REQUIRE_TERRAFORM", "the command line of AWS", awsCommandLine.missing);
  unlessRequired("REQUIRE_BROWSER", "a browser", browser.missing);
  provide("terraform", terraform);
  provide("moto", moto);
  provide("awsCommandLine", awsCommandLine);
  provide("browser", browser);
  return () => {
    // A reporter would be one that `--reporter` replaces.
    const chosen = vitest.getGlobalTestNamePattern();
    process.stderr.write(skippedSummary(vitest.state.getTestModules(), chosen));
  };
}

/**
 * Gives this run a temporary folder of its own, which goes with it: programs that are killed leave files
 * behind, and so do tests that fail.
 */
function moveTemporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), "remotion-tests-"));
  process.env["TMPDIR"] = folder;
  process.env[RUN_FOLDER] = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}
