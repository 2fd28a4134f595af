import { expect, it } from "vitest";
import { moduleResources } from "../../../lib/terraform/module-resources.js";

/** A module with one resource, as `terraform show -json` has it. */
const module = (address: string, ...child_modules: readonly object[]) => ({
  address,
  resources: [{ address: `${address}.aws_iam_role.this` }],
  child_modules,
});

it("modules come in the order of their addresses, which they have not in a file of nested ones", () => {
  const root = {
    child_modules: [
      module("module.b", module("module.b.module.d[1]"), module("module.b.module.d[0]")),
      module("module.a"),
    ],
  };
  expect(moduleResources(root).map((one) => one.module)).toEqual([
    "module.a",
    "module.b",
    "module.b.module.d[0]",
    "module.b.module.d[1]",
  ]);
});
