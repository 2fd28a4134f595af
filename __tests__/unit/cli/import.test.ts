import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { describe, expect, it } from "vitest";
import { MODULE_ADDRESS } from "../../../lib/adoption/rules.js";
import { ACCOUNT_ID, IAM_PATH, ROLE_NAME } from "../../../lib/iam/rules.js";
import { temporaryFolder, writeFile } from "../support/folder.js";
import { runRecorded } from "../support/recording-console.js";

const ACCOUNT = "123456789012";
const ARN = `arn:aws:iam::${ACCOUNT}:policy`;

describe("import, of what was made by hand,", () => {
  const cases: Record<
    string,
    {
      readonly args: readonly string[];
      readonly imports: Readonly<Record<string, string>>;
      readonly needs: string;
    }
  > = {
    "after the set-up guide": {
      args: [],
      imports: {
        "m.aws_iam_user.user[0]": "remotion-user",
        "m.aws_iam_user_policy.user[0]": "remotion-user:remotion-user-policy",
        "m.aws_iam_role.lambda_role": "remotion-lambda-role",
        "m.aws_iam_policy.lambda_role[0]": `${ARN}/remotion-lambda-policy`,
        "m.aws_iam_role_policy_attachment.lambda_role[0]": `remotion-lambda-role/${ARN}/remotion-lambda-policy`,
        "m.aws_iam_policy.executionrole_policy[0]": `${ARN}/remotion-executionrole-policy`,
      },
      needs: '  lambda_role_policy_type = "managed"',
    },
    "after the permissions page": {
      args: ["--policy-type", "inline", "--no-executionrole-policy"],
      imports: {
        "m.aws_iam_user.user[0]": "remotion-user",
        "m.aws_iam_user_policy.user[0]": "remotion-user:remotion-user-policy",
        "m.aws_iam_role.lambda_role": "remotion-lambda-role",
        "m.aws_iam_role_policy.lambda_role[0]": "remotion-lambda-role:remotion-lambda-policy",
      },
      needs: "  create_executionrole_policy = false",
    },
    "without a user, callers attached": {
      args: [
        ...["--no-user", "--policy-type", "inline"],
        ...["--attached-role", "api=video-api", "--attached-role", "web server=web=1"],
      ],
      imports: {
        "m.aws_iam_role.lambda_role": "remotion-lambda-role",
        "m.aws_iam_role_policy.lambda_role[0]": "remotion-lambda-role:remotion-lambda-policy",
        "m.aws_iam_policy.executionrole_policy[0]": `${ARN}/remotion-executionrole-policy`,
        'm.aws_iam_role_policy_attachment.executionrole_policy["api"]': `video-api/${ARN}/remotion-executionrole-policy`,
        'm.aws_iam_role_policy_attachment.executionrole_policy["web server"]': `web=1/${ARN}/remotion-executionrole-policy`,
      },
      needs: [
        "  create_user = false",
        "  role_names = {",
        '    api          = "video-api"',
        '    "web server" = "web=1"',
        "  }",
      ].join("\n"),
    },
    "in China, under other names and in a path": {
      args: [
        ...["--partition", "aws-cn", "--path", "/video/", "--no-executionrole-policy"],
        ...["--user-name", "u", "--user-policy-name", "up", "--user-policy-type", "managed"],
        ...["--role-name", "r", "--role-policy-name", "rp"],
      ],
      imports: {
        "m.aws_iam_user.user[0]": "u",
        "m.aws_iam_policy.user[0]": `arn:aws-cn:iam::${ACCOUNT}:policy/video/up`,
        "m.aws_iam_user_policy_attachment.user[0]": `u/arn:aws-cn:iam::${ACCOUNT}:policy/video/up`,
        "m.aws_iam_role.lambda_role": "r",
        "m.aws_iam_policy.lambda_role[0]": `arn:aws-cn:iam::${ACCOUNT}:policy/video/rp`,
        "m.aws_iam_role_policy_attachment.lambda_role[0]": `r/arn:aws-cn:iam::${ACCOUNT}:policy/video/rp`,
      },
      needs: [
        '  user_name                   = "u"',
        '  user_policy_name            = "up"',
        '  user_policy_type            = "managed"',
        '  lambda_role_name            = "r"',
        '  lambda_role_policy_name     = "rp"',
        '  lambda_role_policy_type     = "managed"',
        "  create_executionrole_policy = false",
        '  path                        = "/video/"',
        '  partition                   = "aws-cn"',
      ].join("\n"),
    },
    "into remotion-user": {
      args: ["--module", "remotion-user", "--role-name", "r"],
      imports: {
        "m.aws_iam_user.this": "remotion-user",
        "m.aws_iam_user_policy.this[0]": "remotion-user:remotion-user-policy",
      },
      needs: '  lambda_role_name = "r"',
    },
    "into remotion-lambda-role": {
      args: ["--module", "remotion-lambda-role"],
      imports: {
        "m.aws_iam_role.this": "remotion-lambda-role",
        "m.aws_iam_policy.this[0]": `${ARN}/remotion-lambda-policy`,
        "m.aws_iam_role_policy_attachment.this[0]": `remotion-lambda-role/${ARN}/remotion-lambda-policy`,
      },
      needs: '  policy_type = "managed"',
    },
    "into remotion-executionrole-policy": {
      args: ["--module", "remotion-executionrole-policy", "--attached-role", "api=a"],
      imports: {
        "m.aws_iam_policy.this": `${ARN}/remotion-executionrole-policy`,
        'm.aws_iam_role_policy_attachment.this["api"]': `a/${ARN}/remotion-executionrole-policy`,
      },
      needs: '  role_names = {\n    api = "a"\n  }',
    },
  };

  it.each(Object.entries(cases))("%s", async (_what, { args, imports, needs }) => {
    const call = ["import", "--address", "module.m", "--account", ACCOUNT, ...args];
    const hcl = await runRecorded(...call);
    const json = await runRecorded(...call, "--format", "json");

    const blocks = Object.entries(imports).map(([to, id]) => ({ to: `module.${to}`, id }));
    expect(JSON.parse(json.results)).toEqual({ import: blocks });
    expect(await blocksIn(hcl.results)).toEqual({ import: blocks });
    expect(hcl.notes).toContain(`beside its source:\n\n${needs}\n`);
    expect([hcl.exitCode, json.exitCode]).toEqual([0, 0]);
  });

  it("names what will differ", async () => {
    const { notes } = await runRecorded(
      ...["import", "--address", "module.m", "--account", ACCOUNT],
    );

    for (const text of [
      "0 to move, 6 to import.",
      "  module.m.aws_iam_role.lambda_role: description, tags\n",
      "  module.m.aws_iam_policy.executionrole_policy[0]: tags\n",
      "Managed policies keep their descriptions",
      "Access keys stay as they are",
      "permissions_boundary_arn",
      "another release than Remotion",
    ]) {
      expect(notes).toContain(text);
    }
  });

  it("says that no arguments are needed where none are", async () => {
    const { notes } = await runRecorded(
      ...["import", "--address", "module.m", "--account", ACCOUNT, "--module", "remotion-user"],
    );

    expect(notes).toContain("module.m needs no arguments beside its source.");
  });
});

