import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import upstream from "../../lib/remotion/upstream-policies.json" with { type: "json" };
import { startAws } from "../support/aws.js";
import { builtPackage } from "../support/built-package.js";
import { IamApi } from "../support/iam-api.js";
import { moduleSource, PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { describeAccount, describeAws } from "../support/suites.js";
import { type Plan, type ResourceChange, Workspace } from "../support/workspace.js";

const ACCOUNT = "123456789012";
const ARN = `arn:aws:iam::${ACCOUNT}:policy`;

const USER_POLICY = JSON.stringify(upstream.policies.aws.user, null, 2);
const ROLE_POLICY = JSON.stringify(upstream.policies.aws.role, null, 2);

/** What AWS's console makes for the use case Lambda. */
const TRUST_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
});

let moto: Moto;
let iam: IamApi;
beforeAll(async () => {
  moto = await startAws();
  iam = new IamApi(moto.url);
});
afterEach(() => moto.reset());
afterAll(() => moto.stop());

describeAws("What was made by hand is imported, nothing added or destroyed", () => {
  it("after the permissions page, the role's policy inline, into the HCL edition", async () => {
    const workspace = new Workspace(moto.environment);
    await makeByHand("inline");
    const printed = await runImport(workspace, [
      ...["--account", ACCOUNT, "--policy-type", "inline", "--attached-role", "api=video-api"],
    ]);
    await workspace
      .write("imports.tf", printed.blocks)
      .write("main.tf", `${PROVIDER}${moduleBlock(printed.arguments)}`)
      .init();

    const plan = await workspace.plan();
    expect(imported(plan)).toEqual({
      "module.remotion.aws_iam_user.user[0]": "remotion-user",
      "module.remotion.aws_iam_user_policy.user[0]": "remotion-user:remotion-user-policy",
      "module.remotion.aws_iam_role.lambda_role": "remotion-lambda-role",
      "module.remotion.aws_iam_role_policy.lambda_role[0]":
        "remotion-lambda-role:remotion-lambda-policy",
      "module.remotion.aws_iam_policy.executionrole_policy[0]": `${ARN}/remotion-executionrole-policy`,
      'module.remotion.aws_iam_role_policy_attachment.executionrole_policy["api"]': `video-api/${ARN}/remotion-executionrole-policy`,
    });
    expectHarmless(plan, printed.changes);
    await expectAdopted(workspace);
    workspace.remove();
  });

  it("after the set-up guide, the role's policy managed, into the JSON edition", async () => {
    const workspace = new Workspace(moto.environment);
    await makeByHand("managed");
    const printed = await runImport(workspace, [
      ...["--account", ACCOUNT, "--attached-role", "api=video-api", "--format", "json"],
    ]);
    const provider = { aws: { region: "us-east-1" } };
    const remotion = {
      source: moduleSource("remotion-lambda", "json"),
      ...(JSON.parse(`{${printed.arguments}}`) as object),
    };
    await workspace
      .write("imports.tf.json", printed.blocks)
      .write("main.tf.json", JSON.stringify({ provider, module: { remotion } }))
      .init();

    const plan = await workspace.plan();
    expect(imported(plan)).toMatchObject({
      "module.remotion.aws_iam_policy.lambda_role[0]": `${ARN}/remotion-lambda-policy`,
      "module.remotion.aws_iam_role_policy_attachment.lambda_role[0]": `remotion-lambda-role/${ARN}/remotion-lambda-policy`,
    });
    expect(Object.keys(imported(plan))).toHaveLength(7);
    expectHarmless(plan, printed.changes);
    await expectAdopted(workspace);
    expect(await iam.attachedPolicies("remotion-lambda-role")).toEqual(["remotion-lambda-policy"]);
    workspace.remove();
  });
});

