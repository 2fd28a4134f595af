import { describe, expect, it } from "vitest";
import { filesOf, partOf } from "../../../lib/module/edition.js";
import type { ModuleDocument } from "../../../lib/module/module-document.js";

const DOCUMENT: ModuleDocument = {
  name: "m",
  terraform: {
    output: { o: { value: 1 } },
    resource: { t: { n: {} } },
    moved: [{ from: "a.b", to: "a.c" }],
    locals: { l: 1 },
    terraform: { required_version: ">= 1.5.0" },
  },
  layout: [],
};

describe("partOf", () => {
  it.each([
    { file: "versions", keys: ["terraform"] },
    { file: "variables", keys: [] },
    { file: "main", keys: ["locals", "resource", "moved"] },
    { file: "outputs", keys: ["output"] },
  ] as const)("$file holds $keys", ({ file, keys }) => {
    const part = partOf(DOCUMENT, file);

    expect(Object.keys(part)).toEqual(keys);
    expect(Object.values(part)).toEqual(keys.map((key) => DOCUMENT.terraform[key]));
  });
});

describe("filesOf", () => {
  it("are those of the module's files that hold something, in the order of reading", () => {
    expect(filesOf(DOCUMENT)).toEqual(["versions", "main", "outputs"]);
  });
});
