import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkTerrain } from "../../../scripts/cdk-terrain/check-terrain.js";
import { EXACT, SUCCESSORS } from "../../../scripts/cdk-terrain/packages.js";
import { isSame, terrainReport } from "../../../scripts/cdk-terrain/report.js";
import { builtPackage } from "../../support/built-package.js";
import { unlessDay } from "../../support/part.js";
import { itUnless } from "../../support/suites.js";
import { temporaryFolder } from "../support/folder.js";
import { REPOSITORY } from "../support/source-files.js";
import { FakeNpm } from "../upstream/fake-npm.js";

const PACKAGES = join(REPOSITORY, "node_modules");

const OPTIONS = {
  repository: REPOSITORY,
  successors: EXACT,
  signal: new AbortController().signal,
  note: () => {},
};

/* Without the network: `npm run check-terrain`, each night, is the same with npm itself. */

describe("the check of CDK Terrain", () => {
  const today = unlessDay("a check of CDK Terrain, whole, with CDKTF in its place", 8, 0);
  itUnless(today)(
    "renames, installs, type-checks, generates, synthesizes and compares",
    async () => {
      const { tarball } = await builtPackage();
      // CDKTF under its successor's name: whatever still asked for CDKTF would not find it.
      new FakeNpm().installFrom(
        PACKAGES,
        Object.fromEntries(SUCCESSORS.map(({ from, to }) => [to, from])),
      );
      const folder = temporaryFolder();

      const check = await checkTerrain({ ...OPTIONS, tarball, folder });

      expect(check).toMatchObject({
        failures: new Map(),
        modules: { files: filesIn("modules"), patches: [] },
        stack: { known: [], patch: undefined },
      });
      const identical = { known: [], patch: undefined };
      expect(check.constructs).toEqual({
        failures: new Map(),
        stacks: new Map([
          ["module", identical],
          ["commonjs", identical],
        ]),
      });
      expect(isSame(check)).toBe(true);
      expect(terrainReport(check)).toContain("files are identical, byte for byte.");
      expect(readFileSync(join(folder, "terrain", "main.ts"), "utf8")).toContain('from "cdktn"');
    },
  );

  it("says that nothing was compared where npm cannot install", async () => {
    new FakeNpm().failWith("ECONNREFUSED");

    const folder = temporaryFolder();

    await expect(checkTerrain({ ...OPTIONS, tarball: "", folder })).rejects.toThrow(
      "npm could not install cdktn@0.24.0 and @cdktn/provider-aws@25.5.0 (ECONNREFUSED)",
    );
  });
});

function filesIn(folder: string): number {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  ).length;
}
