import { describe, expect, it } from "vitest";
import { readStateResources } from "../../../lib/reading/read-state-resources.js";
import { fixture } from "../terraform/support/fixture.js";

describe("the resources of a state", () => {
  const shown = readStateResources(fixture("every-grant.state.json"));
  const raw = readStateResources(fixture("every-grant.raw-state.json"));

  it("are the same in both forms", () => {
    const addresses = (resources: typeof shown) => resources.map(({ address }) => address).sort();

    expect(shown.length).toBeGreaterThan(20);
    expect(addresses(raw)).toEqual(addresses(shown));
  });

  it.each([
    { form: "terraform show -json", resources: shown },
    { form: "terraform.tfstate", resources: raw },
  ])("have their type, and the values of $form", ({ resources }) => {
    const keyed = resources.find(({ address }) => address === 'aws_iam_role.keyed["first"]');

    expect(keyed).toMatchObject({ type: "aws_iam_role", values: { name: "keyed-first" } });
  });

  it("are none of its data sources", () => {
    expect(shown.filter(({ address }) => /(^|\.)data\./.test(address))).toEqual([]);
  });

  it.each(["everything.hcl.plan.json", "destroyed.plan.json"])("are not in the plan %s", (plan) => {
    expect(() => readStateResources(fixture(plan))).toThrow("terraform show -json > state.json");
  });

  it.each(["[]", "null", "{}", '{"Statement":[]}'])("are not in %s", (text) => {
    expect(() => readStateResources(text)).toThrow("The file is not a state");
  });
});
