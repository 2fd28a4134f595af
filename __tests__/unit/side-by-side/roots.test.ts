import { describe, expect, it } from "vitest";
import {
  COMMUNITY_MODULE,
  cloneCommunityModule,
  submodulesIn,
  withSubmodulesOf,
} from "../../../scripts/side-by-side/community-module.js";
import { UsageError } from "../../../scripts/side-by-side/errors.js";
import { MISTAKES, mistaken } from "../../../scripts/side-by-side/mistakes.js";
import { ROOT_WAYS, rootText } from "../../../scripts/side-by-side/roots.js";
import { MODULE_NAMES } from "../../support/module-sources.js";

const WAY = "with-terraform-aws-modules";

describe.each(MODULE_NAMES)("the root of %s with terraform-aws-modules", (module) => {
  const text = rootText(module, WAY);

  it("calls submodules of the release that is compared", () => {
    const versions = Array.from(text.matchAll(/version\s*=\s*"(\d[^"]*)"/g), ([, one]) => one);

    expect(submodulesIn(text)).not.toEqual([]);
    expect(new Set(versions)).toEqual(new Set([COMMUNITY_MODULE.version]));
  });

  it("takes all of them from a clone", () => {
    const here = withSubmodulesOf("/clone", text);

    expect(here).not.toContain("terraform-aws-modules/");
    expect(here).not.toMatch(/version\s*=\s*"\d/);
    expect(here).toContain('"/clone/modules/iam-');
  });
});

describe("the clone", () => {
  it("is of no other release", () => {
    const other = rootText("remotion-user", WAY).replaceAll(COMMUNITY_MODULE.version, "5.59.0");

    expect(() => withSubmodulesOf("/clone", other)).toThrow(/is of 5\.59\.0/);
  });

  it("says how to do without the network where it cannot be had", () => {
    process.env["TERRAFORM_AWS_IAM_GIT"] = "/nowhere/at-all";
    try {
      expect(() => cloneCommunityModule("/nowhere/clone")).toThrow(UsageError);
      expect(() => cloneCommunityModule("/nowhere/clone")).toThrow(/TERRAFORM_AWS_IAM_GIT/);
    } finally {
      delete process.env["TERRAFORM_AWS_IAM_GIT"];
    }
  });
});

describe("the mistakes", () => {
  it("are ten", () => {
    expect(MISTAKES).toHaveLength(10);
  });

  it.each(MISTAKES)("can be made each way: $what", ({ module, edits }) => {
    for (const way of ROOT_WAYS) {
      expect(mistaken(rootText(module, way), edits[way])).toContain(edits[way].to);
    }
  });

  it("have one character too many in a name", () => {
    const long = MISTAKES.find(({ what }) => what.includes("65 characters"));

    expect(long?.edits["with-module"].to).toHaveLength(65 + '""'.length);
  });

  it("cannot be made where the root has changed", () => {
    expect(() => mistaken("a = b", { from: "c", to: "d" })).toThrow("c is there 0 times");
    expect(() => mistaken("a = a", { from: "a", to: "d" })).toThrow("a is there 2 times");
  });
});
