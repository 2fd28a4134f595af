import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Engine, findEngines, newestTofu } from "../../../scripts/engines/engines.js";
import { playFolder, tableOf } from "../../../scripts/engines/play-folder.js";
import { describeUnless } from "../../support/suites.js";
import { Workspace } from "../../support/workspace.js";
import { temporaryFolder } from "../support/folder.js";

const POSIX =
  process.platform === "win32" ? "The programs that stand in are scripts of a shell." : undefined;

/** A program that stands in for an engine. */
function program(folder: string, name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const says = (text: string) => `echo '${text}'`;

describeUnless(POSIX)("Engines", () => {
  it("are found by their names, and are what they say, each version once", () => {
    const [named, path] = [temporaryFolder(), temporaryFolder()];
    program(named, "terraform-1.5", says("Terraform v1.5.7\non linux_amd64"));
    program(named, "tofu", says("OpenTofu v1.12.6\non linux_amd64"));
    program(named, "tofu-1.9", says("OpenTofu v1.9.1\non linux_amd64"));
    program(named, "tofu-1.13", says("OpenTofu v1.13.0-rc1\non linux_amd64"));
    program(named, "terraform-docs", says("Terraform v9.9.9"));
    program(named, "terraform-1.2", says("something else"));
    program(path, "terraform", says("Terraform v1.15.9\non linux_amd64"));
    program(path, "tofu", says("OpenTofu v1.12.6\non linux_amd64"));

    const engines = findEngines({ TF_ENGINES: named, PATH: `${path}:/nonexistent:/dev/null:` });

    expect(engines).toEqual([
      { product: "terraform", version: "1.5.7", program: join(named, "terraform-1.5") },
      { product: "terraform", version: "1.15.9", program: join(path, "terraform") },
      { product: "tofu", version: "1.9.1", program: join(named, "tofu-1.9") },
      { product: "tofu", version: "1.12.6", program: join(named, "tofu") },
    ]);
    expect(newestTofu(engines)?.version).toBe("1.12.6");
    expect(newestTofu(engines, "1.13.0")).toBeUndefined();
    expect(findEngines({})).toEqual([]);
  });

  const FOLDER = { path: "modules/x", inputs: { name: "a" }, hasTests: true };

  /** What each command of an engine was, and how the folder fared. */
  async function played(product: Engine["product"], version: string, script: string) {
    const workspace = new Workspace();
    workspace.write("x/main.tf", "");
    const path = program(workspace.path, "engine", `echo "$*" >> ../calls\n${script}`);
    const engine: Engine = { product, version, program: path };
    const result = await playFolder(engine, FOLDER, workspace, "x");
    const calls = workspace.read("calls").trim().split("\n");
    workspace.remove();
    return { result, calls, table: tableOf([result]) };
  }

  it.each<[Engine["product"], string, readonly string[]]>([
    ["terraform", "1.5.7", ["init", "validate", "plan"]],
    ["terraform", "1.6.6", ["init -test-directory=none", "validate -test-directory=none", "plan"]],
    ["terraform", "1.7.0", ["init", "validate", "test", "plan"]],
    ["tofu", "1.7.9", ["init -test-directory=none", "validate -test-directory=none", "plan"]],
    ["tofu", "1.8.0", ["init", "validate", "test", "plan"]],
  ])("do what they can: %s %s", async (product, version, expected) => {
    const { calls } = await played(product, version, "");

    expect(calls.map((call) => call.replaceAll(/ -(no-color|input=false)/g, ""))).toEqual(expected);
  });

  it("tell what went well", async () => {
    const { table } = await played(
      "tofu",
      "1.8.0",
      'case $1 in test) echo "Success! 12 passed, 0 failed.";; plan) echo "Plan: 3 to add, 0 to change, 0 to destroy.";; esac',
    );

    expect(table).toBe(
      [
        "| engine | folder | init | validate | test | plan |",
        "| --- | --- | --- | --- | --- | --- |",
        "| tofu 1.8.0 | modules/x | ok | ok | 12 passed | 3 to add |",
        "",
      ].join("\n"),
    );
  });

  it("stop where something fails, and say what", async () => {
    const { result, calls, table } = await played(
      "tofu",
      "1.8.0",
      'case $1 in test) echo "1 passed, 1 failed."; echo "Error: x" >&2; exit 1;; esac',
    );

    expect(table).toContain("| tofu 1.8.0 | modules/x | ok | ok | FAILED | – |");
    expect(result.failure).toBe("1 passed, 1 failed.\nError: x\n");
    expect(calls).toHaveLength(3);
  });
});
