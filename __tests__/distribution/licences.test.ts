import { describe, expect, it } from "vitest";
import { readPackage } from "../../scripts/build/licences.js";
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

function packageFolder(manifest: object, files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  const content = { name: "some-package", version: "1.2.3", ...manifest };
  writeFile(folder, "package.json", JSON.stringify(content));
  for (const [file, text] of Object.entries(files)) {
    writeFile(folder, file, text);
  }
  return folder;
}
