import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { REPOSITORY } from "../../support/repository.js";
import { packagesManifest } from "./packages-manifest.js";

const STAND_INS = join(import.meta.dirname, "stand-ins");
const COMPLETE = ".complete";

/** Where packages are kept between runs, unless `REMOTION_PACKAGES_CACHE` names another folder. */
export function cacheFolder(): string {
  return (
    process.env["REMOTION_PACKAGES_CACHE"] ??
    join(REPOSITORY, "node_modules/.cache/remotion-packages")
  );
}

/** Remotion's packages, or why they cannot be had. */
export type Packages = { readonly folder: string } | { readonly missing: string };

/**
 * Looks for Remotion's packages in the cache and at npm. What is missing is said aloud, and an error
 * where `REQUIRE_TERRAFORM=1`.
 */
export async function findPackages(version: string): Promise<Packages> {
  try {
    return { folder: await cachedPackages(version) };
  } catch (error) {
    const missing = `Remotion ${version} is neither in ${cacheFolder()} nor can npm install it.`;
    if (process.env["REQUIRE_TERRAFORM"] === "1") {
      throw new Error(
        `REQUIRE_TERRAFORM=1, and the calls of Remotion's client cannot be recorded. ${missing}`,
        {
          cause: error,
        },
      );
    }
    process.stderr.write(`\nSKIPPED: recording the calls of Remotion's client. ${missing}\n\n`);
    return { missing };
  }
}

/**
 * A folder whose `node_modules` holds Remotion's packages of one version. Needs the network only
 * when the cache does not hold them yet.
 *
 * The packages carry Remotion's own licence, so they are never a dependency of this project.
 */
export async function cachedPackages(version: string): Promise<string> {
  const cache = cacheFolder();
  const folder = join(cache, `remotion-${version}`);
  const manifest = `${JSON.stringify(packagesManifest(version), null, 2)}\n`;
  if ((await readOrNull(join(folder, COMPLETE))) === manifest) {
    await cp(STAND_INS, join(folder, "stand-ins"), { recursive: true });
    return folder;
  }

  // Installed beside its place and moved there when complete: a broken install is never found.
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, "draft-"));
  try {
    await cp(STAND_INS, join(draft, "stand-ins"), { recursive: true });
    await writeFile(join(draft, "package.json"), manifest);
    await install(draft);
    await writeFile(join(draft, COMPLETE), manifest);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

async function install(folder: string): Promise<void> {
  const options = [
    "--ignore-scripts",
    // Compositors and native bundlers, for every platform.
    "--omit=optional",
    // Peers name versions that the stand-ins do not have.
    "--legacy-peer-deps",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
  ];
  await promisify(execFile)("npm", ["install", ...options], { cwd: folder });
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return null;
  }
}