describe("import, of what an account has,", () => {
  const role = (name: string) => ({
    Arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    Path: "/",
    RoleName: name,
    AssumeRolePolicyDocument: {},
    RolePolicyList: [{ PolicyName: "remotion-lambda-policy", PolicyDocument: {} }],
    AttachedManagedPolicies: [],
  });
  const page = (name: string, more: object) => {
    const lists = { UserDetailList: [], GroupDetailList: [], Policies: [] };
    return JSON.stringify({ ...lists, RoleDetailList: [role(name)], ...more });
  };
  const call = (...files: string[]) => [
    ...["import", "--address", "module.m", "--no-user", "--no-executionrole-policy"],
    ...files.flatMap((file) => ["--account-details", file]),
  ];

  it("is imported, whichever page it is on", async () => {
    const folder = temporaryFolder();
    writeFile(folder, "1.json", page("other", { IsTruncated: true, Marker: "m" }));
    writeFile(folder, "2.json", page("remotion-lambda-role", { IsTruncated: false }));
    const { exitCode, results, notes } = await runRecorded(
      ...call(join(folder, "1.json"), join(folder, "2.json")),
    );

    expect(await blocksIn(results)).toEqual({
      import: [
        { to: "module.m.aws_iam_role.lambda_role", id: "remotion-lambda-role" },
        {
          to: "module.m.aws_iam_role_policy.lambda_role[0]",
          id: "remotion-lambda-role:remotion-lambda-policy",
        },
      ],
    });
    expect(notes).toContain("module.m.aws_iam_role_policy.lambda_role[0]: policy");
    expect(notes).not.toContain("more pages");
    expect(exitCode).toBe(0);
  });

  it("says where there may be more", async () => {
    const folder = temporaryFolder();
    writeFile(folder, "1.json", page("remotion-lambda-role", { IsTruncated: true, Marker: "m" }));

    expect((await runRecorded(...call(join(folder, "1.json")))).notes).toContain(
      "- The answer has more pages",
    );
  });

  it.each<[string, string, readonly string[], string]>([
    ["a number of an account", page("r", {}), ["--account", ACCOUNT], "all that --account would"],
    ["a state", page("r", {}), ["--state", "state.json"], "all that --state would"],
    ["no answer", "{}", [], "1.json: The file is no answer of the `aws` command line about IAM"],
    ["no JSON", "x", [], "1.json: The file is not JSON"],
    ["nothing of it", page("r", {}), [], "The account has none of remotion-lambda-role"],
  ])("is refused with %s", async (_what, text, more, says) => {
    const folder = temporaryFolder();
    writeFile(folder, "1.json", text);
    const { exitCode, results, notes } = await runRecorded(
      ...call(join(folder, "1.json")),
      ...more,
    );

    expect(notes).toContain(says);
    expect([exitCode, results]).toEqual([2, ""]);
  });
});

