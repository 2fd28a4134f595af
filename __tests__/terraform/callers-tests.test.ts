import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject } from "vitest";
import { findEngines, newestTofu } from "../../scripts/engines/engines.js";
import { startProvider } from "../support/aws.js";
import { moduleSource } from "../support/module-sources.js";
import { blocksIn } from "../support/page-blocks.js";
import { forEitherEngine, type RunningProvider } from "../support/running-provider.js";
import { itUnless } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

const MODULE = "remotion-lambda";

/** What a caller writes, beside what names the provider. */
const CALL = `module "remotion" {
  source = "./modules/${MODULE}"

  role_names = { api = "api" }
}
`;

const TEST = "tests/remotion.tftest.hcl";

/** The blocks of HCL in the README's section on tests: the test, and what names the provider without a block of it. */
const [README_TEST = "", NAMED = ""] = blocksIn(
  readFileSync(join(moduleSource(MODULE, "hcl"), "README.md"), "utf8"),
  "## Testing",
  "hcl",
);

/** Both ways to name the provider. */
const WAYS = [
  { how: "by a provider block", names: 'provider "aws" {\n  region = "us-east-1"\n}\n' },
  { how: "by required_providers alone", names: NAMED },
];

const TOFU = newestTofu(findEngines())?.program;

describe("The test that the README has for callers of a module", () => {
  let provider: RunningProvider | undefined;
  beforeAll(async () => {
    if (inject("terraform").missing === undefined) {
      provider = await startProvider({ AWS_EC2_METADATA_DISABLED: "true" });
    }
  });
  afterAll(() => provider?.stop());

  for (const { how, names } of WAYS) {
    itUnless(inject("terraform").missing)(`is green in Terraform, named ${how}`, async () => {
      const workspace = caller(provider?.environment).write("providers.tf", names);
      await workspace.write(TEST, README_TEST).init();

      const { stdout } = await workspace.run("terraform", ["test", "-no-color"]);

      expect(stdout).toContain("Success! 1 passed, 0 failed.");
      workspace.remove();
    });

    itUnless(
      inject("terraform").missing ??
        (TOFU === undefined ? "No tofu on the PATH or in TF_ENGINES." : undefined),
    )(`is green in OpenTofu with the mock in itself, named ${how}`, async () => {
      const workspace = caller(forEitherEngine(provider?.environment ?? {}));
      workspace.write("providers.tf", names);
      const mock = workspace.read(`modules/${MODULE}/tests/mocks/aws.tfmock.hcl`);
      workspace.write(TEST, README_TEST).write(
        TEST.replace("tftest", "tofutest"),
        README_TEST.replace(/^ {2}source = .*$/m, () => mock),
      );
      await workspace.run(TOFU ?? "tofu", ["init", "-input=false", "-no-color"]);

      const { stdout } = await workspace.run(TOFU ?? "tofu", ["test", "-no-color"]);

      expect(stdout).toContain("Success! 1 passed, 0 failed.");
      workspace.remove();
    });
  }

  itUnless(inject("terraform").missing)("fails without the ARNs of the mock", async () => {
    const workspace = caller(provider?.environment).write("providers.tf", NAMED);
    const bare = README_TEST.replace(/^ {2}source = .*$/m, "");
    await workspace.write(TEST, bare).init();

    const { status, output } = await workspace.attempt("terraform", ["test", "-no-color"]);

    expect(status).toBe(1);
    expect(output).toMatch(/"policy_arn" \(.*\) is an invalid ARN/);
    workspace.remove();
  });
});

function caller(environment: Readonly<Record<string, string>> = {}): Workspace {
  return new Workspace(environment)
    .write("main.tf", CALL)
    .copy(moduleSource(MODULE, "hcl"), `modules/${MODULE}`);
}
