import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildAll, COMMAND_LINE } from "../../scripts/build/build-all.js";
import { REPOSITORY } from "./repository.js";

/** This package as it is published. */
export interface BuiltPackage {
  /** The folder that was packed: what is published, and no more of the repository. */
  readonly folder: string;
  /** The bundled command line. */
  readonly commandLine: string;
  /** What `npm pack` made of it. */
  readonly tarball: string;
}

let built: Promise<BuiltPackage> | undefined;

/** Builds and packs this package, once for all tests of a process, in a folder of its own. */
export function builtPackage(): Promise<BuiltPackage> {
  built ??= build();
  return built;
}

async function build(): Promise<BuiltPackage> {
  const root = mkdtempSync(join(tmpdir(), "remotion-package-"));
  process.on("exit", () => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "package");
  for (const name of ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "lib", "modules"]) {
    cpSync(join(REPOSITORY, name), join(folder, name), { recursive: true });
  }
  await buildAll(join(folder, "dist"));
  // The build has been run; `prepack` would do so again, without the packages for it.
  await promisify(execFile)("npm", ["pack", "--ignore-scripts", "--pack-destination", root], {
    cwd: folder,
  });
  const tarball = readdirSync(root).find((name) => name.endsWith(".tgz")) ?? "";
  return {
    folder,
    commandLine: join(folder, "dist", COMMAND_LINE),
    tarball: join(root, tarball),
  };
}