describeAccount("What an account has is imported, nothing added or destroyed", () => {
  it("under the names and with the tags that the aws command line tells", async () => {
    const workspace = new Workspace({
      ...moto.environment,
      AWS_DEFAULT_REGION: moto.environment["AWS_REGION"] ?? "",
    });
    await makeByHand("managed");
    const question = ["iam", "get-account-authorization-details", "--output", "json"];
    const { stdout } = await workspace.run("aws", question);
    workspace.write("account.json", stdout);
    const printed = await runImport(workspace, ["--account-details", "account.json"]);
    await workspace
      .write("imports.tf", printed.blocks)
      .write("main.tf", `${PROVIDER}${moduleBlock(printed.arguments)}`)
      .init();

    const plan = await workspace.plan();
    expect(imported(plan)).toEqual({
      "module.remotion.aws_iam_user.user[0]": "remotion-user",
      "module.remotion.aws_iam_user_policy.user[0]": "remotion-user:remotion-user-policy",
      "module.remotion.aws_iam_role.lambda_role": "remotion-lambda-role",
      "module.remotion.aws_iam_policy.lambda_role[0]": `${ARN}/remotion-lambda-policy`,
      "module.remotion.aws_iam_role_policy_attachment.lambda_role[0]": `remotion-lambda-role/${ARN}/remotion-lambda-policy`,
      "module.remotion.aws_iam_policy.executionrole_policy[0]": `${ARN}/remotion-executionrole-policy`,
      'module.remotion.aws_iam_role_policy_attachment.executionrole_policy["video-api"]': `video-api/${ARN}/remotion-executionrole-policy`,
    });
    expectHarmless(plan, printed.changes);
    await expectAdopted(workspace);
    workspace.remove();
  });
});

describeAws("What was made by hand is imported into the modules one by one", () => {
  it("in a path, under other names, the user's policy managed", async () => {
    const workspace = new Workspace(moto.environment);
    const Path = "/video/";
    await iam.call("CreateUser", { UserName: "editor", Path });
    await iam.call("CreatePolicy", { PolicyName: "editing", Path, PolicyDocument: USER_POLICY });
    await iam.call("CreatePolicy", { PolicyName: "calling", Path, PolicyDocument: USER_POLICY });
    await iam.call("AttachUserPolicy", {
      UserName: "editor",
      PolicyArn: `${ARN}/video/editing`,
    });
    await iam.call("CreateRole", {
      RoleName: "renderer",
      Path,
      AssumeRolePolicyDocument: TRUST_POLICY,
    });
    await iam.call("PutRolePolicy", {
      RoleName: "renderer",
      PolicyName: "rendering",
      PolicyDocument: ROLE_POLICY,
    });

    const names = ["--account", ACCOUNT, "--path", "/video/", "--role-name", "renderer"];
    const calls = {
      "remotion-user": [
        ...["--user-name", "editor", "--user-policy-name", "editing"],
        ...["--user-policy-type", "managed"],
      ],
      "remotion-lambda-role": ["--role-policy-name", "rendering", "--policy-type", "inline"],
      "remotion-executionrole-policy": ["--policy-name", "calling"],
    };
    for (const [module, options] of Object.entries(calls)) {
      const address = `module.${module}`;
      const each = await runImport(workspace, ["--module", module, ...names, ...options], address);
      workspace
        .write(`${module}-imports.tf`, each.blocks)
        .write(`${module}.tf`, moduleBlock(each.arguments, module, module));
    }
    await workspace.write("main.tf", PROVIDER).init();

    const plan = await workspace.plan();
    expect(imported(plan)).toEqual({
      "module.remotion-user.aws_iam_user.this": "editor",
      "module.remotion-user.aws_iam_policy.this[0]": `${ARN}/video/editing`,
      "module.remotion-user.aws_iam_user_policy_attachment.this[0]": `editor/${ARN}/video/editing`,
      "module.remotion-lambda-role.aws_iam_role.this": "renderer",
      "module.remotion-lambda-role.aws_iam_role_policy.this[0]": "renderer:rendering",
      "module.remotion-executionrole-policy.aws_iam_policy.this": `${ARN}/video/calling`,
    });
    expect(actionsIn(plan)).toEqual(["no-op", "update"]);
    await workspace.apply(["plan"]);
    expect(await workspace.isUpToDate()).toBe(true);
    workspace.remove();
  });
});

