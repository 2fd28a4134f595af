import { describe, expect, it } from "vitest";
import { argumentOrder, isMetaArgument } from "../../../lib/module/order.js";

describe("argumentOrder", () => {
  it.each([
    {
      what: "meta-arguments, identity, the rest, tags, lifecycle, depends_on",
      given: ["depends_on", "lifecycle", "tags", "policy", "description", "path", "name", "count"],
      ordered: [
        "count",
        "name",
        "path",
        "description",
        "policy",
        "tags",
        "lifecycle",
        "depends_on",
      ],
    },
    {
      what: "for_each and provider before everything else",
      given: ["name", "provider", "for_each"],
      ordered: ["for_each", "provider", "name"],
    },
    {
      what: "arguments without a place of their own as they come",
      given: ["policy_arn", "assume_role_policy", "force_destroy"],
      ordered: ["policy_arn", "assume_role_policy", "force_destroy"],
    },
  ])("puts $what", ({ given, ordered }) => {
    expect(given.toSorted((a, b) => argumentOrder(a) - argumentOrder(b))).toEqual(ordered);
  });
});

describe("isMetaArgument", () => {
  it.each([
    { name: "count", meta: true },
    { name: "for_each", meta: true },
    { name: "provider", meta: true },
    { name: "name", meta: false },
    { name: "lifecycle", meta: false },
    { name: "depends_on", meta: false },
  ])("is $meta for $name", ({ name, meta }) => {
    expect(isMetaArgument(name)).toBe(meta);
  });
});
