import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { builtPackage } from "../support/built-package.js";
import { REPOSITORY } from "../support/repository.js";
import { temporaryFolder, writeFile } from "../unit/support/folder.js";

let tarball = "";
beforeAll(async () => {
  ({ tarball } = await builtPackage());
});

describe("npm, asked to install this package beside the bindings", () => {
  it.each(["20.1.0", "21.22.1"])("takes %s", (version) => {
    expect(install(version)).toEqual({ status: 0, conflict: false });
  });

  it("does not take 22.0.0, of which nobody knows", () => {
    expect(install("22.0.0")).toEqual({ status: 1, conflict: true });
  });
});

/** Has npm resolve the peers: it goes by names and versions, so that packages without any code do. */
function install(bindings: string) {
  const folder = temporaryFolder();
  const manifests = [
    manifestOf("cdktf"),
    manifestOf("constructs"),
    { ...manifestOf("@cdktf/provider-aws"), version: bindings },
  ];
  const packages = manifests.map((manifest, index) => {
    writeFile(folder, `packages/${index}/package.json`, JSON.stringify(manifest));
    return `./packages/${index}`;
  });
  writeFile(folder, "package.json", "{}");
  const { status, stderr } = spawnSync(
    "npm",
    // With neither a registry nor a cache it finds no other version to take in place of one.
    ["install", "--package-lock-only", "--install-links", "--offline", "--cache=cache"].concat(
      tarball,
      packages,
    ),
    { cwd: folder, encoding: "utf8" },
  );
  return { status, conflict: stderr.includes("ERESOLVE") };
}

/** What a package says that is installed here, as far as it matters to those beside it. */
function manifestOf(name: string) {
  const file = join(REPOSITORY, "node_modules", name, "package.json");
  const { version, peerDependencies } = JSON.parse(readFileSync(file, "utf8"));
  return { name, version, peerDependencies };
}
