import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type ProviderSchema,
  providerSchema,
} from "../../../scripts/record-provider-schemas/provider-schema.js";
import {
  resourceTypes,
  usedInputs,
} from "../../../scripts/record-provider-schemas/resource-types.js";
import { REPOSITORY } from "../../support/repository.js";
import recorded from "./provider-schemas.json" with { type: "json" };

/** The provider that the tests run with, from the bindings that are installed. */
const INSTALLED = providerSchema(
  join(REPOSITORY, "node_modules", "@cdktf", "provider-aws"),
  resourceTypes(),
);

const LATER: readonly ProviderSchema[] = recorded.schemas;

/** What is otherwise in a later version, a line each. */
function differences(earlier: ProviderSchema, later: ProviderSchema): string[] {
  return resourceTypes().flatMap((type) => {
    const [was, is] = [attributesOf(earlier, type), attributesOf(later, type)];
    return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
      const [before, after] = [was.get(name), is.get(name)];
      return before === after
        ? []
        : [`${type}.${name}: ${before ?? "not there"} → ${after ?? "not there"}`];
    });
  });
}

/** Attribute → its type, or that it is read alone. */
function attributesOf({ resources }: ProviderSchema, type: string): Map<string, string> {
  const { inputs = {}, computed = [] } = resources[type] ?? {};
  return new Map([
    ...Object.entries(inputs),
    ...computed.map((name) => [name, "computed"] as const),
  ]);
}

describe("The resource types of the modules, in AWS providers of version 6", () => {
  it("are read from the bindings as Terraform names them", () => {
    expect(INSTALLED.version).toBe("5.100.0");
    expect(INSTALLED.resources["aws_iam_role_policy_attachment"]).toEqual({
      inputs: { id: "string", policy_arn: "required string", role: "required string" },
      computed: [],
    });
    expect(INSTALLED.resources["aws_iam_role"]).toMatchObject({
      inputs: { inline_policy: "IamRoleInlinePolicy[] | IResolvable" },
      computed: ["arn", "create_date", "unique_id"],
    });
  });

  it("are all recorded, from both bindings", () => {
    expect(LATER.map(({ version, bindings }) => `${version} of ${bindings}`)).toEqual([
      "6.25.0 of @cdktf/provider-aws 21.22.1",
      "6.66.0 of @cdktn/provider-aws 25.7.0",
    ]);
    for (const { resources } of [INSTALLED, ...LATER]) {
      expect(Object.keys(resources)).toEqual(resourceTypes());
    }
  });

  it.each([
    ["6.25.0", []],
    ["6.66.0", ["aws_iam_policy.delay_after_policy_creation_in_ms: not there → number"]],
  ])("differ from those of 5.100.0 in nothing else: %s", (version, expected) => {
    const [later] = LATER.filter((schema) => schema.version === version);

    expect(later && differences(INSTALLED, later)).toEqual(expected);
  });

  it.each(LATER)(
    "have every argument that a module gives, with the same type: $version",
    (later) => {
      const used = Object.entries(usedInputs()).flatMap(([type, names]) =>
        names.map((name) => `${type}.${name}`),
      );
      const changed = differences(INSTALLED, later).map((line) => line.replace(/:.*/, ""));

      expect(used.length).toBeGreaterThan(30);
      expect(used.filter((name) => changed.includes(name))).toEqual([]);
      for (const [type, names] of Object.entries(usedInputs())) {
        expect(Object.keys(later.resources[type]?.inputs ?? {})).toEqual(
          expect.arrayContaining(names),
        );
      }
    },
  );

  it.each(LATER)("ask for no argument that no module gives: $version", ({ resources }) => {
    const asked = Object.entries(resources).flatMap(([type, { inputs }]) =>
      Object.entries(inputs)
        .filter(([, kind]) => kind.startsWith("required "))
        .map(([name]) => ({ type, name })),
    );

    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter(({ type, name }) => !usedInputs()[type]?.includes(name))).toEqual([]);
  });
});
