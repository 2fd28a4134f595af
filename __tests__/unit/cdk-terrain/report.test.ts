import { describe, expect, it } from "vitest";
import type { TerrainCheck } from "../../../scripts/cdk-terrain/check-terrain.js";
import { KNOWN_DIFFERENCES } from "../../../scripts/cdk-terrain/compare.js";
import { isSame, terrainReport } from "../../../scripts/cdk-terrain/report.js";

const SAME: TerrainCheck = {
  sources: 3,
  renamed: ["main.ts"],
  failures: new Map(),
  modules: { files: 2, patches: [] },
  stack: { known: [], patch: undefined },
};

const OUTCOMES: Record<string, { check: Partial<TerrainCheck>; same: boolean; says: string }> = {
  "identical output": { check: {}, same: true, says: "all 2 files are identical, byte for byte." },
  "a known difference of the stack": {
    check: { stack: { known: KNOWN_DIFFERENCES, patch: undefined } },
    same: true,
    says: "but for\n  the framework's version under //.metadata: ",
  },
  "another stack": {
    check: { stack: { known: [], patch: "+x" } },
    same: false,
    says: "Deployable stack: differs.\n\n+x",
  },
  "another module": {
    check: { modules: { files: 2, patches: ["+x"] } },
    same: false,
    says: "Modules: 1 of 2 files differ.\n\n+x",
  },
  "types that do not fit": {
    check: { failures: new Map([["checking types", "main.ts(1,1): error"]]) },
    same: false,
    says: "FAILED, checking types:\nmain.ts(1,1): error",
  },
  "no modules": {
    check: { failures: new Map([["generating the modules", "boom"]]), modules: undefined },
    same: false,
    says: "FAILED, generating the modules:\nboom",
  },
};

describe("the report on CDK Terrain", () => {
  it.each(Object.entries(OUTCOMES))("says what came of it: %s", (_case, { check, same, says }) => {
    const outcome = { ...SAME, ...check };

    expect(isSame(outcome)).toBe(same);
    expect(terrainReport(outcome)).toContain(says);
  });

  it("lists the files that import CDKTF", () => {
    expect(terrainReport(SAME)).toContain("1 of 3 files import CDKTF:\n  main.ts\n");
  });
});
