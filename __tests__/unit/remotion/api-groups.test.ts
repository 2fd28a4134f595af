import { describe, expect, it } from "vitest";
import { API_ROWS, apiName } from "../../../lib/remotion/api-calls.js";
import { API_GROUPS, apiGroup } from "../../../lib/remotion/api-groups.js";

const NAMES = [
  ...new Set(API_ROWS.filter(({ calls }) => calls.length > 0).map(({ api }) => apiName(api))),
];

describe("the group of an API", () => {
  it.each([
    ["deployFunction()", "Functions"],
    ["getFunctionVersion()", "Functions"],
    ["remotion lambda functions rmall", "Functions"],
    ["deploySiteFromBundle()", "Sites and buckets"],
    ["getOrCreateBucket()", "Sites and buckets"],
    ["remotion lambda sites create", "Sites and buckets"],
    ["renderMediaOnLambda()", "Renders"],
    ["getCompositionsOnLambda()", "Renders"],
    ["remotion lambda render", "Renders"],
    ["getRenderProgress()", "Progress and results"],
    ["cancelRenderOnLambda()", "Progress and results"],
    ["deleteRender()", "Progress and results"],
    ["remotion lambda quotas increase", "Quotas and checks"],
    ["remotion lambda policies validate", "Quotas and checks"],
    ["rendering", "Inside of functions"],
    ["output bucket my-render-quotas", "Output buckets"],
    // What begins or ends so is another one.
    ["rendering()", "Renders"],
    ["remotion lambda rendering", "Renders"],
    ["the output bucket my-videos", "Renders"],
  ])("%s is %s", (name, group) => {
    expect(apiGroup(name)).toBe(group);
  });

  it("is Renders of what renders alone, of all APIs that there are", () => {
    expect(NAMES.filter((name) => apiGroup(name) === "Renders")).toEqual([
      expect.stringMatching(/^renderMedia/),
      expect.stringMatching(/^renderStill/),
      expect.stringMatching(/^getCompositions/),
      "remotion lambda compositions",
      "remotion lambda render",
      "remotion lambda still",
    ]);
  });

  it("is one of those that there are, each of which has an API", () => {
    const used = new Set(NAMES.map(apiGroup));
    expect(API_GROUPS.filter((group) => !used.has(group))).toEqual(["Output buckets"]);
  });
});
