import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { builtPackage } from "../../support/built-package.js";
import { REPOSITORY } from "../../support/repository.js";
import { describeUnless } from "../../support/suites.js";
import { temporaryFolder } from "../support/folder.js";
import { NO_RUNNER, runStep } from "../support/run-step.js";

const ACTION = join(REPOSITORY, ".github", "actions", "verify", "action.yml");

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly [Step, Step, Step, Step] };
}

const action = parse(readFileSync(ACTION, "utf8")) as Action;
const [event, verify, comment, result] = action.runs.steps;

const lacking = {
  ...userPolicy(),
  Statement: userPolicy().Statement.filter(({ Sid }) => Sid !== "HandleQuotas"),
};

/** A role whose boundary is not in the file. */
const untold = {
  format_version: "1.0",
  values: {
    root_module: {
      resources: [
        {
          address: "aws_iam_user.u",
          mode: "managed",
          type: "aws_iam_user",
          name: "u",
          values: {
            name: "remotion-user",
            path: "/",
            permissions_boundary: "arn:aws:iam::123456789012:policy/limit",
          },
        },
        {
          address: "aws_iam_user_policy.u",
          mode: "managed",
          type: "aws_iam_user_policy",
          name: "u",
          values: { name: "p", user: "remotion-user", policy: JSON.stringify(userPolicy()) },
        },
      ],
    },
  },
};

describe("the GitHub action", () => {
  it("is of steps of its own alone, and no expression stands in a script", () => {
    expect(action.runs.using).toBe("composite");
    for (const { run, uses, shell } of action.runs.steps) {
      expect(uses).toBeUndefined();
      expect(shell).toBe("bash");
      expect(run).not.toContain("${{");
    }
    expect(action.inputs["command"]?.default).toBe("npx --no remotion-lambda-terraform");
  });

  it("goes on only where the step before says so", () => {
    expect(event.if).toBeUndefined();
    expect(verify.if).toBe("steps.event.outputs.goes-on == 'true'");
    expect(comment.if).toBe("steps.verify.outputs.status != ''");
    expect(result.if).toBe("steps.verify.outputs.status != ''");
  });
});

describeUnless(NO_RUNNER)("its step about the event", () => {
  it("goes on for a pull request", async () => {
    const { status, handedOn, output } = await runStep(event, { EVENT: "pull_request" });
    expect({ status, handedOn, output }).toEqual({
      status: 0,
      handedOn: "goes-on=true\n",
      output: "",
    });
  });

  it.each(["push", "pull_request_target", "schedule", "workflow_dispatch"])(
    "ends with a sentence for %s",
    async (name) => {
      const { status, handedOn, output } = await runStep(event, { EVENT: name });
      expect({ status, handedOn }).toEqual({ status: 0, handedOn: "" });
      expect(output).toBe(
        `Nothing is verified: the event is ${name}, and this action is for pull_request alone.\n`,
      );
    },
  );
});

