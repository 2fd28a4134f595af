import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, it } from "vitest";
import { type BuiltPackage, builtPackage } from "../support/built-package.js";
import { filesIn } from "./support/tarball.js";

let built: BuiltPackage;
beforeAll(async () => {
  built = await builtPackage();
});

describe("the package", () => {
  it("is at most 1.5 MB", () => {
    expect(statSync(built.tarball).size).toBeLessThanOrEqual(1_500_000);
  });

  it("holds the bundle, the library, the modules, licences, and nothing else", () => {
    const files = filesIn(built.tarball);
    const groups = new Map(files.map((file) => [groupOf(file), file]));

    expect([...groups.keys()].sort()).toEqual([
      "LICENSE",
      "README.md",
      "declarations of the library",
      "dist/THIRD-PARTY.txt",
      "dist/cjs/index.js",
      "dist/cjs/package.json",
      "dist/cjs/policies.js",
      "dist/cli.cjs",
      "dist/esm/index.js",
      "dist/esm/policies.js",
      "modules",
      "package.json",
    ]);
  });

  it("has no dependency, and only optional peers", () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
      readFileSync(join(built.folder, "package.json"), "utf8"),
    );

    expect(dependencies).toBeUndefined();
    expect(Object.keys(peerDependencies)).toEqual(["@cdktf/provider-aws", "cdktf", "constructs"]);
    expect(peerDependenciesMeta).toEqual(
      Object.fromEntries(Object.keys(peerDependencies).map((name) => [name, { optional: true }])),
    );
  });

  it("bundles these packages, with their licences, and nothing of CDKTF or Remotion", () => {
    const text = readFileSync(join(built.folder, "dist", "THIRD-PARTY.txt"), "utf8");
    const packages = [...text.matchAll(/^-{80}\n(\S+) \S+ \((\S+)\)\n-{80}\n\n(?=\S)/gm)];

    expect(packages.map(([, name, licence]) => `${name} ${licence}`)).toEqual([
      "cliui ISC",
      "diff BSD-3-Clause",
      "yargs-parser ISC",
      "yargs MIT",
    ]);
    expect(text.match(/Copyright/gi)?.length).toBeGreaterThanOrEqual(packages.length);
  });

  it("leaves publint nothing to say", async () => {
    const { messages, pkg = {} } = await publint({ pkgDir: built.folder, strict: true });

    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("has types that are right for every kind of import", async () => {
    const analysis = await checkPackage(
      createPackageFromTarballData(new Uint8Array(readFileSync(built.tarball))),
    );

    expect(analysis).toMatchObject({ types: { kind: "included" }, problems: [] });
    expect(Object.keys("entrypoints" in analysis ? analysis.entrypoints : {})).toEqual([
      ".",
      "./policies",
      "./package.json",
    ]);
  });
});

/** The file, or what it is one of many of. */
function groupOf(file: string): string {
  if (/^dist\/(esm|cjs)\/.+\.d\.ts$/.test(file)) {
    return "declarations of the library";
  }
  return file.startsWith("modules/") ? "modules" : file;
}
