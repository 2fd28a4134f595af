import { describe, expect, it } from "vitest";
import {
  OPTION_STATEMENTS,
  optionStatements,
  type PolicyExtras,
} from "../../../lib/remotion/option-statements.js";

const LAYER = "arn:aws:lambda:us-east-1:123456789012:layer:fonts:3";

describe("optionStatements", () => {
  it.each<{ principal: "user" | "role"; extras: PolicyExtras; sids: readonly string[] }>([
    { principal: "user", extras: {}, sids: [] },
    { principal: "role", extras: {}, sids: [] },
    { principal: "user", extras: { customLayerArns: [] }, sids: [] },
    { principal: "user", extras: { vpc: false, allInsightsRegions: false }, sids: [] },
    {
      principal: "user",
      extras: { customLayerArns: [LAYER] },
      sids: ["CustomLayers", "CustomLayersOfFunctions"],
    },
    { principal: "role", extras: { customLayerArns: [LAYER] }, sids: [] },
    { principal: "user", extras: { vpc: true }, sids: ["FunctionsInVpc"] },
    { principal: "role", extras: { vpc: true }, sids: ["NetworkInterfaces"] },
    { principal: "user", extras: { allInsightsRegions: true }, sids: ["AllInsightsRegions"] },
    { principal: "role", extras: { allInsightsRegions: true }, sids: [] },
  ])("of the $principal for $extras are $sids", ({ principal, extras, sids }) => {
    expect(optionStatements(principal, "full", extras, {}).map(({ Sid }) => Sid)).toEqual(sids);
  });

  it("are off for the profile render, whose APIs have no use for them", () => {
    const extras = { vpc: true, allInsightsRegions: true, customLayerArns: [LAYER] };

    expect(optionStatements("user", "render", extras, {})).toEqual([]);
    expect(optionStatements("user", "deploy", extras, {})).toHaveLength(4);
  });

  it("allow the layers named, and no other", () => {
    const [layers] = optionStatements("user", "full", { customLayerArns: [LAYER] }, {});

    expect(layers).toMatchObject({ Action: ["lambda:GetLayerVersion"], Resource: [LAYER] });
  });

  it("are narrowed like the others", () => {
    const scope = { regions: ["eu-west-1"], functionNames: ["remotion-render-a"] };
    const [, functions] = optionStatements("user", "full", { customLayerArns: [LAYER] }, scope);

    expect(functions?.Resource).toEqual(["arn:aws:lambda:eu-west-1:*:function:remotion-render-a"]);
  });

  it.each(OPTION_STATEMENTS)("$sid has actions and a reason for them", ({ actions, reason }) => {
    expect(actions.length).toBeGreaterThan(0);
    expect(reason).toMatch(/^[A-Z][^\n|]*\.$/);
  });
});
