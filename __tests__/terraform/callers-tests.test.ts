import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { findEngines, newestTofu } from "../../scripts/engines/engines.js";
import { startProvider } from "../support/aws.js";
import { EDITIONS, moduleSource } from "../support/module-sources.js";
import { blocksIn } from "../support/page-blocks.js";
import { REPOSITORY } from "../support/repository.js";
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
const TOFU_TEST = "tests/remotion.tofutest.hcl";

/** What each module has for tests of its callers. */
const MOCKS = join(moduleSource(MODULE, "hcl"), "tests", "mocks");

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

/** The example that has a test of its own. */
const EXAMPLE = join("examples", "separate-modules");

const tofu = newestTofu(findEngines())?.program;
const missing = {
  terraform: inject("terraform").missing,
  tofu:
    inject("terraform").missing ??
    (tofu === undefined ? "No tofu on the PATH or in TF_ENGINES." : undefined),
};

let provider: RunningProvider | undefined;
beforeAll(async () => {
  if (missing.terraform === undefined) {
    provider = await startProvider({ AWS_EC2_METADATA_DISABLED: "true" });
  }
});
afterAll(() => provider?.stop());

/** The engines that a caller's test is for. */
const ENGINES = [
  { engine: "Terraform", program: "terraform", without: missing.terraform },
  { engine: "OpenTofu", program: tofu ?? "tofu", without: missing.tofu },
];

describe("The test that the README has for callers of a module", () => {
  for (const { how, names } of WAYS) {
    for (const { engine, program, without } of ENGINES) {
      itUnless(without)(`is green in ${engine}, named ${how}`, async () => {
        const workspace = caller().write("providers.tf", names).write(TEST, README_TEST);
        // As the README says; Terraform does not see it.
        workspace.write(
          TOFU_TEST,
          workspace.read(`modules/${MODULE}/tests/mocks/aws.tofutest.hcl`),
        );
        await workspace.run(program, ["init", "-input=false", "-no-color"]);

        const { stdout } = await workspace.run(program, ["test", "-no-color"]);

        expect(stdout).toContain(program === "terraform" ? TEST : TOFU_TEST);
        expect(stdout).toContain("Success! 1 passed, 0 failed.");
        workspace.remove();
      });
    }
  }

  itUnless(missing.terraform)("fails without the ARNs of the mock", async () => {
    const bare = README_TEST.replace(/^ {2}source = .*$/m, "");
    const workspace = caller().write("providers.tf", NAMED).write(TEST, bare);
    await workspace.init();

    const { status, output } = await workspace.attempt("terraform", ["test", "-no-color"]);

    expect(status).toBe(1);
    expect(output).toMatch(/"policy_arn" \(.*\) is an invalid ARN/);
    workspace.remove();
  });
});

describe("The test of the example separate-modules", () => {
  for (const { engine, program, without } of ENGINES) {
    itUnless(without)(`is green in ${engine}, and red where a policy misses a role`, async () => {
      const workspace = example();
      await workspace.run(program, ["init", "-input=false", "-no-color"], EXAMPLE);

      const { stdout } = await workspace.run(program, ["test", "-no-color"], EXAMPLE);

      expect(stdout).toContain(program === "terraform" ? TEST : TOFU_TEST);
      expect(stdout).toContain("Success! 1 passed, 0 failed.");

      const main = workspace.read(`${EXAMPLE}/main.tf`);
      const path = '  lambda_role_path = "/video/"\n\n  role_names';
      expect(main).toContain(path);
      workspace.write(`${EXAMPLE}/main.tf`, main.replace(path, "  role_names"));
      const broken = await workspace.attempt(program, ["test", "-no-color"], EXAMPLE);

      expect(broken.status).toBe(1);
      expect(broken.output).toContain("Callers may not give Remotion's functions their role.");
      workspace.remove();
    });
  }

  it("is for OpenTofu the same, with the mock in itself", async () => {
    const text = readFileSync(join(REPOSITORY, EXAMPLE, TEST), "utf8");

    // Written by `vitest -u`.
    await expect(withMock(text)).toMatchFileSnapshot(join(REPOSITORY, EXAMPLE, TOFU_TEST));
  });
});

describe("The test that each module has for its callers in OpenTofu", () => {
  it.each(EDITIONS)("is the README's, with the mock in itself: %s", (edition) => {
    const file = join(moduleSource(MODULE, edition), "tests", "mocks", "aws.tofutest.hcl");

    expect(blocksOf(readFileSync(file, "utf8"))).toBe(blocksOf(withMock(README_TEST)));
  });
});

/** A test with what the mock answers in itself, in place of the folder that has it. */
function withMock(test: string): string {
  const mock = blocksOf(readFileSync(join(MOCKS, "aws.tfmock.hcl"), "utf8"));
  const indented = mock.trimEnd().replace(/^(?=.)/gm, "  ");
  expect(test).toMatch(/^ {2}source = .*$/m);
  return test.replace(/^ {2}source = .*$/m, () => indented);
}

/** A file of blocks, without the comment at its beginning. */
function blocksOf(text: string): string {
  return text.replace(/^(?:#.*\n)+\n*/, "").trim();
}

function workspaceForEither(): Workspace {
  return new Workspace(forEitherEngine(provider?.environment ?? {}));
}

function caller(): Workspace {
  return workspaceForEither()
    .write("main.tf", CALL)
    .copy(moduleSource(MODULE, "hcl"), `modules/${MODULE}`);
}

function example(): Workspace {
  return workspaceForEither()
    .copy(join(REPOSITORY, "modules"), "modules")
    .copy(join(REPOSITORY, EXAMPLE), EXAMPLE);
}
