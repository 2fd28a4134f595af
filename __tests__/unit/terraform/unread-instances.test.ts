import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameInModule } from "../../../lib/terraform/module-resources.js";
import { ResourceInstances } from "../../../lib/terraform/resource-instances.js";
import { type Instances, UnreadInstances } from "../../../lib/terraform/unread-instances.js";

interface Instance {
  readonly module: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly address: string;
}

type Parts = Omit<Instance, "address">;

/** As Terraform writes it: `${` in a key is no template, which JSON does not know. */
function instance(parts: Parts): Instance {
  const { module, index } = parts;
  const key = index === undefined ? "" : `[${JSON.stringify(index).replaceAll("${", "$${")}]`;
  const path = [module, nameInModule({ ...parts })].filter((part) => part !== "").join(".");
  return { ...parts, address: `${path}${key}` };
}

const OBJECT: Parts = { module: "", mode: "managed", type: "aws_s3_object", name: "this" };

/** The same again and again, with many keys, so that resources have several instances. */
const INSTANCES = fc.uniqueArray(
  fc
    .record(
      {
        module: fc.constantFrom("", "module.a", 'module.a["x.y"].module.b[1]', "module.this"),
        mode: fc.constantFrom("managed", "data"),
        type: fc.constantFrom("aws_s3_object", "s3_object"),
        name: fc.constantFrom("this", "a", "a-b"),
        index: fc.oneof(
          fc.nat(200),
          fc.string({ unit: "binary", maxLength: 5 }),
          fc.constantFrom(
            "",
            "a b",
            'a"b',
            "$" + "{a}",
            "]",
            '"]',
            "0",
            "ä",
            "\ud800",
            "__proto__",
          ),
        ),
      },
      { requiredKeys: ["module", "mode", "type", "name"] },
    )
    .map(instance),
  { selector: ({ address }) => address, maxLength: 300 },
);

describe("instances that are not read", () => {
  it("are those that they are as resources of the plan", () => {
    fc.assert(
      fc.property(INSTANCES, (all) => {
        const resources = all.map(({ module, ...resource }) => ({ module, resource }));
        const expected = new ResourceInstances(resources, new UnreadInstances());
        const unread = new UnreadInstances();
        const rest = resources.filter(({ resource }) => !unread.add(resource));
        const found = new ResourceInstances(rest, unread);
        const modules = ["module.a", 'module.a["x.y"].module.b', "module.this", "module.b"];
        for (const path of [...all.map(({ address }) => address), ...all.map(pathOf), ...modules]) {
          expect(told(found.of(path))).toEqual(told(expected.of(path)));
        }
      }),
    );
  });

  it("are held by their keys, however many they are", () => {
    const unread = new UnreadInstances();
    for (let index = 0; index < 1000; index += 1) {
      expect(unread.add(instance({ ...OBJECT, index }))).toBe(true);
    }

    const found = unread.of("aws_s3_object.this");

    expect(found?.size).toBe(1000);
    expect(found?.get("999")).toBe("aws_s3_object.this[999]");
    expect(found?.get("1000")).toBeUndefined();
  });

  it.each<[string, object]>([
    ["another module's beginning", { address: "modul.a.aws_s3_object.this" }],
    ["another type", { address: "aws_s3_objects.this" }],
    ["a longer type", { address: "my_aws_s3_object.this" }],
    ["another name", { address: "aws_s3_object.that" }],
    ["another key", { index: "a", address: 'aws_s3_object.this["b"]' }],
    ["a key that is not there", { address: 'aws_s3_object.this["b"]' }],
    ["no key", { index: "a", address: "aws_s3_object.this" }],
    ["a key as a text", { index: 1, address: 'aws_s3_object.this["1"]' }],
    ["nothing", { address: undefined }],
    ["a list", { index: [1], address: "aws_s3_object.this[1]" }],
  ])("are not held where the address says otherwise: %s", (_name, parts) => {
    expect(new UnreadInstances().add({ ...OBJECT, ...parts })).toBe(false);
  });

  it("are not held where one resource has some with a key and one without", () => {
    const unread = new UnreadInstances();
    const added = [instance({ ...OBJECT, index: 0 }), instance(OBJECT)].map((one) =>
      unread.add(one),
    );

    expect(added).toEqual([true, false]);
  });
});

/** All that can be asked of instances, in an order of its own. */
function told(instances: Instances | undefined): object | undefined {
  if (instances === undefined) {
    return undefined;
  }
  const entries = [...instances.entries()].sort();
  return {
    entries,
    size: instances.size,
    values: [...instances.values()].sort(),
    byKey: entries.map(([key]) => instances.get(key)),
  };
}

function pathOf(one: Instance): string {
  const { index: _, ...parts } = one;
  return instance(parts).address;
}
