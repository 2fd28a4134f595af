import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { REMOTION_VERSION } from "../../lib/remotion/release.js";
import upstream from "../../lib/remotion/upstream-policies.json" with { type: "json" };
import { builtPackage } from "../support/built-package.js";
import { REPOSITORY } from "../support/repository.js";
import { readFolder, temporaryFolder } from "../unit/support/folder.js";
import { runRecorded } from "../unit/support/recording-console.js";
import { FakeNpm, manifest, policiesCode } from "../unit/upstream/fake-npm.js";

const PLAN = join(REPOSITORY, "__tests__/unit/terraform/fixtures/every-grant.plan.json");

let tarball = "";
let project = "";
beforeAll(async () => {
  ({ tarball } = await builtPackage());
  project = mkdtempSync(join(tmpdir(), "installed-"));
  const { status, stderr } = npm(project, "install", tarball, "--omit=peer", "--omit=dev");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return () => rmSync(project, { recursive: true });
});

describe("installed in an empty folder, without a network", () => {
  it("is one package, and no other", () => {
    expect(readdirSync(join(project, "node_modules")).sort()).toEqual([
      ".bin",
      ".package-lock.json",
      "remotion-lambda-terraform",
    ]);
  });

  it.each([
    { args: ["policy", "user"], says: '"Version": "2012-10-17"' },
    { args: ["policy", "role", "--profile", "minimal", "--compact"], says: '"Version":' },
    { args: ["explain", "role", "--format", "markdown"], says: "| Permission | Scope |" },
    { args: ["generate", "--check", "--out", join(REPOSITORY, "modules")], says: "" },
    { args: ["--help"], says: "remotion-lambda-terraform upstream" },
    { args: ["policy", "--help"], says: "--output-bucket" },
  ])("runs $args", ({ args, says }) => {
    const { status, stdout } = installed(args);

    expect(status).toBe(0);
    expect(stdout).toContain(says);
  });

  it.each([
    [["--help"]],
    [["generate", "--help"]],
    [["explain"]],
    [["verify", PLAN]],
    [["verify", PLAN, "--json"]],
    [["polcy"]],
    [["policy"]],
    [["policy", "nobody"]],
    [["policy", "user", "--vpc", "--vpc"]],
    [["policy", "user", "--no-such-option"]],
    [["generate", "no-such-module"]],
    [["upstream", "--version"]],
    [["import", "--address", "module.remotion", "--account", "123456789012"]],
    [["import", "--address", "module.remotion", "--account", "1"]],
    [["denied", "AccessDenied: Access Denied"]],
    [["denied", "hello"]],
  ])("says to %j what the sources say", async (args) => {
    const { status, stdout, stderr } = installed(args);
    const { exitCode, results, notes } = await runRecorded(...args);

    const printed = (text: string) => (text === "" ? "" : `${text}\n`);
    expect({ status, stdout, stderr }).toEqual({
      status: exitCode,
      stdout: printed(results),
      stderr: printed(notes),
    });
  });

  it("says so where upstream needs the network", () => {
    const { status, stdout, stderr } = installed(["upstream", "--run-package"]);

    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("npm");
  });

  it("runs a release's policies, with a registry", () => {
    const npmFake = new FakeNpm();
    const { aws } = upstream.policies;
    npmFake.publish("@remotion/lambda", ["latest"], {
      "package.json": manifest(REMOTION_VERSION),
      "policies.js": policiesCode(aws.user, aws.role),
    });
    const path = process.env["PATH"];

    const { status, stderr } = installed(["upstream"], { PATH: path });

    expect(stderr).toContain(`those of Remotion ${REMOTION_VERSION}`);
    expect(status).toBeLessThan(2);
  });

  it("speaks English, and takes no options of its own from the caller's package.json", () => {
    const folder = temporaryFolder();
    const yargs = { "parser-configuration": { "camel-case-expansion": false } };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ yargs }));
    const german = { LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" };

    const { stdout, stderr } = installed(["policy", "user", "--help"], german, folder);

    expect({ stdout, stderr }).toEqual({
      stdout: installed(["policy", "user", "--help"]).stdout,
      stderr: "",
    });
    expect(stdout).toContain("Options:");
  });

  it("answers npx from a cold cache", () => {
    const options = ["--yes", `--package=${tarball}`, "--", "remotion-lambda-terraform"];

    const { status, stdout } = npm(temporaryFolder(), "exec", ...options, "policy", "user");

    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(upstream.policies.aws.user);
  });

  it("has the policies as data for ESM and for CommonJS, without CDKTF", () => {
    const print = "console.log(JSON.stringify(userPolicy()))";
    const from = '"remotion-lambda-terraform/policies"';
    const esm = ["--input-type=module", "--eval", `import { userPolicy } from ${from}; ${print}`];
    const cjs = ["--eval", `const { userPolicy } = require(${from}); ${print}`];

    for (const args of [esm, cjs]) {
      const { stdout, stderr } = run(process.execPath, args, project);
      expect(stderr).toBe("");
      expect(JSON.parse(stdout)).toEqual(upstream.policies.aws.user);
    }
  });
});

describe("generate, installed", () => {
  it("writes modules/, byte for byte", () => {
    const folder = temporaryFolder();

    expect(installed(["generate"], {}, folder).status).toBe(0);

    expect(readFolder(join(folder, "modules"))).toEqual(readFolder(join(REPOSITORY, "modules")));
  });

  it.each([
    [["--format", "hcl"]],
    [["--format", "json", "--json"]],
    [["remotion-user", "remotion-bucket-grants"]],
    [["remotion-lambda", "--format", "json"]],
  ])("with %j does what the sources do", async (options) => {
    const [fromBundle, fromSources] = [temporaryFolder(), temporaryFolder()];

    const { status, stdout } = installed(["generate", "--out", fromBundle, ...options]);
    const { exitCode, results } = await runRecorded("generate", "--out", fromSources, ...options);

    expect([status, stdout.trimEnd()]).toEqual([exitCode, results]);
    expect(readFolder(fromBundle)).toEqual(readFolder(fromSources));
  });
});

function installed(args: readonly string[], environment = {}, cwd = project) {
  const binary = join(project, "node_modules", ".bin", "remotion-lambda-terraform");
  return run(binary, args, cwd, environment);
}

/** Node.js is all that there is on the PATH, and what looks for a registry finds nobody there. */
function run(command: string, args: readonly string[], cwd: string, environment = {}) {
  const nobody = "http://127.0.0.1:9";
  return spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: {
      HOME: cwd,
      PATH: nodeAlone(),
      HTTP_PROXY: nobody,
      HTTPS_PROXY: nobody,
      npm_config_registry: nobody,
      ...environment,
    },
  });
}

/** A folder with a link to this Node.js and nothing else. */
function nodeAlone(): string {
  const bin = join(project, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "node"), `#!/bin/sh\nexec "${process.execPath}" "$@"\n`, { mode: 0o755 });
  return bin;
}

function npm(cwd: string, ...args: readonly string[]) {
  const options = ["--offline", "--no-audit", "--no-fund", `--cache=${join(cwd, "npm-cache")}`];
  const environment = { PATH: `${dirname(process.execPath)}:/usr/bin:/bin` };
  return run("npm", [...args.slice(0, 1), ...options, ...args.slice(1)], cwd, environment);
}