describeAws("What a root module has as its own is moved, nothing added or destroyed", () => {
  it("one resource for each", async () => {
    const workspace = await applied(`${CALLER}
resource "aws_iam_user" "video" {
  name = "video-user"
  path = "/video/"
  tags = { team = "video" }
}

resource "aws_iam_access_key" "video" {
  user = aws_iam_user.video.name
}

resource "aws_iam_user_policy" "video" {
  name   = "remotion-user-policy"
  user   = aws_iam_user.video.name
  policy = file("user.json")
}

resource "aws_iam_role" "remotion" {
  name               = "remotion-lambda-role"
  path               = "/video/"
  description        = "Renders."
  assume_role_policy = file("trust.json")
  tags               = { team = "video" }
}

resource "aws_iam_policy" "remotion" {
  name        = "remotion-lambda-policy"
  path        = "/video/"
  description = "For renders."
  policy      = file("role.json")
  tags        = { team = "video" }
}

resource "aws_iam_role_policy_attachment" "remotion" {
  role       = aws_iam_role.remotion.name
  policy_arn = aws_iam_policy.remotion.arn
}

resource "aws_iam_policy" "callers" {
  name   = "remotion-executionrole-policy"
  path   = "/video/"
  policy = file("user.json")
  tags   = { team = "video" }
}

resource "aws_iam_role_policy_attachment" "callers" {
  for_each = { api = aws_iam_role.api.name }

  role       = each.value
  policy_arn = aws_iam_policy.callers.arn
}
`);
    const printed = await runImport(workspace, [
      ...["--state", "state.json", "--user-name", "video-user"],
    ]);
    await workspace
      .write("moved.tf", printed.blocks)
      .write("main.tf", `${PROVIDER}${CALLER}${moduleBlock(printed.arguments)}`)
      .init();

    const plan = await workspace.plan();
    expect(moved(plan)).toEqual({
      "module.remotion.aws_iam_user.user[0]": "aws_iam_user.video",
      "module.remotion.aws_iam_access_key.user[0]": "aws_iam_access_key.video",
      "module.remotion.aws_iam_user_policy.user[0]": "aws_iam_user_policy.video",
      "module.remotion.aws_iam_role.lambda_role": "aws_iam_role.remotion",
      "module.remotion.aws_iam_policy.lambda_role[0]": "aws_iam_policy.remotion",
      "module.remotion.aws_iam_role_policy_attachment.lambda_role[0]":
        "aws_iam_role_policy_attachment.remotion",
      "module.remotion.aws_iam_policy.executionrole_policy[0]": "aws_iam_policy.callers",
      'module.remotion.aws_iam_role_policy_attachment.executionrole_policy["api"]':
        'aws_iam_role_policy_attachment.callers["api"]',
    });
    expect(imported(plan)).toEqual({});
    expectHarmless(plan, printed.changes, ["description", "policy"]);
    // The policies did not allow to pass the role, which is in a path.
    expect(printed.changes).toEqual({
      "module.remotion.aws_iam_user_policy.user[0]": ["policy"],
      "module.remotion.aws_iam_role.lambda_role": ["description"],
      "module.remotion.aws_iam_policy.executionrole_policy[0]": ["policy"],
    });
    await workspace.apply(["plan"]);
    expect(await workspace.isUpToDate()).toBe(true);
    workspace.remove();
  });

  it("policies and attachments that have no resource of their own are imported", async () => {
    const workspace = await applied(`${CALLER}
resource "aws_iam_role" "remotion" {
  name               = "remotion-lambda-role"
  assume_role_policy = file("trust.json")

  inline_policy {
    name   = "remotion-lambda-policy"
    policy = file("role.json")
  }
}

resource "aws_iam_policy" "callers" {
  name   = "remotion-executionrole-policy"
  policy = file("user.json")
}

resource "aws_iam_policy_attachment" "callers" {
  name       = "callers"
  roles      = [aws_iam_role.api.name]
  policy_arn = aws_iam_policy.callers.arn
}
`);
    const printed = await runImport(workspace, ["--state", "state.json"]);
    expect(printed.notes).toContain("terraform state rm 'aws_iam_policy_attachment.callers'");
    await workspace.run("terraform", ["state", "rm", "aws_iam_policy_attachment.callers"]);
    await workspace
      .write("moved.tf", printed.blocks)
      .write("main.tf", `${PROVIDER}${CALLER}${moduleBlock(printed.arguments)}`)
      .init();

    const plan = await workspace.plan();
    expect(moved(plan)).toEqual({
      "module.remotion.aws_iam_role.lambda_role": "aws_iam_role.remotion",
      "module.remotion.aws_iam_policy.executionrole_policy[0]": "aws_iam_policy.callers",
    });
    expect(imported(plan)).toEqual({
      "module.remotion.aws_iam_role_policy.lambda_role[0]":
        "remotion-lambda-role:remotion-lambda-policy",
      'module.remotion.aws_iam_role_policy_attachment.executionrole_policy["video-api"]': `video-api/${ARN}/remotion-executionrole-policy`,
    });
    expectHarmless(plan, printed.changes);
    await workspace.apply(["plan"]);
    expect(await workspace.isUpToDate()).toBe(true);
    expect(await iam.attachedPolicies("video-api")).toEqual(["remotion-executionrole-policy"]);
    expect(await iam.rolePolicy("remotion-lambda-role", "remotion-lambda-policy")).toEqual(
      upstream.policies.aws.role,
    );
    workspace.remove();
  });
});

