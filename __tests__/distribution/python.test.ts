import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { moduleSource } from "../support/module-sources.js";
import { blocksIn } from "../support/page-blocks.js";
import { unlessTorture } from "../support/part.js";
import { REPOSITORY } from "../support/repository.js";
import { describeUnless } from "../support/suites.js";
import { Workspace } from "../support/workspace.js";

const PAGE = readFileSync(join(REPOSITORY, "docs", "CDKTF.md"), "utf8");
const HEADING = "## From Python, Java, C# or Go";

const blockOf = (language: string) => blocksIn(PAGE, HEADING, language)[0] ?? "";

/** Why the packages of Python cannot be had; undefined where they can. */
function unlessPython(workspace: Workspace): string | undefined {
  const [install = ""] = blockOf("sh").split("\n");
  const commands: readonly (readonly string[])[] = [
    ["python3", "-m", "venv", "venv"],
    [join(workspace.path, "venv", "bin", "python3"), "-m", ...install.split(" "), "--quiet"],
  ];
  for (const [program = "", ...args] of commands) {
    const { status, error, stderr } = spawnSync(program, args, {
      cwd: workspace.path,
      encoding: "utf8",
    });
    if (status !== 0) {
      return `${args.join(" ")} does not work: ${error?.message ?? stderr.split("\n")[0]}`;
    }
  }
  return undefined;
}

const SLOW =
  inject("terraform").missing ?? unlessTorture("programs in Python, for which pip asks PyPI", 1);

describeUnless(SLOW)("A module in Python, as docs/CDKTF.md has it", () => {
  it("is synthesized to a call of the module", async (context) => {
    const workspace = new Workspace();
    const missing = unlessPython(workspace);
    if (missing !== undefined) {
      context.skip(missing);
    }
    const path = [
      join(workspace.path, "venv", "bin"),
      join(REPOSITORY, "node_modules", ".bin"),
      process.env["PATH"],
    ].join(delimiter);
    workspace
      .copy(moduleSource("remotion-lambda", "hcl"), "modules/remotion-lambda")
      .write("cdktf.json", blockOf("json"))
      .write("main.py", blockOf("py"));
    const [, ...commands] = blockOf("sh").trim().split("\n");
    for (const command of commands) {
      await workspace.run("env", [`PATH=${path}`, ...command.replace(/^npx /, "").split(" ")]);
    }

    const { module, output } = JSON.parse(workspace.read("cdktf.out/stacks/video/cdk.tf.json"));
    expect(module.remotion).toMatchObject({
      role_names: { api: "video-api" },
      executionrole_policy_profile: "render",
    });
    expect(output.custom_role_arn.value).toBe("${module.remotion.lambda_role_arn}");
    // The module lies in the output, whole, so that Terraform finds it there.
    const folder = join(workspace.path, "cdktf.out/stacks/video", module.remotion.source);
    expect(readdirSync(folder)).toEqual(readdirSync(moduleSource("remotion-lambda", "hcl")));
    workspace.remove();
  });
});

describe("docs/CDKTF.md", () => {
  it("has a whole program in Python", () => {
    expect(blockOf("json")).toContain('"language": "python"');
    expect(blockOf("py")).toContain("app.synth()");
    expect(blockOf("sh").trim().split("\n")).toHaveLength(3);
  });
});
