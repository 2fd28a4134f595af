import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { builtPackage } from "../support/built-package.js";
import { exampleIn } from "../support/example.js";
import type { Moto } from "../support/moto.js";
import { describeAws } from "../support/suites.js";
import type { Workspace } from "../support/workspace.js";
import { runRecorded } from "../unit/support/recording-console.js";

describeAws("verify, on plans and states of the examples", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  const verify = async (workspace: Workspace, file: string, ...options: string[]) => {
    const { commandLine } = await builtPackage();
    const call = ["verify", join(workspace.path, file), ...options];
    const outcome = await workspace.attempt(process.execPath, [commandLine, ...call]);
    const { exitCode, results, notes } = await runRecorded(...call);
    const said = [results, notes].filter((text) => text !== "").join("\n");
    expect({ status: outcome.status, said: outcome.output.trimEnd() }).toEqual({
      status: exitCode,
      said: said.trimEnd(),
    });
    return outcome;
  };

  it("everything: user, callers and role may do what Remotion needs, planned and applied", async () => {
    const workspace = await exampleIn("everything", "hcl", moto.environment);
    await planTo(workspace, "plan.json");
    const planned = await verify(workspace, "plan.json");
    expect(planned.output).toContain("remotion-user (module.remotion.aws_iam_user.user[0])");
    expect(planned.output).toContain("video-api (aws_iam_role.api), as a user or caller");
    expect(planned.output).toContain("as the role of Remotion's functions");
    expect(planned.output).not.toContain("MISSING");
    expect(planned.status).toBe(0);

    const plan: unknown = JSON.parse(workspace.read("plan.json"));
    workspace.write("without.json", JSON.stringify(withoutStatement(plan, "FunctionManagement")));
    const without = await verify(workspace, "without.json");
    expect(without.status).toBe(1);
    expect(without.output).toContain("MISSING  module input: ");
    expect(without.output).toContain("renderMediaOnLambda()");

    await workspace.apply();
    const { stdout } = await workspace.run("terraform", ["show", "-json"]);
    workspace.write("state.json", stdout);
    expect(await verify(workspace, "state.json")).toMatchObject({ status: 0 });
    expect(await verify(workspace, "terraform.tfstate")).toMatchObject({ status: 0 });
    workspace.remove();
  });

  it("separate-modules: the renamed role is the one that functions run as", async () => {
    const workspace = await exampleIn("separate-modules", "json", moto.environment);
    await planTo(workspace, "plan.json");
    const renamed = ["--lambda-role-name", "video-remotion-lambda-role"];
    const { status, output } = await verify(
      workspace,
      "plan.json",
      ...renamed,
      ...["--lambda-role-path", "/video/"],
    );
    expect(output).toContain(
      "video-remotion-lambda-role (module.role.aws_iam_role.this), as the role",
    );
    expect(output).not.toContain("MISSING");
    expect(status).toBe(0);
    workspace.remove();
  });

  it("bucket-grants: which are wanted is asked, and a binary plan is no file of JSON", async () => {
    const workspace = await exampleIn("bucket-grants", "hcl", moto.environment);
    await planTo(workspace, "plan.json");
    const { status, output } = await verify(workspace, "plan.json");
    expect(output).toContain("grants alone");
    expect(output).toContain("give: --output-bucket NAME");
    expect(status).toBe(3);

    const binary = await verify(workspace, "plan");
    expect(binary.output).toContain("terraform show -json");
    expect(binary.status).toBe(2);
    workspace.remove();
  });
});

/** The same plan with one statement removed from every policy in it. */
function withoutStatement(value: unknown, sid: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withoutStatement(item, sid));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, withoutStatement(inner, sid)]),
    );
  }
  if (typeof value === "string" && value.startsWith('{"Statement":')) {
    const policy = JSON.parse(value) as { Statement: { Sid?: string }[] };
    const Statement = policy.Statement.filter(({ Sid }) => Sid !== sid);
    return JSON.stringify({ ...policy, Statement });
  }
  return value;
}

async function planTo(workspace: Workspace, file: string): Promise<void> {
  workspace.write(file, JSON.stringify(await workspace.plan()));
}