describe("import, of what a state has,", () => {
  const role = { name: "remotion-lambda-role", path: "/", tags: { "a b": "1", team: "video" } };
  const inline = { role: "remotion-lambda-role", name: "remotion-lambda-policy", policy: "{}" };
  const shown = {
    format_version: "1.0",
    terraform_version: "1.9.0",
    values: {
      root_module: {
        resources: [
          managed('aws_iam_role.r["a.b"]', "aws_iam_role", role),
          managed("aws_iam_role_policy.r[1]", "aws_iam_role_policy", inline),
        ],
      },
    },
  };
  const raw = {
    version: 4,
    terraform_version: "1.9.0",
    serial: 1,
    resources: [
      rawResource("aws_iam_role", "a.b", role),
      rawResource("aws_iam_role_policy", 1, inline),
    ],
  };

  it.each([
    { form: "terraform show -json", state: shown },
    { form: "terraform.tfstate", state: raw },
  ])("as $form: moved, what it lacks imported", async ({ state }) => {
    const folder = temporaryFolder();
    writeFile(folder, "state.json", JSON.stringify(state));
    const call = [
      ...["import", "--address", "module.m", "--state", join(folder, "state.json")],
      ...["--account", ACCOUNT, "--no-user", "--attached-role", "api=video-api"],
    ];
    const hcl = await runRecorded(...call);
    const json = await runRecorded(...call, "--format", "json");

    const blocks = {
      moved: [
        { from: 'aws_iam_role.r["a.b"]', to: "module.m.aws_iam_role.lambda_role" },
        { from: "aws_iam_role_policy.r[1]", to: "module.m.aws_iam_role_policy.lambda_role[0]" },
      ],
      import: [
        {
          to: "module.m.aws_iam_policy.executionrole_policy[0]",
          id: `${ARN}/remotion-executionrole-policy`,
        },
        {
          to: 'module.m.aws_iam_role_policy_attachment.executionrole_policy["api"]',
          id: `video-api/${ARN}/remotion-executionrole-policy`,
        },
      ],
    };
    expect(JSON.parse(json.results)).toEqual(blocks);
    expect(await blocksIn(hcl.results)).toEqual(blocks);
    expect(hcl.results).toContain(
      'moved {\n  from = aws_iam_role.r["a.b"]\n  to   = module.m.aws_iam_role.lambda_role\n}\n\nmoved {',
    );
    expect(hcl.notes).toContain('  tags = {\n    "a b" = "1"\n    team  = "video"\n  }');
    expect(json.notes).toContain('  "tags": {\n    "a b": "1",\n    "team": "video"\n  }');
  });

  function managed(address: string, type: string, values: object) {
    return { address, mode: "managed", type, values };
  }

  function rawResource(type: string, index_key: string | number, attributes: object) {
    return { mode: "managed", type, name: "r", instances: [{ index_key, attributes }] };
  }
});

