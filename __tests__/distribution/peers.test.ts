import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { CONSTRUCTS } from "../../scripts/cdk-terrain/packages.js";
import { builtPackage } from "../support/built-package.js";
import { shareOf } from "../support/part.js";
import { REPOSITORY } from "../support/repository.js";
import { temporaryFolder, writeFile } from "../unit/support/folder.js";

let tarball = "";
beforeAll(async () => {
  ({ tarball } = await builtPackage());
});

/** What npm is asked to install this package beside, and whether it does. */
const BESIDE: readonly (readonly [what: string, manifests: () => Manifest[], takes: boolean])[] = [
  ["bindings 20.1.0", () => ofCdktf("20.1.0"), true],
  ["bindings 21.22.1", () => ofCdktf("21.22.1"), true],
  ["bindings 22.0.0, of which nobody knows", () => ofCdktf("22.0.0"), false],
  ["CDK Terrain 0.24.0 and 25.5.0", () => ofTerrain("0.24.0", "25.5.0"), true],
  ["CDK Terrain 0.24.0 and 25.7.0", () => ofTerrain("0.24.0", "25.7.0"), true],
  ["CDK Terrain 0.23.0 and 24.1.0", () => ofTerrain("0.23.0", "24.1.0"), false],
  [
    "CDK Terrain 0.25.0 and 26.0.0, of which nobody knows",
    () => ofTerrain("0.25.0", "26.0.0"),
    false,
  ],
  [
    "both frameworks, as in an app on its way from one to the other",
    () => [...ofTerrain("0.24.0", "25.5.0"), manifestOf("cdktf")],
    true,
  ],
];

describe("npm, asked to install this package beside", () => {
  it.each(shareOf("packages for npm to resolve", BESIDE, 4))("%s", (_what, manifests, takes) => {
    const expected = takes ? { status: 0, conflict: false } : { status: 1, conflict: true };

    expect(install(manifests())).toEqual(expected);
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
