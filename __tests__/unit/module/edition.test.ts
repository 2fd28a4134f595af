import { describe, expect, it } from "vitest";
import { filesOf } from "../../../lib/module/edition.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import type { ModuleDocument } from "../../../lib/module/module-document.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";

const DOCUMENT: ModuleDocument = {
  name: "m",
  terraform: {
    output: { o: { value: 1 } },
    resource: { t: { n: {}, p: { x: 1 } }, u: { n: { y: 2 } } },
    moved: [{ from: "a.b", to: "a.c" }],
    locals: { l: 1, k: 2 },
    terraform: { required_version: ">= 1.5.0" },
  },
  layout: [
    element("local.l"),
    element("t.p", "beside"),
    element("local.k", "beside"),
    element("t.n"),
    element("u.n", "last"),
  ],
};

describe("the files of a module", () => {
  it("are those that hold something, those of concerns beside main, in the order of reading", () => {
    expect(filesOf(DOCUMENT).map(({ name, terraform }) => [name, terraform])).toEqual([
      ["versions", { terraform: { required_version: ">= 1.5.0" } }],
      [
        "main",
        {
          locals: { l: 1 },
          resource: { t: { n: {} } },
          moved: [{ from: "a.b", to: "a.c" }],
        },
      ],
      ["beside", { locals: { k: 2 }, resource: { t: { p: { x: 1 } } } }],
      ["last", { resource: { u: { n: { y: 2 } } } }],
      ["outputs", { output: { o: { value: 1 } } }],
    ]);
  });

  it("have their own elements in their layouts", () => {
    const addresses = filesOf(DOCUMENT).map(({ layout }) => layout.map(({ address }) => address));

    expect(addresses).toEqual([[], ["local.l", "t.n"], ["t.p", "local.k"], ["u.n"], []]);
  });

  it("begin with main where everything has a concern", () => {
    const layout = [element("local.l", "beside")];
    const files = filesOf({ ...DOCUMENT, layout });

    expect(files.map(({ name }) => name)).toEqual(["versions", "main", "beside", "outputs"]);
  });
});

describe.each([...PUBLISHED_MODULES])("the module %s", (_name, module) => {
  const document = module().toDocument();
  const files = filesOf(document);

  it("is the sum of its files", () => {
    const all: Record<string, Record<string, unknown>> = {};
    for (const { terraform } of files) {
      const { resource, ...sections } = terraform;
      for (const [name, section] of Object.entries(sections)) {
        all[name] = Array.isArray(section)
          ? Object(section)
          : { ...all[name], ...(section as JsonObject) };
      }
      for (const [type, byName] of Object.entries((resource ?? {}) as JsonObject)) {
        const resources = (all["resource"] ?? {}) as Record<string, JsonObject>;
        all["resource"] = {
          ...resources,
          [type]: { ...resources[type], ...(byName as JsonObject) },
        };
      }
    }

    expect(all).toEqual(document.terraform);
  });

  it("has everything once", () => {
    const placed = files.flatMap(({ layout }) => layout.map(({ address }) => address));

    expect(placed.sort()).toEqual(document.layout.map(({ address }) => address).sort());
  });

  it("has a main", () => {
    expect(files.map(({ name }) => name)).toContain("main");
  });
});

function element(address: string, concern?: string): ModuleDocument["layout"][number] {
  const plain = { address, comments: new Map(), blocks: {} };
  return concern === undefined ? plain : { ...plain, concern };
}
