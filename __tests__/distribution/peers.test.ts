import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { CONSTRUCTS } from "../../scripts/cdk-terrain/packages.js";
import { builtPackage } from "../support/built-package.js";
import { REPOSITORY } from "../support/repository.js";
import { temporaryFolder, writeFile } from "../unit/support/folder.js";

let tarball = "";
beforeAll(async () => {
  ({ tarball } = await builtPackage());
});

describe("npm, asked to install this package beside the bindings", () => {
  it.each(["20.1.0", "21.22.1"])("takes %s", (version) => {
    expect(install(ofCdktf(version))).toEqual({ status: 0, conflict: false });
  });

  it("does not take 22.0.0, of which nobody knows", () => {
    expect(install(ofCdktf("22.0.0"))).toEqual({ status: 1, conflict: true });
  });
});

describe("npm, asked to install this package beside CDK Terrain and its bindings", () => {
  it.each([
    ["0.24.0", "25.5.0"],
    ["0.24.0", "25.7.0"],
  ])("takes %s and %s", (terrain, bindings) => {
    expect(install(ofTerrain(terrain, bindings))).toEqual({ status: 0, conflict: false });
  });

  it.each([
    ["0.23.0", "24.1.0"],
    ["0.25.0", "26.0.0"],
  ])("does not take %s and %s, of which nobody knows", (terrain, bindings) => {
    expect(install(ofTerrain(terrain, bindings))).toEqual({ status: 1, conflict: true });
  });

  it("takes both frameworks, for an app on its way from one to the other", () => {
    const both = [...ofTerrain("0.24.0", "25.5.0"), manifestOf("cdktf")];

    expect(install(both)).toEqual({ status: 0, conflict: false });
  });
});

/** What is said of a package, as far as it matters to those beside it. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** CDKTF as it is here, with other bindings. */
function ofCdktf(bindings: string): Manifest[] {
  return [
    manifestOf("cdktf"),
    manifestOf("constructs"),
    { ...manifestOf("@cdktf/provider-aws"), version: bindings },
  ];
}

/** CDK Terrain, which is not here, by what npm says of it. */
function ofTerrain(terrain: string, bindings: string): Manifest[] {
  const constructs = { constructs: ">=10.6.0 <10.8.0" };
  return [
    { name: CONSTRUCTS.name, version: CONSTRUCTS.version },
    { name: "cdktn", version: terrain, peerDependencies: constructs },
    {
      name: "@cdktn/provider-aws",
      version: bindings,
      peerDependencies: { ...constructs, cdktn: `^${terrain}` },
    },
  ];
}

/** Has npm resolve the peers: it goes by names and versions, so that packages without any code do. */
function install(manifests: readonly Manifest[]) {
  const folder = temporaryFolder();
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

/** What a package says that is installed here. */
function manifestOf(name: string): Manifest {
  const file = join(REPOSITORY, "node_modules", name, "package.json");
  const { version, peerDependencies } = JSON.parse(readFileSync(file, "utf8"));
  return { name, version, peerDependencies };
}
