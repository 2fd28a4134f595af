import { execFile } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { gzipSync } from "fflate";
import { buildAll } from "./build-all.js";
import type { BundledPackage } from "./licences.js";
import { REPOSITORY } from "./repository.js";

/** What is published beside `dist`. */
const PUBLISHED = ["bin", "modules", "LICENSE", "README.md"];

/** What concerns this repository alone. npm would warn whoever installs the package of `scripts` that never run. */
const OWN = ["scripts", "devDependencies", "overrides", "modulesRepository"];

/** The package as it is published. */
export interface PackedPackage {
  /** Path of the tarball. */
  readonly tarball: string;
  /** The packages whose code is in its command line. */
  readonly bundled: readonly BundledPackage[];
}

/**
 * Builds the package and packs it, to the same bytes wherever the same Node.js and packages do so. `npm pack` by itself
 * builds nothing, as .npmrc turns scripts off.
 *
 * @param destination the folder for the tarball
 */
export async function packPackage(destination: string): Promise<PackedPackage> {
  const staging = mkdtempSync(join(tmpdir(), "remotion-staging-"));
  try {
    const bundled = await buildAll(join(staging, "dist"));
    for (const name of PUBLISHED) {
      cpSync(join(REPOSITORY, name), join(staging, name), { recursive: true });
    }
    const manifest = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));
    const kept = Object.entries(manifest).filter(([key]) => !OWN.includes(key));
    writeFileSync(
      join(staging, "package.json"),
      `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`,
    );
    settleModes(staging);
    mkdirSync(destination, { recursive: true });
    const { stdout } = await promisify(execFile)(
      "npm",
      ["pack", "--json", "--ignore-scripts", "--pack-destination", resolve(destination)],
      // On Windows npm is no program but a script.
      { cwd: staging, shell: process.platform === "win32" },
    );
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    const tarball = join(destination, filename);
    compressAnew(tarball);
    return { tarball, bundled };
  } finally {
    rmSync(staging, { recursive: true });
  }
}

/** npm packs the modes that files have, of which the umask of whoever has cloned is a part. */
function settleModes(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const runs = entry.isDirectory() || (statSync(path).mode & 0o100) !== 0;
    chmodSync(path, runs ? 0o755 : 0o644);
  }
}

/** Node.js compresses with what its zlib has for the processor that it runs on; JavaScript does it the same everywhere. */
function compressAnew(tarball: string): void {
  const tar = gunzipSync(readFileSync(tarball));
  writeFileSync(tarball, gzipSync(tar, { level: 9, mtime: 0 }));
}
