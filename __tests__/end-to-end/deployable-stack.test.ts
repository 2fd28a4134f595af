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

/** A clone of the repository to run CDKTF in. */
class Clone extends Workspace {
  readonly clone = cloneRepository();

  /** Runs CDKTF in the clone. */
  cdktf(...args: string[]) {
    return this.run(process.execPath, [CDKTF, ...args], this.clone);
  }

  /** The synthesized stack. */
  synthesized(): string {
    return readFileSync(join(this.clone, STACK, "cdk.tf.json"), "utf8");
  }

  override run(program: string, args: readonly string[], folder = this.clone) {
    return super.run(program, args, folder);
  }

  override remove(): void {
    rmSync(this.clone, { recursive: true });
    super.remove();
  }
}

describe("cdktf synth, in two clones in different folders", () => {
  const clones = [new Clone(), new Clone()];
  beforeAll(async () => {
    for (const clone of clones) {
      await clone.cdktf("synth");
    }
  });
  afterAll(() => {
    for (const clone of clones) {
      clone.remove();
    }
  });

  it("gives identical bytes", () => {
    const [first, second] = clones.map((clone) => clone.synthesized());
    expect(first).toBe(second);
    expect(first).toContain('"aws_iam_role"');
  });

  it("writes no absolute path, no date and no state into the output", () => {
    for (const clone of clones) {
      const text = clone.synthesized();
      expect(text).not.toContain(clone.clone);
      expect(text).not.toMatch(/"(\/|[A-Z]:\\)[a-z]+\/[^"]*tfstate/);
      expect(text).not.toMatch(/\d{4}-\d\d-\d\dT/);
      expect(existsSync(join(clone.clone, STACK, STATE))).toBe(false);
    }
  });
});

describeAws("The deployable stack", () => {
  let moto: Moto;
  let iam: IamApi;
  let clone: Clone;
  beforeAll(async () => {
    moto = await startMoto();
    iam = new IamApi(moto.url);
    clone = new Clone(moto.environment);
  });
  afterAll(async () => {
    clone.remove();
    await moto.stop();
  });

  it("is deployed and destroyed by cdktf, with its state beside cdktf.json", async () => {
    const yes = ["--auto-approve", "--skip-provider-lock"];
    await clone.cdktf("deploy", ...yes, "--var", "user_name=deployed-user");
    expect(await iam.everything()).toEqual([
      "deployed-user",
      "remotion-executionrole-policy",
      "remotion-lambda-role",
    ]);
    expect(existsSync(join(clone.clone, STATE))).toBe(true);
    await clone.cdktf("destroy", "--auto-approve", "--skip-provider-lock");
    expect(await iam.everything()).toEqual([]);
  });

  it("is applied by Terraform alone from the committed output, with -var and a tfvars file", async () => {
    await clone.cdktf("synth");
    const provider = await startProvider(moto.environment);
    const repository = new Workspace({ ...moto.environment, ...provider.environment });
    const folder = join("infra", STACK);
    await repository
      .copy(join(clone.clone, STACK, "cdk.tf.json"), join(folder, "cdk.tf.json"))
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