describe("the address of a module", () => {
  it.each([
    "module.remotion",
    "module.a.module.b",
    'module.remotion["eu"]',
    'module.remotion["eu central.1"]',
    "module.remotion[0]",
    'module.a[1].module.b["x"].module.c',
    "module.über-name",
  ])("may be %s", async (address) => {
    const call = ["import", "--address", address, "--account", ACCOUNT];
    const [hcl, json] = [await runRecorded(...call), await runRecorded(...call, "--format=json")];

    expect(hcl.exitCode).toBe(0);
    expect(await blocksIn(hcl.results)).toEqual(JSON.parse(json.results));
  });

  it.each([
    "",
    "remotion",
    "module",
    "module.",
    "module.remotion.",
    "module.1a",
    "module.a.b",
    "module.remotion.aws_iam_user.this",
    "data.aws_iam_user.this",
    "module.remotion[]",
    "module.remotion[01]",
    "module.remotion[-1]",
    "module.remotion[x]",
    "module.remotion['x']",
    'module.remotion[""]',
    'module.remotion["a"b"]',
    'module.remotion["a\\"]',
    'module.remotion["${var.x}"]',
    'module.remotion["%{ if true }"]',
    'module.remotion["a\nb"]',
    "module.remotion\n",
    "module.remotion\n}\nresource",
    "module.remotion }",
    "module.remotion # comment",
    "module.${x}",
    "module.*",
  ])("may not be %j", async (address) => {
    const { exitCode, results, notes } = await runRecorded(
      ...["import", `--address=${address}`, "--account", ACCOUNT],
    );

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    expect(notes).toContain(MODULE_ADDRESS.requirement);
  });
});

