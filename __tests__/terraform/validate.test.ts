import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { CALLERS } from "../support/callers.js";
import {
  EDITIONS,
  EXAMPLE_NAMES,
  MODULE_NAMES,
  moduleSource,
  PROVIDER,
} from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws, describeTerraform } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

describeTerraform("Terraform reads the published modules", () => {
  const workspace = new Workspace();
  afterAll(() => workspace.remove());

  it("formats nothing: modules and examples are as terraform fmt leaves them", async () => {
    const { output } = await workspace.run("terraform", [
      "fmt",
      "-check",
      "-diff",
      "-recursive",
      join(REPOSITORY, "modules"),
      join(REPOSITORY, "examples"),
    ]);
    expect(output).not.toContain("---");
  });

  it("validates every module in both editions with the AWS provider", async () => {
    const calls = MODULE_NAMES.flatMap((name) =>
      EDITIONS.map(
        (edition) =>
          `module "${edition}_${name}" {\n  source = "${moduleSource(name, edition)}"\n}\n`,
      ),
    );
    await workspace.write("main.tf", [PROVIDER, ...calls].join("\n")).init();
    const { stdout } = await workspace.run("terraform", ["validate", "-json"]);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
    expect(calls).toHaveLength(12);
  });
});

describeAws("A module's folder, copied alone into an empty repository", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  it.each(EDITIONS)(
    "is a root module of its own that validates and plans (%s)",
    async (edition) => {
      const workspace = new Workspace(moto.environment);
      await workspace.copy(moduleSource("remotion-lambda", edition), ".").init();
      const { stdout } = await workspace.run("terraform", ["validate", "-json"]);
      expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [] });
      const { resource_changes } = await workspace.plan();
      const planned = resource_changes?.map(({ address }) => address);
      expect(planned?.sort()).toEqual([
        "aws_iam_policy.executionrole_policy[0]",
        "aws_iam_role.lambda_role",
        "aws_iam_role_policy.lambda_role[0]",
        "aws_iam_user.user[0]",
        "aws_iam_user_policy.user[0]",
      ]);
      workspace.remove();
    },
  );

  it("is planned by every example", () => {
    expect(EXAMPLE_NAMES.sort()).toEqual(
      [
        "bucket-grants",
        "environments",
        "everything",
        "separate-modules",
        ...Object.keys(CALLERS),
      ].sort(),
    );
  });
});
