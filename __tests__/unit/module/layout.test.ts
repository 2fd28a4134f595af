import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";
import { elementAt, localsBesideUse } from "../../../lib/module/layout.js";

const TERRAFORM: JsonObject = {
  locals: { a: [1], none: null },
  resource: { aws_iam_user: { this: { name: "n" } } },
};

describe("elementAt", () => {
  it.each([
    { address: "local.a", value: [1] },
    { address: "local.none", value: null },
    { address: "local.other", value: null },
    { address: "aws_iam_user.this", value: { name: "n" } },
    { address: "aws_iam_user.other", value: null },
    { address: "aws_iam_role.this", value: null },
  ])("finds at $address: $value", ({ address, value }) => {
    expect(elementAt(TERRAFORM, address)).toEqual(value);
  });
});

/** Name → value, in the order of declaration; upper case is a resource. */
const ORDERS: Record<string, { declared: Record<string, JsonValue>; read: string }> = {
  "a local that a resource before it needs": {
    declared: { A: "${local.a}", a: 1 },
    read: "aA",
  },
  "a local that a later resource needs": {
    declared: { a: 1, A: 1, B: "${local.a}" },
    read: "AaB",
  },
  "a local that several resources need": {
    declared: { a: 1, A: 1, B: "${local.a}", C: "${local.a}" },
    read: "AaBC",
  },
  "locals that a local of a resource is made of": {
    declared: { A: ["x ${local.c} y"], c: "${local.b}", b: "${local.a}", a: 1 },
    read: "abcA",
  },
  "several locals of a resource, as declared": {
    declared: { a: 1, b: 1, c: "${local.a}", A: "${local.c}${local.b}" },
    read: "abcA",
  },
  "a local that nothing in the file needs": {
    declared: { a: 1, A: 1, b: 1, B: 1 },
    read: "aAbB",
  },
  "a local that another one needs, declared behind it": {
    declared: { b: "${local.a}", a: 1, A: 1 },
    read: "abA",
  },
  "a local of another file": { declared: { A: "${local.elsewhere}", a: 1 }, read: "Aa" },
  "a local whose name begins like another's": {
    declared: { A: "${local.a_b}", a: 1 },
    read: "Aa",
  },
  "locals in a circle, which Terraform will refuse": {
    declared: { a: "${local.b}", b: "${local.a}", A: "${local.a}" },
    read: "baA",
  },
};

describe("the order of reading", () => {
  it.each(Object.entries(ORDERS))("of %s", (_what, { declared, read }) => {
    const entries = Object.entries(declared);
    const isResource = (name: string) => name !== name.toLowerCase();
    const terraform = {
      locals: Object.fromEntries(entries.filter(([name]) => !isResource(name))),
      resource: {
        t: Object.fromEntries(
          entries.filter(([name]) => isResource(name)).map(([name, x]) => [name, { x }]),
        ),
      },
    };
    const elements = entries.map(([name]) => ({
      address: `${isResource(name) ? "t" : "local"}.${name}`,
      comments: new Map(),
      blocks: {},
    }));
    const names = localsBesideUse(terraform, elements).map(({ address }) => address.split(".")[1]);

    expect(names.join("")).toBe(read);
  });

  it("leaves what other files need, too, where it was declared, with what that is made of", () => {
    const element = (address: string) => ({ address, comments: new Map(), blocks: {} });
    const terraform = {
      locals: { a: 1, b: "${local.a}", c: 1 },
      resource: { t: { A: {}, B: { x: "${local.b}${local.c}" }, C: { x: "${local.b}" } } },
    };
    const here = ["local.a", "local.b", "local.c", "t.A", "t.B"].map(element);
    const read = localsBesideUse(terraform, here, [element("t.C")]);

    expect(read.map(({ address }) => address.split(".")[1]).join("")).toBe("abAcB");
  });
});