describe("import refuses, as bad usage,", () => {
  const state = (text: string) => {
    const folder = temporaryFolder();
    writeFile(folder, "state.json", text);
    return ["--state", join(folder, "state.json")];
  };
  const refusals: Record<string, { args: () => readonly string[]; says: readonly string[] }> = {
    "neither an account nor a state": { args: () => [], says: ["--account", "--state"] },
    "an account that is none": {
      args: () => ["--account", "12345"],
      says: ['--account is "12345"', ACCOUNT_ID.requirement],
    },
    "a path without slashes": {
      args: () => ["--account", ACCOUNT, "--path", "video"],
      says: ['--path is "video"', IAM_PATH.requirement],
    },
    "an ARN as a role's name": {
      args: () => ["--account", ACCOUNT, "--role-name", "arn:aws:iam::1:role/x"],
      says: ["--role-name", ROLE_NAME.requirement],
    },
    "a template as a policy's name": {
      args: () => ["--account", ACCOUNT, "--policy-name", "${x}"],
      says: ['--policy-name is "${x}"'],
    },
    "a line break in a user's name": {
      args: () => ["--account", ACCOUNT, "--user-name", "a\nb"],
      says: ['--user-name is "a\\nb"'],
    },
    "a module that holds none of it": {
      args: () => ["--account", ACCOUNT, "--module", "remotion-bucket-grants"],
      says: ["remotion-bucket-grants"],
    },
    "an attached role without its key": {
      args: () => ["--account", ACCOUNT, "--attached-role", "video-api"],
      says: ['--attached-role is "video-api"', "api=video-api"],
    },
    "an attached role with an empty key": {
      args: () => ["--account", ACCOUNT, "--attached-role", "=video-api"],
      says: ['--attached-role is "=video-api"'],
    },
    "an attached role with a quote in its key": {
      args: () => ["--account", ACCOUNT, "--attached-role", 'a"]=video-api'],
      says: ["--attached-role is"],
    },
    "an attached role with a template in its key": {
      args: () => ["--account", ACCOUNT, "--attached-role", "${x}=video-api"],
      says: ["--attached-role is"],
    },
    "an attached role by its ARN": {
      args: () => ["--account", ACCOUNT, "--attached-role", "a=arn:aws:iam::1:role/x"],
      says: ["--attached-role is"],
    },
    "two attached roles with one key": {
      args: () => ["--account", ACCOUNT, "--attached-role", "a=b", "--attached-role", "a=c"],
      says: ['the key "a" twice'],
    },
    "a role that is attached twice": {
      args: () => ["--account", ACCOUNT, "--attached-role", "a=c", "--attached-role", "b=c"],
      says: ['the role "c" twice'],
    },
    "attached roles of a module that attaches to none": {
      args: () => [
        ...["--account", ACCOUNT, "--module", "remotion-user", "--attached-role", "a=b"],
      ],
      says: ["--attached-role does not apply to the module remotion-user"],
    },
    "no user for the module that is the user": {
      args: () => ["--account", ACCOUNT, "--module", "remotion-user", "--no-user"],
      says: ["--no-user does not apply to the module remotion-user"],
    },
    "no policy for the module that is the policy": {
      args: () => [
        ...["--account", ACCOUNT, "--module", "remotion-executionrole-policy"],
        "--no-executionrole-policy",
      ],
      says: ["--no-executionrole-policy does not apply"],
    },
    "one managed policy for two": {
      args: () => [
        ...["--account", ACCOUNT, "--user-policy-type", "managed"],
        ...["--user-policy-name", "remotion-executionrole-policy"],
      ],
      says: [`${ARN}/remotion-executionrole-policy would be the policy of two`],
    },
    "a state that cannot be read": {
      args: () => ["--state", "/no/such/file"],
      says: ["/no/such/file cannot be read"],
    },
    "a plan in place of a state": {
      args: () => state('{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{}}'),
      says: ["not a state", "terraform show -json > state.json"],
    },
    "HCL in place of a state": {
      args: () => state('resource "aws_iam_user" "a" {}'),
      says: ["state.json: The file is written in Terraform's own language"],
    },
    "a list in place of a state": { args: () => state("[]"), says: ["not a state"] },
    "a state with nothing of it": {
      args: () =>
        state(
          '{"format_version":"1.0","terraform_version":"1.9.0","values":{"root_module":{"resources":[{"address":"aws_iam_role.x","mode":"managed","type":"aws_iam_role","values":{"name":"x"}}]}}}',
        ),
      says: ["none of remotion-user, remotion-lambda-role, remotion-executionrole-policy", "has x"],
    },
  };

  it.each(Object.entries(refusals))("%s", async (_what, { args, says }) => {
    const { exitCode, results, notes } = await runRecorded(
      ...["import", "--address", "module.m", ...args()],
    );

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    for (const text of says) {
      expect(notes).toContain(text);
    }
    expect(notes).toContain("Try remotion-lambda-terraform import --help.");
  });
});

