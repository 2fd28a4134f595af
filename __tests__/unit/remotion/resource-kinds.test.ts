import { describe, expect, it } from "vitest";
import { LAYERS } from "../../../lib/remotion/layers.js";
import { RESOURCE_KINDS } from "../../../lib/remotion/resource-kinds.js";

describe.each(RESOURCE_KINDS)("the kind of $template", ({ template, sid, scope, service }) => {
  it("is told in words, and by an id that a statement may have", () => {
    expect(sid).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(scope).toMatch(/^[A-Za-z].+[a-z*-]$/);
  });

  it("is of the service that its ARN names", () => {
    expect(template === "*" ? "any" : template.split(":")[2]).toBe(service);
  });
});

it("kinds have ids and templates of their own", () => {
  const own = (values: readonly string[]) => new Set(values).size;

  expect(own(RESOURCE_KINDS.map(({ template }) => template))).toBe(RESOURCE_KINDS.length);
  expect(own(RESOURCE_KINDS.map(({ sid }) => sid))).toBe(RESOURCE_KINDS.length);
});

it("what differs between partitions has a name for Terraform, and a sentence about it", () => {
  expect(LAYERS.name).toMatch(/^[a-z]+(_[a-z]+)*$/);
  expect(LAYERS.about).toMatch(/^[A-Z].+\.$/);
});
