import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startProvider } from "../support/aws.js";
import { cloneRepository } from "../support/clone.js";
import { IamApi } from "../support/iam-api.js";
import { type Moto, startMoto } from "../support/moto.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

const CDKTF = join(REPOSITORY, "node_modules", ".bin", "cdktf");
const STACK = join("cdktf.out", "stacks", "remotion-lambda");
const STATE = "terraform.remotion-lambda.tfstate";

/** Two clones in different folders, both synthesized. */
const clones = [cloneRepository(), cloneRepository()] as const;
beforeAll(async () => {
  const workspace = new Workspace();
  for (const clone of clones) {
    await cdktf(workspace, clone, "synth");
  }
  workspace.remove();
});
afterAll(() => {
  for (const clone of clones) {
    rmSync(clone, { recursive: true });
  }
});

describe("cdktf synth, in two clones in different folders", () => {
  it("gives identical bytes", () => {
    const [first, second] = clones.map(synthesized);
    expect(first).toBe(second);
    expect(first).toContain('"aws_iam_role"');
  });

  it("writes no absolute path, no date and no state into the output", () => {
    for (const clone of clones) {
      const text = synthesized(clone);
      expect(text).not.toContain(clone);
      expect(text).not.toMatch(/"(\/|[A-Z]:\\)[a-z]+\/[^"]*tfstate/);
      expect(text).not.toMatch(/\d{4}-\d\d-\d\dT/);
      expect(existsSync(join(clone, STACK, STATE))).toBe(false);
    }
  });
});

describeAws("The deployable stack", () => {
  let moto: Moto;
  let iam: IamApi;
  beforeAll(async () => {
    moto = await startMoto();
    iam = new IamApi(moto.url);
  });
  afterAll(() => moto.stop());

  it("is deployed and destroyed by cdktf, with its state beside cdktf.json", async () => {
    const [clone] = clones;
    const workspace = new Workspace(moto.environment);
    const yes = ["--auto-approve", "--skip-provider-lock"];
    await cdktf(workspace, clone, "deploy", ...yes, "--var", "user_name=deployed-user");
    expect(await iam.everything()).toEqual([
      "deployed-user",
      "remotion-executionrole-policy",
      "remotion-lambda-role",
    ]);
    expect(existsSync(join(clone, STATE))).toBe(true);
    await cdktf(workspace, clone, "destroy", ...yes);
    expect(await iam.everything()).toEqual([]);
    workspace.remove();
  });

  it("is applied by Terraform alone from the committed output, with -var and a tfvars file", async () => {
    const [, clone] = clones;
    const provider = await startProvider(moto.environment);
    const repository = new Workspace({ ...moto.environment, ...provider.environment });
    const folder = join("infra", STACK);
    await repository
      .write(join(folder, "cdk.tf.json"), synthesized(clone))
      .write(
        join(folder, "terraform.tfvars"),
        'user_name      = "tfvars-user"\noutput_buckets = [{ name = "acme-videos" }]\n',
      )
      .init(folder);
    const args = ["-var", "lambda_role_name=var-role"];
    await repository.apply(args, folder);
    expect(await iam.everything()).toEqual([
      "remotion-executionrole-policy",
      "tfvars-user",
      "var-role",
    ]);
    const policy = await iam.rolePolicy("var-role", "remotion-lambda-policy");
    expect(JSON.stringify(policy)).toContain("arn:aws:s3:::acme-videos/*");
    expect(await repository.isUpToDate(args, folder)).toBe(true);
    await repository.destroy(args, folder);
    expect(await iam.everything()).toEqual([]);
    repository.remove();
    await provider.stop();
  });
});

/** Runs CDKTF in a clone. */
function cdktf(workspace: Workspace, clone: string, ...args: string[]) {
  return workspace.run(process.execPath, [CDKTF, ...args], clone);
}

/** The stack that it has synthesized there. */
function synthesized(clone: string): string {
  return readFileSync(join(clone, STACK, "cdk.tf.json"), "utf8");
}
