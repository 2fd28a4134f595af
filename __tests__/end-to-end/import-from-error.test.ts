import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startAws } from "../support/aws.js";
import { builtPackage } from "../support/built-package.js";
import { IamApi } from "../support/iam-api.js";
import type { Moto } from "../support/moto.js";
import { partOf } from "../support/part.js";
import { describeAws } from "../support/suites.js";
import { ACCOUNT, WHOLE_PATH, WHOLE_ROOT } from "../support/whole-root.js";
import { Workspace } from "../support/workspace.js";

const ARN = `arn:aws:iam::${ACCOUNT}:policy/video`;

const TRUST_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
});

let moto: Moto;
let iam: IamApi;
beforeAll(async () => {
  moto = await startAws();
  iam = new IamApi(moto.url);
});
afterEach(() => moto.reset());
afterAll(() => moto.stop());

describeAws("What an apply made whose answer got lost", () => {
  const ways = [
    { how: "for a reader", args: ["-no-color"] },
    { how: "with -json", args: ["-json"] },
  ];

  it.each(partOf("ways to write the errors of an apply", ways, ways.length))(
    "is imported from the error of the next one, written $how",
    async ({ args }) => {
      const workspace = await new Workspace(moto.environment).write("main.tf", WHOLE_ROOT).init();
      await makeAsTheModuleDoes();

      const imported: Record<string, string> = {};
      let last = await apply(workspace, args);
      // The instance profile is tried when its role is there, and so met in the second apply.
      for (let round = 1; last.status !== 0 && round <= 3; round++) {
        const { blocks } = await importFromError(workspace, last.output);
        Object.assign(imported, idsIn(blocks));
        workspace.write(`imports-${round}.tf`, blocks);
        last = await apply(workspace, args);
      }

      expect(last.status).toBe(0);
      expect(imported).toEqual({
        "module.remotion.aws_iam_user.user[0]": "remotion-user",
        "module.remotion.aws_iam_policy.user[0]": `${ARN}/remotion-user-policy`,
        "module.remotion.aws_iam_role.lambda_role": "remotion-lambda-role",
        "module.remotion.aws_iam_policy.lambda_role[0]": `${ARN}/remotion-lambda-policy`,
        "module.remotion.aws_iam_policy.executionrole_policy[0]": `${ARN}/remotion-executionrole-policy`,
        "module.remotion.aws_iam_role.execution_role[0]": "remotion-execution-role",
        "module.remotion.aws_iam_instance_profile.execution_role[0]": "remotion-execution-role",
      });
      expect(await workspace.isUpToDate()).toBe(true);
      await workspace.destroy();
      expect(await iam.everything()).toEqual([]);
      workspace.remove();
    },
  );
});

/** What the module makes under a name, as an apply leaves it that learnt of none of it. */
async function makeAsTheModuleDoes(): Promise<void> {
  const Path = WHOLE_PATH;
  await iam.call("CreateUser", { UserName: "remotion-user", Path });
  for (const RoleName of ["remotion-lambda-role", "remotion-execution-role"]) {
    await iam.call("CreateRole", { RoleName, Path, AssumeRolePolicyDocument: TRUST_POLICY });
  }
  for (const PolicyName of [
    "remotion-user-policy",
    "remotion-lambda-policy",
    "remotion-executionrole-policy",
  ]) {
    await iam.call("CreatePolicy", { PolicyName, Path, PolicyDocument: POLICY });
  }
  await iam.call("CreateInstanceProfile", { InstanceProfileName: "remotion-execution-role", Path });
}

function apply(workspace: Workspace, args: readonly string[]) {
  return workspace.attempt("terraform", ["apply", "-auto-approve", "-input=false", ...args]);
}

/** Runs the command on what an apply has written. */
async function importFromError(workspace: Workspace, text: string) {
  const { commandLine } = await builtPackage();
  const { stdout } = await workspace
    .write("apply.log", text)
    .run(process.execPath, [
      ...[commandLine, "import", "--from-error", "apply.log"],
      ...["--account", ACCOUNT, "--path", WHOLE_PATH],
    ]);
  return { blocks: stdout };
}

/** Address → id, in the blocks that were printed. */
function idsIn(blocks: string): Record<string, string> {
  return Object.fromEntries(
    [...blocks.matchAll(/to = (\S+)\n\s+id = "([^"]+)"/g)].map(([, to = "", id = ""]) => [to, id]),
  );
}
