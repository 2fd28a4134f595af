import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../../scripts/node-versions/errors.js";
import {
  canDeploy,
  makeProgramFolder,
  quoted,
} from "../../../scripts/node-versions/program-folder.js";
import { ScriptLog } from "../../../scripts/node-versions/script-log.js";
import { temporaryFolder, writeFile } from "../support/folder.js";

/** A folder of programs that print their name, their arguments and the PATH. */
function programs(...names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    writeFile(folder, name, `#!/bin/sh\necho "${name} $* $PATH"\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

const NEEDED = ["sh", "mkdir", "git", "tar", "gzip"];

// The check makes neither on Windows.
describe.skipIf(process.platform === "win32")("the folder of programs", () => {
  const NODE = { name: "26", node: process.execPath, npm: "/packages/npm" };
  const made = (path: string) => {
    const folder = join(temporaryFolder(), "programs");
    makeProgramFolder(folder, NODE, path);
    return folder;
  };

  it("has Node.js, npm and what the tests start, and no compiler", () => {
    const path = programs(
      ...NEEDED,
      "terraform",
      "moto_server",
      "aws",
      "chromium",
      "cc",
      "make",
      "python3",
      "node-gyp",
    );

    expect(readdirSync(made(path)).sort()).toEqual(
      ["node", "npm", "npx", ...NEEDED, "terraform", "moto_server", "aws", "chromium"].sort(),
    );
  });

  it("has no tool that is not there", () => {
    expect(readdirSync(made(programs(...NEEDED)))).not.toContain("terraform");
  });

  it("takes the first program on the PATH that can be run", () => {
    const [first, second] = [temporaryFolder(), programs(...NEEDED, "terraform")];
    writeFile(first, "terraform", "not to be run");
    const { stdout } = spawnSync(join(made(`${first}::${second}`), "terraform"), ["version"], {
      encoding: "utf8",
    });

    expect(stdout).toBe(`terraform version ${first}::${second}\n`);
  });

  it("gives tools the PATH that they were found on, and their arguments as they are", () => {
    const path = `${programs(...NEEDED, "moto_server")}:/it's here`;
    const { stdout } = spawnSync(join(made(path), "moto_server"), ["-p", "a b"], {
      encoding: "utf8",
      env: { PATH: "/nothing" },
    });

    expect(stdout).toBe(`moto_server -p a b ${path}\n`);
  });

  it("says which program is missing", () => {
    expect(() => made(programs("sh", "mkdir"))).toThrow(UsageError);
    expect(() => made(programs("sh", "mkdir"))).toThrow("git is not on the PATH");
  });
});

describe.skipIf(process.platform === "win32")("what tests need to deploy", () => {
  it.each([
    { there: ["terraform", "moto_server"], deploys: true },
    { there: ["terraform"], deploys: false },
    { there: ["moto_server"], deploys: false },
  ])("with $there: $deploys", ({ there, deploys }) => {
    expect(canDeploy(programs(...there))).toBe(deploys);
  });
});

describe.skipIf(process.platform === "win32")("the log of scripts", () => {
  const run = ({ shell }: ScriptLog, script: string) =>
    spawnSync(shell, ["-c", script, "npm"], { encoding: "utf8" });

  it("has each script that its shell is given, once, and runs it", () => {
    const folder = join(temporaryFolder(), "it's here");
    mkdirSync(folder);
    const log = new ScriptLog(folder);

    expect(log.take()).toBe("");
    expect(run(log, "echo one; exit 3")).toMatchObject({ status: 3, stdout: "one\n" });
    run(log, "printf %s two");
    expect(log.take()).toBe("echo one; exit 3\nprintf %s two\n");
    expect(log.take()).toBe("");
  });
});

describe("a word for the shell", () => {
  it.each([
    ["a b", "'a b'"],
    ["$(id)", "'$(id)'"],
    ["it's", `'it'\\''s'`],
  ])("%s is %s", (word, text) => {
    expect(quoted(word)).toBe(text);
  });
});