describe("import, of what the errors of an apply name,", () => {
  const log = [
    "Error: creating IAM Role (r): EntityAlreadyExists: Role with name r already exists.",
    "",
    "  with module.m.aws_iam_role.lambda_role,",
    "Error: creating IAM Policy (p): EntityAlreadyExists: A policy called p already exists.",
    "",
    '  with module.m["e u"].aws_iam_policy.user[0],',
    "Error: creating IAM Access Key (u): LimitExceeded: \u001b[2J\u202e",
    "",
    "  with module.m.aws_iam_access_key.user[0],",
  ].join("\n");

  const calling = (...options: readonly string[]) => {
    const folder = temporaryFolder();
    writeFile(folder, "apply.log", log);
    return runRecorded("import", "--from-error", join(folder, "apply.log"), ...options);
  };

  it("prints the blocks, and on stderr what else there is to know", async () => {
    const { exitCode, results, notes } = await calling("--account", ACCOUNT, "--path", "/video/");

    expect(exitCode).toBe(0);
    expect(await blocksIn(results)).toEqual({
      import: [
        { to: "module.m.aws_iam_role.lambda_role", id: "r" },
        { to: 'module.m["e u"].aws_iam_policy.user[0]', id: `${ARN}/video/p` },
      ],
    });
    expect(notes).toMatch(/^2 to import\.\n\n- module\.m\.aws_iam_access_key\.user\[0\] cannot/);
    expect(results + notes).not.toContain("LimitExceeded");
    expect(notes).not.toContain("needs no arguments");
  });

  it("as JSON, and of one module alone", async () => {
    const { results, notes } = await calling("--address", "module.m", "--format", "json");

    expect(JSON.parse(results)).toEqual({
      import: [{ to: "module.m.aws_iam_role.lambda_role", id: "r" }],
    });
    expect(notes).toContain('module.m["e u"].aws_iam_policy.user[0] is not in module.m: left out.');
  });

  it.each([
    { what: "no account", options: [], says: "The policy p is imported by ARN" },
    {
      what: "a state besides",
      options: ["--state", "x"],
      says: "--from-error takes what Terraform's errors name, and --state what they cannot know",
    },
    {
      what: "an account's details besides",
      options: ["--account-details", "x"],
      says: "and --account-details what",
    },
    { what: "a wrong account", options: ["--account", "1"], says: '--account is "1", which' },
    {
      what: "an address that is none",
      options: ["--account", ACCOUNT, "--address", "m"],
      says: '--address is "m", which is not the address of a module',
    },
    {
      what: "an address with nothing",
      options: ["--account", ACCOUNT, "--address", "module.x"],
      says: "- module.m.aws_iam_role.lambda_role is not in module.x: left out.",
    },
  ])("refuses $what", async ({ options, says }) => {
    const { exitCode, results, notes } = await calling(...options);

    expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
    expect(notes).toContain(says);
  });
});

/** The `moved` and `import` blocks of a file in HCL, as Terraform's JSON syntax has them. */
async function blocksIn(hcl: string): Promise<Record<string, Record<string, string>[]>> {
  const parsed = (await parse("blocks.tf", hcl)) as Record<string, Record<string, string>[]>;
  const unwrapped = (text: string) => text.replace(/^\$\{(.*)\}$/s, "$1");
  return Object.fromEntries(
    Object.entries(parsed).map(([type, blocks]) => [
      type,
      blocks.map((block) =>
        Object.fromEntries(Object.entries(block).map(([key, value]) => [key, unwrapped(value)])),
      ),
    ]),
  );
}

describe("a file that cannot be read", () => {
  const BAD: Readonly<Record<string, string>> = {
    "an empty one": "",
    "no JSON": '{"a":',
    "one that nests too deep": "[".repeat(1000),
    "one of white space": " ".repeat(17_000_000),
    "a table": "Terraform will perform the following actions:",
  };

  it.each(
    Object.keys(BAD).flatMap((what) => [
      { what, option: "--state", says: "give state.json" },
      { what, option: "--account-details", says: "get-account-authorization-details" },
    ]),
  )(
    "is answered by how to get the right one: $what for $option",
    async ({ what, option, says }) => {
      const folder = temporaryFolder();
      const file = join(folder, "file.json");
      writeFile(folder, "file.json", BAD[what] ?? "");
      const { exitCode, results, notes } = await runRecorded(
        "import",
        "--address",
        "module.a",
        option,
        file,
      );

      expect({ exitCode, results }).toEqual({ exitCode: 2, results: "" });
      expect(notes).toContain(says);
      expect(notes).not.toContain("plan.json");
    },
  );
});
