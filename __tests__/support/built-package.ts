import { execFile } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { unpack } from "../distribution/support/tarball.js";
import { cloneRepository } from "./clone.js";
import { oncePerRun } from "./once-per-run.js";

/** This package as it is published. */
export interface BuiltPackage {
  /** The folder of the package, unpacked. */
  readonly folder: string;
  /** The program that npm links to. */
  readonly commandLine: string;
  /** What was packed. */
  readonly tarball: string;
}

let built: Promise<BuiltPackage> | undefined;

/** Packs this package in a clone, as a release does, once for all tests of a run. */
export function builtPackage(): Promise<BuiltPackage> {
  built ??= build();
  return built;
}

async function build(): Promise<BuiltPackage> {
  const root = await oncePerRun("remotion-package", async (made) => {
    const clone = cloneRepository();
    try {
      const { stdout } = await promisify(execFile)("npm", ["run", "-s", "package", "--", made], {
        cwd: clone,
      });
      unpack(stdout.trim(), join(made, "package"));
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
  const folder = join(root, "package");
  return {
    folder,
    commandLine: join(folder, "bin", "remotion-lambda-terraform.cjs"),
    tarball: join(root, readdirSync(root).find((name) => name.endsWith(".tgz")) ?? ""),
  };
}
