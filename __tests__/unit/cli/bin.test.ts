import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };
import { builtPackage } from "../../support/built-package.js";
import { readFolder, temporaryFolder } from "../support/folder.js";

const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url));

/* Everything that can be seen without a process of its own is in the other tests. */

let path = join(REPOSITORY, "lib", "cli", "bin.mjs");
beforeAll(async () => {
  if (process.env["COMMAND_LINE"] === "bundle") {
    path = (await builtPackage()).commandLine;
  }
});

describe("the binary", () => {
  it("prints results to stdout and nothing to stderr", () => {
    expect(binary(REPOSITORY, "policy", "user", "--partition", "aws-cn")).toEqual({
      status: 0,
      stdout: `${JSON.stringify(upstream.policies["aws-cn"].user, null, 2)}\n`,
      stderr: "",
    });
  });

  it("prints what is wrong with a call to stderr, and ends with 2", () => {
    const { status, stdout, stderr } = binary(REPOSITORY, "generate", "no-such-module");

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain('There is no module "no-such-module". Choose among remotion-lambda,');
  });

  it("generates into the folder that it is called in, or the one named", () => {
    const folder = temporaryFolder();

    const { status, stdout } = binary(folder, "generate", "remotion-user", "--out", "infra");

    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(readFolder(folder).has(join("infra", "remotion-user", "main.tf"))).toBe(true);
  });

  it("explains itself on stdout", () => {
    const { status, stdout, stderr } = binary(REPOSITORY, "--help");

    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const command of ["generate", "policy", "explain", "verify", "import", "upstream"]) {
      expect(stdout).toContain(`remotion-lambda-terraform ${command}`);
    }
  });
});

describe("the help of import", () => {
  const { status, stdout } = binary(REPOSITORY, "import", "--help");

  it("has an example of each way, and says where the output belongs", () => {
    const text = stdout.replace(/\s+/g, " ");

    expect(status).toBe(0);
    expect(text).toContain("--account 123456789012");
    expect(text).toContain("--state - >");
    expect(text).toContain("belong in the root module");
  });
});

describe("the committed modules", () => {
  it("are what the sources generate", () => {
    const { status, stdout } = binary(REPOSITORY, "generate", "--check");

    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});

function binary(cwd: string, ...args: readonly string[]) {
  const command = [path, ...args];
  const environment = { ...process.env, NODE_OPTIONS: "" };
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd,
    encoding: "utf8",
    env: environment,
  });
  return { status, stdout, stderr };
}