/** A role of the caller's own, which stays outside the module. */
const CALLER = `
resource "aws_iam_role" "api" {
  name               = "video-api"
  assume_role_policy = file("trust.json")
}
`;

/** Makes what Remotion's guides say, with the policies as Remotion prints them. */
async function makeByHand(policyType: "inline" | "managed"): Promise<void> {
  const role = { RoleName: "remotion-lambda-role" };
  const rolePolicy = { PolicyName: "remotion-lambda-policy", PolicyDocument: ROLE_POLICY };
  await iam.call("CreateRole", {
    ...role,
    Description: "Allows Lambda functions to call AWS services on your behalf.",
    AssumeRolePolicyDocument: TRUST_POLICY,
  });
  if (policyType === "inline") {
    await iam.call("PutRolePolicy", { ...role, ...rolePolicy });
  } else {
    await iam.call("CreatePolicy", rolePolicy);
    await iam.call("AttachRolePolicy", { ...role, PolicyArn: `${ARN}/remotion-lambda-policy` });
  }
  const user = { UserName: "remotion-user" };
  await iam.call("CreateUser", {
    ...user,
    "Tags.member.1.Key": "by",
    "Tags.member.1.Value": "hand",
  });
  await iam.call("PutUserPolicy", {
    ...user,
    PolicyName: "remotion-user-policy",
    PolicyDocument: USER_POLICY,
  });
  await iam.call("CreateAccessKey", user);
  await iam.call("CreatePolicy", {
    PolicyName: "remotion-executionrole-policy",
    PolicyDocument: USER_POLICY,
  });
  const caller = { RoleName: "video-api" };
  await iam.call("CreateRole", { ...caller, AssumeRolePolicyDocument: TRUST_POLICY });
  await iam.call("AttachRolePolicy", {
    ...caller,
    PolicyArn: `${ARN}/remotion-executionrole-policy`,
  });
}

/** A root module that is applied, with its state beside it. */
async function applied(resources: string): Promise<Workspace> {
  const workspace = new Workspace(moto.environment)
    .write("user.json", USER_POLICY)
    .write("role.json", ROLE_POLICY)
    .write("trust.json", TRUST_POLICY);
  await workspace.write("main.tf", `${PROVIDER}${resources}`).init();
  await workspace.apply();
  const { stdout } = await workspace.run("terraform", ["show", "-json"]);
  return workspace.write("state.json", stdout);
}

