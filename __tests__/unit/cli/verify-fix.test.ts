import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { temporaryFolder } from "../support/folder.js";
import { runRecorded } from "../support/recording-console.js";

function verify(content: unknown, ...options: string[]) {
  const file = join(temporaryFolder(), "input.json");
  writeFileSync(file, JSON.stringify(content));
  return runRecorded("verify", file, ...options);
}

const lacking = {
  ...userPolicy(),
  Statement: userPolicy().Statement.filter(({ Sid }) => Sid !== "HandleQuotas"),
};

/** A plan in which a module of ours makes a user for renders alone, in a call of that name. */
function planOf(call: string) {
  const address = `module.video[${JSON.stringify(call)}]`;
  const policy = JSON.stringify(userPolicy({ profile: "render" }));
  const resources = Object.entries({
    aws_iam_user: { name: "remotion-user", path: "/" },
    aws_iam_user_policy: { name: "p", user: "remotion-user", policy },
  }).map(([type, values]) => ({
    address: `${address}.${type}.user`,
    mode: "managed",
    type,
    name: "user",
    values,
  }));
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: { child_modules: [{ address, resources }] } },
    resource_changes: resources.map((one) => ({
      address: one.address,
      type: one.type,
      change: { actions: ["create"], before: null, after: one.values },
    })),
    configuration: {
      root_module: { module_calls: { video: { source: "./modules/remotion-user", module: {} } } },
    },
  };
}

describe("verify --fix", () => {
  it("writes the statements that are missing, in place of the report", async () => {
    const { exitCode, results } = await verify(lacking, "--fix");
    const [line, what, ...document] = results.split("\n");
    expect(exitCode).toBe(1);
    expect(line).toMatch(/^policy, as a user or caller, profile full: 37 of 39 allowed, 2 missing/);
    expect(what).toMatch(/^ {2}Add as a managed policy, of \d+ characters where IAM takes 6144:$/);
    expect(JSON.parse(document.join("\n"))).toEqual({
      Version: "2012-10-17",
      Statement: userPolicy().Statement.filter(({ Sid }) => Sid === "HandleQuotas"),
    });
  });

  it("writes the inputs of a module of ours", async () => {
    const { exitCode, results } = await verify(planOf("eu"), "--fix", "--user=remotion-user=full");
    expect(exitCode).toBe(1);
    expect(results.split("\n").slice(1)).toEqual([
      '  Set in module.video["eu"] (remotion-user):',
      'profile          = "full"',
      'lambda_role_name = "remotion-lambda-role"',
      'lambda_role_path = "/"',
    ]);
  });

  it.each(["\u001b[31m", "\u009b2J", "\n::error::x", "##[error]x", "\u202e", "${path.root}"])(
    "lets nothing of a file through raw: %j",
    async (text) => {
      for (const format of ["text", "json"]) {
        const options = ["--fix", "--format", format, "--user=remotion-user=full"];
        const { exitCode, results } = await verify(planOf(text), ...options);
        expect(exitCode).toBe(1);
        expect(results).toContain("lambda_role_name");
        expect(results).not.toMatch(/[^\P{C}\n]|##\[/u);
        expect(results).not.toMatch(/^\s*::/m);
      }
    },
  );

  it("says that nothing is missing", async () => {
    const { exitCode, results, notes } = await verify(userPolicy(), "--fix");
    expect({ exitCode, results }).toEqual({ exitCode: 0, results: "" });
    expect(notes).toContain("Nothing is missing");
  });

  it("stands in the report as JSON, and only where it is asked for", async () => {
    const { results } = await verify(lacking, "--fix", "--json");
    expect(JSON.parse(results)).toMatchObject({
      verified: [{ fix: { as: "managed policy", document: { Version: "2012-10-17" } } }],
    });
    expect((await verify(lacking, "--json")).results).not.toContain('"fix"');
  });

  it("is refused in a format that has no place for it", async () => {
    const { exitCode, notes } = await verify(lacking, "--fix", "--format", "sarif");
    expect(exitCode).toBe(2);
    expect(notes).toContain("--fix writes policy documents and inputs, and --format is sarif");
  });
});
