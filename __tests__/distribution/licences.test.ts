import { describe, expect, it } from "vitest";
import { bundleCommandLine } from "../../scripts/build/command-line.js";
import { bundledPackages, licencesOf, readPackage } from "../../scripts/build/licences.js";
import { temporaryFolder, writeFile } from "../unit/support/folder.js";

describe("a package that would be bundled", () => {
  it("brings its licence along", () => {
    const folder = packageFolder({ license: "MIT" }, { "license.md": "Permission is granted" });

    expect(readPackage(folder)).toEqual({
      name: "some-package",
      version: "1.2.3",
      licence: "MIT",
      text: "Permission is granted",
    });
  });

  it.each([
    { license: "AGPL-3.0-or-later" },
    { license: "GPL-3.0" },
    { license: "SEE LICENSE IN LICENSE.md" },
    { license: "UNLICENSED" },
    { license: undefined },
  ])("is refused with the licence $license", ({ license }) => {
    const folder = packageFolder({ license }, { LICENSE: "All rights reserved" });

    expect(() => readPackage(folder)).toThrow(
      /^The package some-package would be bundled and its licence is /,
    );
  });

  it("is refused without the text of its licence", () => {
    expect(() => readPackage(packageFolder({ license: "MIT" }, {}))).toThrow(
      "The package some-package would be bundled and has no LICENSE, LICENCE or COPYING file",
    );
  });
});

describe("the bundled command line", () => {
  it("holds files of this repository, and of packages whose licences go along", async () => {
    const files = await bundleCommandLine(temporaryFolder());
    const licences = licencesOf(bundledPackages(files));
    const own = /^(?:lib|stacks|scripts\/build\/stand-ins)\/[^:]*$/;
    const others = files.filter((file) => !own.test(file));

    // yargs-patch.ts changes this file, and it is yargs' all the same.
    expect(others).toContainEqual(
      expect.stringMatching(/node_modules\/yargs\/build\/lib\/argsert\.js$/),
    );
    for (const file of others) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? file;
      expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ \\(`, "m"));
    }
  });
});

function packageFolder(manifest: object, files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  const content = { name: "some-package", version: "1.2.3", ...manifest };
  writeFile(folder, "package.json", JSON.stringify(content));
  for (const [file, text] of Object.entries(files)) {
    writeFile(folder, file, text);
  }
  return folder;
}