/** What `import` prints, taken apart as a reader would. */
async function runImport(
  workspace: Workspace,
  options: readonly string[],
  address = "module.remotion",
) {
  const { commandLine } = await builtPackage();
  const { stdout, output } = await workspace.run(process.execPath, [
    ...[commandLine, "import", "--address", address],
    ...options,
  ]);
  const notes = output.slice(stdout.length);
  const [, given = ""] = /beside its source:\n\n(.*?)\n\n/s.exec(notes) ?? [];
  const changes = [...notes.matchAll(/^ {2}(module\.\S+): ([a-z_, ]+)$/gm)];
  return {
    blocks: stdout,
    notes,
    arguments: given,
    changes: Object.fromEntries(
      changes.map(([, address = "", attributes = ""]) => [address, attributes.split(", ")]),
    ),
  };
}

function moduleBlock(given: string, name = "remotion", module = "remotion-lambda"): string {
  const source = JSON.stringify(moduleSource(module, "hcl"));
  return `\nmodule "${name}" {\n  source = ${source}\n\n${given}\n}\n`;
}

function changesIn({ resource_changes: changes = [] }: Plan): readonly ResourceChange[] {
  return changes;
}

function imported(plan: Plan): Record<string, string> {
  return Object.fromEntries(
    changesIn(plan).flatMap(({ address, change: { importing } }) =>
      importing === undefined ? [] : [[address, importing.id]],
    ),
  );
}

function moved(plan: Plan): Record<string, string> {
  return Object.fromEntries(
    changesIn(plan).flatMap(({ address, previous_address: from }) =>
      from === undefined ? [] : [[address, from]],
    ),
  );
}

/** All that the plan does, sorted. */
function actionsIn(plan: Plan): string[] {
  return [...new Set(changesIn(plan).flatMap(({ change }) => change.actions))].sort();
}

/** Nothing is added or destroyed, and what changes is a tag or a description that was named. */
function expectHarmless(
  plan: Plan,
  named: Readonly<Record<string, readonly string[]>>,
  allowed: readonly string[] = ["tags", "description"],
): void {
  expect(["no-op", "update"]).toEqual(expect.arrayContaining(actionsIn(plan)));
  for (const { address, change } of changesIn(plan)) {
    const { before, after } = change;
    const changed = Object.keys({ ...before, ...after }).filter(
      (attribute) =>
        change.actions.includes("update") &&
        // What all tags are together follows from the tags.
        attribute !== "tags_all" &&
        // Nothing that AWS knows of: Terraform writes the default into its state.
        !(attribute === "force_destroy" && !before?.[attribute] && !after?.[attribute]) &&
        JSON.stringify(before?.[attribute]) !== JSON.stringify(after?.[attribute]),
    );
    expect(allowed).toEqual(expect.arrayContaining(changed));
    expect(named[address] ?? []).toEqual(expect.arrayContaining(changed));
  }
}

/** The apply leaves what Remotion needs, and a second plan finds nothing to do. */
async function expectAdopted(workspace: Workspace): Promise<void> {
  await workspace.apply(["plan"]);
  expect(await workspace.isUpToDate()).toBe(true);
  expect(await iam.everything()).toEqual([
    ...["remotion-executionrole-policy", "remotion-lambda-policy"].slice(
      0,
      (await iam.attachedPolicies("remotion-lambda-role")).length + 1,
    ),
    ...["remotion-lambda-role", "remotion-user", "video-api"],
  ]);
  expect(await iam.attachedPolicies("video-api")).toEqual(["remotion-executionrole-policy"]);
  expect(await iam.userPolicy("remotion-user", "remotion-user-policy")).toEqual(
    upstream.policies.aws.user,
  );
}
