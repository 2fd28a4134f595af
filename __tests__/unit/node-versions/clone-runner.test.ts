import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { CloneRunner } from "../../../scripts/node-versions/clone-runner.js";
import { temporaryFolder, writeFile } from "../support/folder.js";

/** An npm that runs a script as npm does, says where it is, and ends with the code that is asked for. */
const NPM = `
  const { spawnSync } = require("node:child_process");
  const [code, script] = process.argv.slice(2);
  if (script !== undefined) {
    spawnSync(process.env.npm_config_script_shell, ["-c", script], { stdio: "inherit" });
  }
  console.log(JSON.stringify({ cwd: process.cwd(), path: process.env.PATH }));
  console.error("to stderr");
  process.exit(Number(code));
`;

/** A runner in an empty clone, with that npm. */
function runner() {
  const folder = realpathSync(temporaryFolder());
  writeFile(folder, "npm/bin/npm-cli.js", NPM);
  mkdirSync(join(folder, "clone"));
  const node = { name: "26.0.0, npm 11.0.0", node: process.execPath, npm: join(folder, "npm") };
  const notes: string[] = [];
  const { signal } = new AbortController();
  const run = new CloneRunner(folder, join(folder, "clone"), node, signal, (text) =>
    notes.push(text),
  );
  return { folder, notes, run };
}

const step = (...args: readonly string[]) => ({ name: "a step", program: "npm", args }) as const;

describe.skipIf(process.platform === "win32")("a runner of steps", () => {
  it("runs a step in the clone with its own PATH alone, and says so", async () => {
    const { folder, notes, run } = runner();
    const result = await run.run(step("0"));

    expect(result).toMatchObject({ version: "26.0.0, npm 11.0.0", step: "a step", status: 0 });
    expect(JSON.parse(result.output.split("\n")[0] ?? "")).toEqual({
      cwd: join(folder, "clone"),
      path: join(folder, "programs"),
    });
    expect(notes).toEqual([
      "Node.js 26.0.0, npm 11.0.0: a step …",
      expect.stringMatching(/^ {2}exit code 0 after \d+\.\d s$/),
    ]);
  });

  it("tells how a step fails, and goes on", async () => {
    const results = await runner().run.runAll([step("3"), step("0")]);

    expect(results.map(({ status }) => status)).toEqual([3, 0]);
    expect(results[0]?.output).toContain("to stderr");
  });

  it("tells which scripts npm ran in which step", async () => {
    const results = await runner().run.runAll([step("0"), step("0", "exit 0"), step("0")]);

    expect(results.map(({ scripts }) => scripts)).toEqual(["", "exit 0\n", ""]);
  });

  it("finds no compiler", async () => {
    const { output } = await runner().run.run(
      step("0", "for each in cc gcc g++ clang make python3; do command -v $each; done; echo none"),
    );

    expect(output).toMatch(/^none\n/);
  });

  it("gives a step what it needs beside, and nothing that npm run says of this repository", async () => {
    vi.stubEnv("npm_package_name", "remotion-lambda-terraform");
    const { output } = await runner().run.run({
      ...step("0", "echo $REQUIRE_TERRAFORM:$npm_package_name"),
      environment: { REQUIRE_TERRAFORM: "1" },
    });
    vi.unstubAllEnvs();

    expect(output).toMatch(/^1:\n/);
  });
});