describeUnless(NO_RUNNER)("its step that verifies", () => {
  const run = async (file: unknown, options = "", given?: string) => {
    const { commandLine } = await builtPackage();
    const command = given ?? `${process.execPath} ${commandLine}`;
    const folder = temporaryFolder();
    writeFileSync(join(folder, "-plan of mine.json"), JSON.stringify(file));
    const env = { PLAN: "-plan of mine.json", OPTIONS: options, COMMAND: command };
    return runStep(verify, env, {}, folder);
  };

  it.each<[string, unknown, string, number]>([
    ["complete", userPolicy(), "", 0],
    ["missing", lacking, "", 1],
    ["untold", untold, "", 3],
    ["untold, which is allowed", untold, "\n--allow-untold\n", 0],
    [
      "options with spaces and signs",
      rolePolicy(),
      "--forbid=sqs:$(touch x)\n--role-profile=full",
      0,
    ],
  ])("%s", async (_name, file, options, exitCode) => {
    const { status, handedOn, summary, output, folder } = await run(file, options);
    expect(status, output).toBe(0);
    expect(handedOn).toBe(`status=${exitCode}\n`);
    expect(summary).toMatch(/^<!-- remotion-lambda-terraform verify -->\n### /);
    expect(readFileSync(join(folder, "remotion-verify.md"), "utf8")).toBe(summary);
    expect(output).toMatch(/ as (a user or caller|the role of Remotion's functions), /);
    expect(existsSync(join(folder, "x"))).toBe(false);
  });

  it.each<[string, unknown, string, string | undefined, number]>([
    ["a file that cannot be read", { a: 1 }, "", undefined, 2],
    ["an option that is none", userPolicy(), "--regoin=x", undefined, 2],
    ["a command that is not there", userPolicy(), "", "no-such-command", 127],
  ])("ends with a sentence: %s", async (_name, file, options, command, exitCode) => {
    const { status, handedOn, output } = await run(file, options, command);
    expect(status).toBe(exitCode);
    expect(handedOn).toBe("");
    expect(output).toContain(`Nothing was verified: the command ended with ${exitCode}.`);
  });
});

describeUnless(NO_RUNNER)("its step that comments", () => {
  const HEAD = "<!-- remotion-lambda-terraform verify -->";
  const MARK = `${HEAD}\n<!-- of staging/plan.json -->`;
  /** A `gh` that notes what it is called with, and knows some comments. */
  const gh = (comments: readonly object[], fails = "") => `
    const { appendFileSync } = require("node:fs");
    const args = process.argv.slice(2);
    appendFileSync("calls", JSON.stringify({ args, token: process.env.GH_TOKEN, repo: process.env.GH_REPO }) + "\\n");
    if (${JSON.stringify(fails)} === args.slice(0, 2).join(" ")) { console.error("HTTP 403"); process.exit(1); }
    if (args[1] === "view") console.log(JSON.stringify({ comments: ${JSON.stringify(comments)} }));
  `;
  const run = async (comments: readonly object[], fails?: string, plan = "staging/plan.json") => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "remotion-verify.md"), `${HEAD}\nreport`);
    const env = {
      GH_TOKEN: "token",
      GH_REPO: "some/repository",
      NUMBER: "7",
      PLAN: plan,
    };
    const ended = await runStep(comment, env, { gh: gh(comments, fails) }, folder);
    const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
    const read = calls.map(
      (call) => JSON.parse(call) as { args: string[]; token: string; repo: string },
    );
    return { ...ended, calls: read };
  };

  it.each<[string, readonly object[]]>([
    ["there is none", []],
    [
      "there is one of somebody else's, with the mark",
      [{ id: "IC_1", viewerDidAuthor: false, body: MARK }],
    ],
    [
      "there is one of its own without the mark",
      [{ id: "IC_2", viewerDidAuthor: true, body: `x ${MARK}` }],
    ],
    [
      "there is one of its own about another plan",
      [
        {
          id: "IC_4",
          viewerDidAuthor: true,
          body: `${HEAD}\n<!-- of production/plan.json -->\nold`,
        },
      ],
    ],
  ])("writes a comment where %s", async (_name, comments) => {
    const { status, calls, folder } = await run(comments);
    expect(status).toBe(0);
    expect(calls.map(({ args }) => args)).toEqual([
      ["pr", "view", "7", "--json", "comments"],
      ["pr", "comment", "7", "--body-file", join(folder, "remotion-verify-comment.md")],
    ]);
    expect(readFileSync(join(folder, "remotion-verify-comment.md"), "utf8")).toBe(
      `${MARK}\nreport`,
    );
    expect(calls[1]).toMatchObject({ token: "token", repo: "some/repository" });
  });

  it("brings its own up to date", async () => {
    const { status, calls, folder } = await run([
      { id: "IC_1", viewerDidAuthor: false, body: MARK },
      { id: "IC_3", viewerDidAuthor: true, body: `${MARK}\r\nold` },
    ]);
    expect(status).toBe(0);
    expect(calls[1]?.args.slice(0, 7)).toEqual([
      ...["api", "graphql", "--silent", "-f", "id=IC_3", "-F"],
      `body=@${join(folder, "remotion-verify-comment.md")}`,
    ]);
    expect(calls[1]?.args.at(-1)).toContain("updateIssueComment(input: { id: $id, body: $body })");
  });

  it("lets nothing of a path out of the mark", async () => {
    const { folder } = await run([], undefined, "a --> <b>\n.json");
    const [, second, third] = readFileSync(
      join(folder, "remotion-verify-comment.md"),
      "utf8",
    ).split("\n");

    expect([second, third]).toEqual(["<!-- of a_--___b__.json -->", "report"]);
  });

  it.each(["pr view", "pr comment"])(
    "goes on with a sentence where %s is refused",
    async (call) => {
      const { status, output, calls } = await run([], call);
      expect(status).toBe(0);
      expect(output).toContain("The comment is not written: the token needs pull-requests: write");
      expect(calls).toHaveLength(call === "pr view" ? 1 : 2);
    },
  );
});

