import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { startAws } from "../support/aws.js";
import { git } from "../support/git.js";
import type { Moto } from "../support/moto.js";
import { unlessTorture } from "../support/part.js";
import { itUnless, unlessAws } from "../support/suites.js";
import { findTool } from "../support/tools.js";
import { Workspace } from "../support/workspace.js";
import { runRecorded } from "../unit/support/recording-console.js";
import { type LoopbackHosts, unlessHosts } from "./support/loopback-hosts.js";
import { blockOf } from "./support/module-sources-page.js";
import { publishBuild, startPublishedSources } from "./support/published-sources.js";

const [TERRAGRUNT, TERRAMATE] = [findTool("terragrunt"), findTool("terramate")];

/** What the blocks of the tools make beside what the module makes by itself. */
const ATTACHMENT = 'module.remotion.aws_iam_role_policy_attachment.executionrole_policy["api"]';

const unless = (program: string | undefined, name: string) =>
  unlessAws ??
  unlessHosts ??
  (program === undefined ? `No ${name} on the PATH or in TF_ENGINES.` : undefined);

/** Why nothing is planned where no tool is. */
const ALWAYS = unlessAws ?? unlessHosts ?? unlessTorture("roots that Terramate generates", 1);

describe("A module, fetched by a tool around Terraform as docs/SOURCES.md has it", () => {
  let folder: string;
  let hosts: LoopbackHosts | undefined;
  let moto: Moto | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sources-tools-"));
    if (ALWAYS === undefined || unless(TERRAGRUNT ?? TERRAMATE, "tool") === undefined) {
      moto = await startAws();
      const { repository, release } = await publishBuild(folder);
      hosts = await startPublishedSources(repository, [release]);
    }
  });
  afterAll(async () => {
    await hosts?.stop();
    await moto?.stop();
    rmSync(folder, { recursive: true });
  });

  const caller = () => new Workspace({ ...moto?.environment, ...hosts?.environment });

  /** Runs the lines of the page's commands that begin with a program, which lies somewhere. */
  async function runLines(workspace: Workspace, heading: string, name: string, program = name) {
    const lines = blockOf(heading, "sh")
      .split("\n")
      .filter((line) => line.startsWith(`${name} `));
    const script = lines.map((line) => line.replace(name, '"$0"')).join("\n");
    await workspace.run("sh", ["-euc", script, program]);
    return lines.length;
  }

  itUnless(unless(TERRAGRUNT, "terragrunt"))(
    "is planned by Terragrunt, and the plan is read by verify",
    async () => {
      const workspace = caller().write("terragrunt.hcl", blockOf("Terragrunt", "hcl"));

      expect(await runLines(workspace, "Terragrunt", "terragrunt", TERRAGRUNT)).toBe(2);

      const plan = join(workspace.path, "plan.json");
      const { results, exitCode } = await runRecorded("verify", plan, "--json");
      expect(exitCode).toBe(0);
      expect(JSON.stringify(JSON.parse(results))).toContain("remotion-lambda-role");
      expect(workspace.read("plan.json")).toContain('"video-api"');
      workspace.remove();
    },
  );

  itUnless(ALWAYS)("is planned from what Terramate's block has as content", async () => {
    const [, content = ""] =
      /^generate_hcl "remotion\.tf" \{\n {2}content \{\n([\s\S]*)^ {2}\}\n\}\n$/m.exec(
        blockOf("Terramate", "hcl"),
      ) ?? [];
    const workspace = caller().write("remotion.tf", content);

    await workspace.init();

    const { resource_changes: changes = [] } = await workspace.plan();
    expect(changes.map(({ address }) => address)).toContain(ATTACHMENT);
    workspace.remove();
  });

  itUnless(unless(TERRAMATE, "terramate"))("is planned by Terramate", async () => {
    const workspace = caller();
    git(workspace.path, "init", "--quiet", "--initial-branch", "main");
    workspace.write("remotion/stack.tm.hcl", "stack {}\n");
    workspace.write("remotion/remotion.tm.hcl", blockOf("Terramate", "hcl"));
    workspace.write(".gitignore", ".terraform*\nplan\n*.tf\n");
    git(workspace.path, "add", "--all");
    git(workspace.path, "commit", "--quiet", "--message", "a stack");

    expect(await runLines(workspace, "Terramate", "terramate", TERRAMATE)).toBe(3);

    const { stdout } = await workspace.run("terraform", ["show", "-json", "plan"], "remotion");
    const { resource_changes: changes } = JSON.parse(stdout);
    expect(changes.map(({ address }: { address: string }) => address)).toContain(ATTACHMENT);
    workspace.remove();
  });
});
