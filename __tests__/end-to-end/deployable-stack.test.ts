import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { cloneRepository } from "../support/clone.js";
import { IamApi } from "../support/iam-api.js";
import type { Moto } from "../support/moto.js";
import { partOf } from "../support/part.js";
import { REPOSITORY } from "../support/repository.js";
import { describeAws } from "../support/suites.js";
import { type Outcome, Workspace } from "../support/workspace.js";
import { readFolder } from "../unit/support/folder.js";

const CDKTF = join(REPOSITORY, "node_modules", ".bin", "cdktf");
const STACK = join("cdktf.out", "stacks", "remotion-lambda");
const STATE = "terraform.remotion-lambda.tfstate";

const BACKENDS = [
  { type: "s3", bucket: "states", key: "remotion.tfstate", region: "eu-central-1" },
  { type: "cloud", organization: "acme", workspace: "remotion" },
  "none",
];

/** Two clones in different folders: CDKTF's command line synthesizes one, the app by itself the other. */
const clones = [cloneRepository(), cloneRepository()] as const;
const workspace = new Workspace();
let ofApp: Promise<Outcome> | undefined;
/** Lets the app synthesize its clone, once for all tests. */
function synthesizedByApp(): Promise<Outcome> {
  ofApp ??= app(workspace, clones[1]);
  return ofApp;
}
afterAll(() => {
  workspace.remove();
  for (const clone of clones) {
    rmSync(clone, { recursive: true });
  }
});

describe("cdktf synth and the app of npm start, in two clones in different folders", () => {
  beforeAll(async () => {
    await cdktf(workspace, clones[0], "synth");
    await synthesizedByApp();
  });

  it("give identical bytes", () => {
    const [first, second] = clones.map((clone) => readFolder(join(clone, "cdktf.out")));
    expect(first).toEqual(second);
    expect(synthesized(clones[0])).toContain('"aws_iam_role"');
  });

  it.each(partOf("backends of the deployable stack", BACKENDS, BACKENDS.length))(
    "give identical bytes with the backend %j",
    async (backend) => {
      const clone = cloneRepository();
      const file = join(clone, "cdktf.json");
      const settings = JSON.parse(readFileSync(file, "utf8"));
      writeFileSync(file, JSON.stringify({ ...settings, context: { backend } }));

      await cdktf(workspace, clone, "synth", "--output", "by-cdktf");
      await app(workspace, clone);

      expect(readFolder(join(clone, "cdktf.out"))).toEqual(readFolder(join(clone, "by-cdktf")));
      expect(synthesized(clone)).not.toBe(synthesized(clones[0]));
      rmSync(clone, { recursive: true });
    },
  );

  it("write no absolute path, no date and no state into the output", () => {
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
    moto = await startAws();
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
    await synthesizedByApp();
    const repository = new Workspace(moto.environment);
    const folder = join("infra", STACK);
    await repository
      .write(join(folder, "cdk.tf.json"), synthesized(clone))
      .write(
        join(folder, "terraform.tfvars"),
        'user_name      = "tfvars-user"\noutput_buckets = [{ name = "acme-videos", prefix = "", access = "write" }]\n',
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
  });
});

/** Runs CDKTF in a clone. */
function cdktf(workspace: Workspace, clone: string, ...args: string[]) {
  return workspace.run(process.execPath, [CDKTF, ...args], clone);
}

/** Runs the app of `cdktf.json` by itself, as npm start does. */
function app(workspace: Workspace, clone: string) {
  return workspace.run(process.execPath, ["--import", "tsx", "main.ts"], clone);
}

/** The stack that it has synthesized there. */
function synthesized(clone: string): string {
  return readFileSync(join(clone, STACK, "cdk.tf.json"), "utf8");
}
