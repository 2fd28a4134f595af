import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, it } from "vitest";
import { type BuiltPackage, builtPackage } from "../support/built-package.js";
import { readFolder } from "../unit/support/folder.js";
import { filesIn } from "./support/tarball.js";

let built: BuiltPackage;
beforeAll(async () => {
  built = await builtPackage();
});

describe("the package", () => {
  it("is at most 1.5 MB", () => {
    expect(statSync(built.tarball).size).toBeLessThanOrEqual(1_500_000);
  });

  it("holds the command, its parts, the library, the modules, licences, and nothing else", () => {
    const files = filesIn(built.tarball);
    const groups = new Map(files.map((file) => [groupOf(file), file]));

    expect([...groups.keys()].sort()).toEqual([
      "LICENSE",
      "README.md",
      "bin/remotion-lambda-terraform.cjs",
      "declarations of the library",
      "dist/THIRD-PARTY.txt",
      "dist/cjs/cdktn.js",
      "dist/cjs/index.js",
      "dist/cjs/package.json",
      "dist/cjs/policies.js",
      "dist/cjs/shared.js",
      "dist/cli.cjs",
      "dist/cli/*.cjs",
      "dist/esm/cdktn.js",
      "dist/esm/index.js",
      "dist/esm/policies.js",
      "dist/esm/shared.js",
      "dist/options.schema.json",
      "modules",
      "package.json",
    ]);
  });

  it("has no script, no dependency, and only optional peers", () => {
    const { scripts, dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
      readFileSync(join(built.folder, "package.json"), "utf8"),
    );

    expect({ scripts, dependencies }).toEqual({ scripts: undefined, dependencies: undefined });
    expect(Object.keys(peerDependencies)).toEqual([
      "@cdktf/provider-aws",
      "@cdktn/provider-aws",
      "cdktf",
      "cdktn",
      "constructs",
    ]);
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
      "yaml ISC",
      "yargs-parser ISC",
      "yargs MIT",
    ]);
    expect(text.match(/Copyright/gi)?.length).toBeGreaterThanOrEqual(packages.length);
    expect(text).toContain("Copyright (c) 2011 Andrei Mackenzie");
  });

  it("is under Apache-2.0, and holds no word of the AGPL or of Remotion's licence", () => {
    const files = readFolder(built.folder);

    expect(JSON.parse(files.get("package.json") ?? "").license).toBe("Apache-2.0");
    expect(files.get("LICENSE")).toMatch(/^\s*Apache License\s+Version 2\.0/);
    const others = /AGPL|Affero|General Public License|Remotion License|Company License/i;
    expect([...files].filter(([, text]) => others.test(text)).map(([file]) => file)).toEqual([]);
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
      "./cdktn",
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
  if (/^dist\/cli\/[a-z-]+\.cjs$/.test(file)) {
    return "dist/cli/*.cjs";
  }
  return file.startsWith("modules/") ? "modules" : file;
}
