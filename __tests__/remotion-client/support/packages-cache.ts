import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type FoundPackages, findPackages, npm } from "../../support/cached-packages.js";
import { packagesManifest } from "./packages-manifest.js";

const STAND_INS = join(import.meta.dirname, "stand-ins");

const OPTIONS = [
  // Compositors and native bundlers, for every platform.
  "--omit=optional",
  // Peers name versions that the stand-ins do not have.
  "--legacy-peer-deps",
  "--no-package-lock",
];

/**
 * A folder whose `node_modules` holds Remotion's packages of one version.
 *
 * The packages carry Remotion's own licence, so they are never a dependency of this project.
 */
export async function findRemotion(version: string): Promise<FoundPackages> {
  const manifest = `${JSON.stringify(packagesManifest(version), null, 2)}\n`;
  const found = await findPackages({
    name: `Remotion ${version}`,
    folder: `remotion-${version}`,
    recipe: manifest,
    fetch: async (folder) => {
      await addStandIns(folder);
      await writeFile(join(folder, "package.json"), manifest);
      await npm(folder, "install", ...OPTIONS);
    },
  });
  if ("folder" in found) {
    await addStandIns(found.folder);
  }
  return found;
}

/** Puts them where the manifest looks for them; kept packages get those of today. */
function addStandIns(folder: string): Promise<void> {
  return cp(STAND_INS, join(folder, "stand-ins"), { recursive: true });
}
