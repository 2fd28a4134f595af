import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { buildAll } from "./build-all.js";
import { REPOSITORY } from "./repository.js";

/** What is published beside `dist`. */
const PUBLISHED = ["bin", "modules", "LICENSE", "README.md"];

/** What concerns this repository alone. npm would warn whoever installs the package of `scripts` that never run. */
const OWN = ["scripts", "devDependencies", "overrides"];

/**
 * Builds the package and packs it. `npm pack` by itself builds nothing, as .npmrc turns scripts off.
 *
 * @param destination the folder for the tarball
 * @returns path of the tarball
 */
export async function packPackage(destination: string): Promise<string> {
  const staging = mkdtempSync(join(tmpdir(), "remotion-staging-"));
  try {
    await buildAll(join(staging, "dist"));
    for (const name of PUBLISHED) {
      cpSync(join(REPOSITORY, name), join(staging, name), { recursive: true });
    }
    const manifest = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
    const kept = Object.entries(manifest).filter(([key]) => !OWN.includes(key));
    writeFileSync(
      join(staging, "package.json"),
      `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`,
    );
    mkdirSync(destination, { recursive: true });
    const { stdout } = await promisify(execFile)(
      "npm",
      ["pack", "--json", "--ignore-scripts", "--pack-destination", resolve(destination)],
      // On Windows npm is no program but a script.
      { cwd: staging, shell: process.platform === "win32" },
    );
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    return join(destination, filename);
  } finally {
    rmSync(staging, { recursive: true });
  }
}