describeUnless(NO_RUNNER)("its last step", () => {
  it.each([0, 1, 3])("ends with %d as verify did", async (code) => {
    expect((await runStep(result, { STATUS: String(code) })).status).toBe(code);
  });
});

/** The YAML that docs/CI.md shows. */
const SHOWN = Array.from(
  readFileSync(join(REPOSITORY, "docs", "CI.md"), "utf8").matchAll(/^```yaml\n(.*?)^```$/gms),
  ([, yaml = ""]) => parse(yaml) as Record<string, unknown>,
);

/** An `npx --no` that runs this repository's command line. */
const npx = (binary: string) => `
  const [no, name, ...args] = process.argv.slice(2);
  if (no !== "--no" || name !== "remotion-lambda-terraform") process.exit(99);
  const { status } = require("node:child_process").spawnSync(process.execPath, [${JSON.stringify(binary)}, ...args], { stdio: "inherit" });
  process.exit(status);
`;

describeUnless(NO_RUNNER)("what docs/CI.md shows", () => {
  it("GitHub: names the action of this repository, and inputs that it has", () => {
    const [github] = SHOWN as [{ jobs: { verify: { steps: { uses?: string; with?: object }[] } } }];
    const step = github.jobs.verify.steps.find(({ uses }) => uses !== undefined);
    expect(step?.uses).toMatch(/\/\.github\/actions\/verify@/);
    for (const input of Object.keys(step?.with ?? {})) {
      expect(action.inputs).toHaveProperty(input);
    }
  });

  it.each<[string, unknown, number]>([
    ["complete", userPolicy(), 0],
    ["missing", lacking, 1],
  ])("GitLab: %s", async (_name, file, exitCode) => {
    const { commandLine } = await builtPackage();
    const { verify: job } = SHOWN[1] as { verify: { script: readonly string[] } };
    const folder = temporaryFolder();
    writeFileSync(join(folder, "shown.json"), JSON.stringify(file));
    const terraform =
      'if (process.argv[2] === "show") console.log(require("node:fs").readFileSync("shown.json", "utf8"));';
    const programs = { npx: npx(commandLine), npm: "", terraform };
    const { status } = await runStep({ run: job.script.join("\n") }, {}, programs, folder);
    expect(status).toBe(exitCode);
    expect(readFileSync(join(folder, "verify.xml"), "utf8")).toContain("<testsuites ");
  });

  it.each<[string, readonly unknown[], number]>([
    ["all complete", [userPolicy(), rolePolicy()], 0],
    ["one that is not", [lacking, userPolicy()], 1],
  ])("pre-commit: %s", async (_name, policies, exitCode) => {
    const { commandLine } = await builtPackage();
    const { repos } = SHOWN[2] as { repos: { hooks: { entry: string; files: string }[] }[] };
    const { entry = "", files = "" } = repos[0]?.hooks[0] ?? {};
    const folder = temporaryFolder();
    mkdirSync(join(folder, "policies"));
    const names = policies.map((policy, number) => {
      const name = `policies/a policy ${number}.json`;
      writeFileSync(join(folder, name), JSON.stringify(policy));
      return name;
    });
    expect(names.every((name) => new RegExp(files).test(name))).toBe(true);
    expect(new RegExp(files).test("infra/cdktf.out/stacks/video/cdk.tf.json")).toBe(true);
    // pre-commit adds the names of the files to the entry.
    const run = `${entry} ${names.map((name) => `'${name}'`).join(" ")}`;
    expect((await runStep({ run }, {}, { npx: npx(commandLine) }, folder)).status).toBe(exitCode);
  });
});
