import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cloneWorkingTree } from "../../../scripts/node-versions/clone.js";
import { readFolder, temporaryFolder, writeFile } from "../support/folder.js";

const git = (folder: string, ...args: string[]) =>
  execFileSync("git", args, { cwd: folder, encoding: "utf8" });

/** A repository with a file of each kind. */
function repository(): string {
  const folder = temporaryFolder();
  git(folder, "init", "--quiet");
  writeFile(folder, ".gitignore", "node_modules/\nignored\n");
  writeFile(folder, "tracked/ä b.ts", "as it was");
  writeFile(folder, "deleted", "");
  writeFile(folder, "run", "#!/bin/sh\n");
  chmodSync(join(folder, "run"), 0o755);
  git(folder, "add", "--all");
  writeFile(folder, "tracked/ä b.ts", "as it is");
  writeFile(folder, "new.ts", "");
  writeFile(folder, "ignored", "");
  writeFile(folder, "node_modules/x/index.js", "");
  rmSync(join(folder, "deleted"));
  return folder;
}

describe("a clone of the working tree", () => {
  const made = () => {
    const clone = join(temporaryFolder(), "clone");
    cloneWorkingTree(repository(), clone);
    return clone;
  };

  it("has what git tracks or would track, as it is now", () => {
    const files = [...readFolder(made())].filter(([file]) => !file.startsWith(".git/"));

    expect(files).toEqual([
      [".gitignore", "node_modules/\nignored\n"],
      ["new.ts", ""],
      ["run", "#!/bin/sh\n"],
      ["tracked/ä b.ts", "as it is"],
    ]);
  });

  it.skipIf(process.platform === "win32")("keeps what may be run", () => {
    expect(statSync(join(made(), "run")).mode & 0o111).toBe(0o111);
  });

  it("shows what has changed since, and takes packages that are linked in for none of it", () => {
    const clone = made();
    const packages = temporaryFolder();
    mkdirSync(join(packages, "x"));
    symlinkSync(packages, join(clone, "node_modules"), "junction");

    expect(git(clone, "status", "--short")).not.toContain("node_modules");
    expect(git(clone, "diff", "--name-only")).toBe("");
    writeFile(clone, "new.ts", "changed");
    expect(git(clone, "diff", "--name-only")).toBe("new.ts\n");
  });
});
