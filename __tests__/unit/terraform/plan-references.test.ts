import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { policyText } from "./support/plan.js";
import { causesIn } from "./support/spell-unknown.js";

/* References as Terraform 1.11 writes them down; what it can point at is in every-grant.plan.json. */

const policy = (name: string, index?: string | number) => ({
  address: `aws_iam_policy.${name}${index === undefined ? "" : `[${JSON.stringify(index)}]`}`,
  mode: "managed",
  type: "aws_iam_policy",
  name,
  ...(index === undefined ? {} : { index }),
  values: { name: `${name}${index ?? ""}`, policy: policyText(name) },
});

const within = <T extends { address: string }>(module: string, resource: T) => ({
  ...resource,
  address: `${module}.${resource.address}`,
});

const attachment = (index?: string) => ({
  address: `aws_iam_user_policy_attachment.x${index === undefined ? "" : `["${index}"]`}`,
  mode: "managed",
  type: "aws_iam_user_policy_attachment",
  name: "x",
  ...(index === undefined ? {} : { index }),
  values: { user: "a" },
});

const configured = (references: readonly string[], loop: readonly string[] = []) => ({
  address: "aws_iam_user_policy_attachment.x",
  expressions: { user: {}, policy_arn: { references } },
  for_each_expression: { references: loop },
});

interface Module {
  readonly address?: string;
  readonly resources?: readonly object[];
  readonly child_modules?: readonly Module[];
}

/** Names of the policies that the user turns out to have. */
function attached(planned: Module, configuration: object): readonly string[] {
  const user = {
    address: "aws_iam_user.a",
    mode: "managed",
    type: "aws_iam_user",
    name: "a",
    values: { name: "a" },
  };
  const resources = [user, ...(planned.resources ?? [])];
  const { principals } = readPrincipals(
    JSON.stringify({
      format_version: "1.2",
      planned_values: { root_module: { ...planned, resources } },
      configuration: { root_module: configuration },
    }),
  );
  const sure = principals[0]?.policies.filter(({ document }) => causesIn(document).length === 0);
  return sure?.map(({ name }) => name) ?? [];
}

describe("the policy that is referred to", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ["the only one", ["aws_iam_policy.one.arn", "aws_iam_policy.one"], ["one"]],
    [
      "by a number",
      ["aws_iam_policy.two[1].arn", "aws_iam_policy.two[1]", "aws_iam_policy.two"],
      ["two1"],
    ],
    [
      "by a key",
      ['aws_iam_policy.key["a.b[c]"].arn', 'aws_iam_policy.key["a.b[c]"]'],
      ["keya.b[c]"],
    ],
    ["by a key with quotes", ['aws_iam_policy.key["\\"q\\""].arn'], ['key"q"']],
    ["the only one of a count", ["aws_iam_policy.single", "count.index"], ["single0"]],
    [
      "twice the same",
      ["aws_iam_policy.one.arn", "aws_iam_policy.one", "aws_iam_policy.one.id"],
      ["one"],
    ],
    ["with something else", ["aws_iam_policy.one.arn", "path.module", "local.x"], ["one"]],
    ["one of two", ["aws_iam_policy.one.arn", "aws_iam_policy.single[0].arn"], []],
    ["one of a count", ["aws_iam_policy.two", "local.index"], []],
    ["a number that is not there", ["aws_iam_policy.two[7].arn"], []],
    ["not in the plan", ["aws_iam_policy.missing.arn"], []],
    ["a user", ["aws_iam_user.a.arn"], []],
    ["a local value", ["local.arn"], []],
    ["a variable of the root module", ["var.arn"], []],
    ["a module that is not there", ["module.missing.arn"], []],
    ["nothing", [], []],
    ["no reference", ["", ".", "[", "a.", "each"], []],
  ])("%s", (_what, references, names) => {
    const resources = [
      policy("one"),
      policy("two", 0),
      policy("two", 1),
      policy("single", 0),
      policy("key", "a.b[c]"),
      policy("key", '"q"'),
      attachment(),
    ];

    expect(attached({ resources }, { resources: [configured(references)] })).toEqual(names);
  });

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["by its own key", ["aws_iam_policy.p", "each.key"], ["local.keys"], ["pa", "pb"]],
    ["by its own value", ["each.value.arn", "each.value"], ["aws_iam_policy.p"], ["pa", "pb"]],
    ["by a value among several", ["each.value"], ["aws_iam_policy.p", "aws_iam_policy.q"], []],
  ])("%s", (_what, references, loop, names) => {
    const resources = [
      policy("p", "a"),
      policy("p", "b"),
      policy("q"),
      attachment("a"),
      attachment("b"),
    ];

    expect(attached({ resources }, { resources: [configured(references, loop)] })).toEqual(names);
  });
});

describe("through modules", () => {
  const arn = { arn: { expression: { references: ["aws_iam_policy.p.arn", "aws_iam_policy.p"] } } };
  const keyed = {
    resources: [attachment("a"), attachment("b")],
    child_modules: ["a", "b"].map((key) => ({
      address: `module.m["${key}"]`,
      resources: [within(`module.m["${key}"]`, { ...policy("p"), values: policy(key).values })],
    })),
  };

  it("an output of the instance with a key", () => {
    expect(
      attached(
        { ...keyed, resources: [attachment()] },
        {
          resources: [configured(['module.m["b"].arn', 'module.m["b"]'])],
          module_calls: { m: { module: { outputs: arn } } },
        },
      ),
    ).toEqual(["b"]);
  });

  it("an output that is not named, of the instance with one's own key", () => {
    expect(
      attached(keyed, {
        resources: [configured(["module.m", "each.key"])],
        module_calls: {
          m: { module: { outputs: { ...arn, name: { expression: { references: ["var.x"] } } } } },
        },
      }),
    ).toEqual(["a", "b"]);
  });

  it("variables and outputs, over several modules", () => {
    const inner = "module.outer.module.inner[0]";
    const planned = {
      resources: [policy("root")],
      child_modules: [
        {
          address: "module.outer",
          child_modules: [
            { address: inner, resources: [within(inner, attachment())] },
            {
              address: "module.outer.module.source",
              resources: [within("module.outer.module.source", policy("deep"))],
            },
          ],
        },
      ],
    };
    const configuration = (passed: string) => ({
      module_calls: {
        outer: {
          expressions: { arn: { references: ["aws_iam_policy.root.arn"] } },
          module: {
            module_calls: {
              inner: {
                expressions: { given: { references: [passed] } },
                module: { resources: [configured(["var.given"])] },
              },
              source: {
                module: {
                  outputs: { arn: { expression: { references: ["aws_iam_policy.deep.arn"] } } },
                },
              },
            },
          },
        },
      },
    });

    expect(attached(planned, configuration("var.arn"))).toEqual(["root"]);
    expect(attached(planned, configuration("module.source.arn"))).toEqual(["deep"]);
    expect(attached(planned, configuration("var.other"))).toEqual([]);
  });

  it("but not in circles, and not to everything at once", () => {
    const circle = { self: { expression: { references: ["module.m.self", "module.m.self.x"] } } };
    const everything = Array.from({ length: 60 }, (_, index) => `aws_iam_policy.p[${index}].arn`);
    const resources = [attachment(), ...everything.map((_, index) => policy("p", index))];

    expect(
      attached(
        { resources, child_modules: [{ address: "module.m", resources: [] }] },
        {
          resources: [configured(["module.m.self", ...everything])],
          module_calls: { m: { module: { outputs: circle } } },
        },
      ),
    ).toEqual([]);
  });
});
