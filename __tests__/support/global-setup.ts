import type { TestProject } from "vitest/node";
import { findMoto, findTerraform, type TerraformTool, type Tool } from "./tools.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** Terraform with the AWS provider. */
    readonly terraform: TerraformTool;
    /** `moto_server`, the AWS mock. */
    readonly moto: Tool;
  }
}

/**
 * Looks once for what some suites need beside Node. What is missing is said aloud, and fails the run
 * where `REQUIRE_TERRAFORM=1`.
 */
export function setup(project: TestProject): void {
  const terraform = findTerraform();
  const moto = findMoto();
  for (const [name, tool] of Object.entries({ terraform, moto })) {
    if (tool.missing !== undefined) {
      if (process.env["REQUIRE_TERRAFORM"] === "1") {
        throw new Error(`REQUIRE_TERRAFORM=1, and ${name} cannot be used: ${tool.missing}`);
      }
      process.stderr.write(`\nSKIPPED: every test that needs ${name}. ${tool.missing}\n\n`);
    }
  }
  project.provide("terraform", terraform);
  project.provide("moto", moto);
}
