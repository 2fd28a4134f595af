import { describe, expect, it } from "vitest";
import type { TerrainCheck } from "../../../scripts/cdk-terrain/check-terrain.js";
import { KNOWN_DIFFERENCES } from "../../../scripts/cdk-terrain/compare.js";
import { isSame, terrainReport } from "../../../scripts/cdk-terrain/report.js";

const SAME: TerrainCheck = {
  installed: { cdktn: "0.24.1", "@cdktn/provider-aws": "25.9.0" },
  sources: 3,
  renamed: ["main.ts"],
  failures: new Map(),
  modules: { files: 2, patches: [] },
  stack: { known: [], patch: undefined },
  constructs: {
    failures: new Map(),
    stacks: new Map([
      ["module", { known: [], patch: undefined }],
      ["commonjs", { known: [], patch: undefined }],
    ]),
  },
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
  "another stack of an app": {
    check: {
      constructs: {
        failures: new Map(),
        stacks: new Map([
          ["module", { known: [], patch: undefined }],
          ["commonjs", { known: [], patch: "+x" }],
        ]),
      },
    },
    same: false,
    says: "App with remotion-lambda-terraform/cdktn, commonjs: differs.\n\n+x",
  },
  "no stack of an app": {
    check: {
      constructs: {
        failures: new Map([["synthesizing an app, commonjs", "boom"]]),
        stacks: new Map([["module", { known: [], patch: undefined }]]),
      },
    },
    same: false,
    says: "FAILED, synthesizing an app, commonjs:\nboom",
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

  it("says what was installed", () => {
    expect(terrainReport(SAME)).toMatch(/^cdktn@0\.24\.1 and @cdktn\/provider-aws@25\.9\.0, with /);
  });

  it("lists the files that import CDKTF", () => {
    expect(terrainReport(SAME)).toContain("1 of 3 files import CDKTF:\n  main.ts\n");
  });
});
