import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type FoundPackages, findPackages, npm } from "../../support/cached-packages.js";
import { unpack } from "./tarball.js";

const PACKAGE = "@cdktf/provider-aws";

/** The last bindings, of the AWS provider 6; the dev dependency is of 5. */
const VERSION = "21.22.1";

/** The packed package's, as npm's registry states it. */
const INTEGRITY =
  "sha512-BuSHeaQFUL9l33pBzIMRT7cTQ69AM2mLtijjteCPhVQRmvuhuj9Lvfymf7knAMhYqAT6+Lrls9jiGVW/Us3zrQ==";

/**
 * The newest bindings, reduced to some classes: that is 1 MB of 390, which nobody should have to install.
 *
 * @param classes the folders of their classes
 */
export function findNewestBindings(classes: readonly string[]): Promise<FoundPackages> {
  return findPackages({
    name: `${PACKAGE} ${VERSION}`,
    folder: `provider-aws-${VERSION}`,
    recipe: JSON.stringify({ INTEGRITY, classes }),
    fetch: async (folder) => {
      await npm(folder, "pack", `${PACKAGE}@${VERSION}`);
      const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
      checkIntegrity(tarball);
      unpack(tarball, folder, ["package.json", ...classes.map((name) => `lib/${name}`)]);
      rmSync(tarball);
    },
  });
}

function checkIntegrity(tarball: string): void {
  const actual = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
  if (actual !== INTEGRITY) {
    throw new Error(`${PACKAGE} ${VERSION} should be ${INTEGRITY} and is ${actual}.`);
  }
}
