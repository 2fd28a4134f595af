import { describe, expect, it } from "vitest";
import { withoutLoops } from "../../../lib/cloudformation/loops.js";
import { Limits } from "../../../lib/terraform-expression/limits.js";
import { principalAt, readingOf, trusting } from "./support/template.js";

/** Resources with their loops written out. */
function resources(
  made: object,
  {
    given = {},
    ...more
  }: { given?: Readonly<Record<string, string>> } & Record<string, unknown> = {},
): unknown {
  const limits = new Limits(100_000, () => new Error("too much"));
  const content = { ...more, Resources: made };
  return withoutLoops(content, new Map(Object.entries(given)), limits)["Resources"];
}

const topic = (name: unknown) => ({ Type: "AWS::SNS::Topic", Properties: { TopicName: name } });
const TWO = { TopicA: topic("a-A"), TopicB: topic("a-B") };

describe("a loop", () => {
  it.each<[string, object, object, object]>([
    [
      "over texts",
      { "Fn::ForEach::T": ["N", ["A", "B"], { "Topic${N}": topic("a-${N}") }] },
      {},
      TWO,
    ],
    [
      "over a parameter",
      { "Fn::ForEach::T": ["N", { Ref: "Names" }, { "Topic${N}": topic("a-${N}") }] },
      { Parameters: { Names: { Type: "CommaDelimitedList", Default: "A,B" } } },
      TWO,
    ],
    [
      "over a parameter that is given",
      { "Fn::ForEach::T": ["N", { Ref: "Names" }, { "Topic${N}": topic("a-${N}") }] },
      { Parameters: { Names: { Type: "CommaDelimitedList" } }, given: { Names: "A,B" } },
      TWO,
    ],
    [
      "over a map's list",
      {
        "Fn::ForEach::T": [
          "N",
          { "Fn::FindInMap": ["M", "a", "b"] },
          { "Topic${N}": topic("a-${N}") },
        ],
      },
      { Mappings: { M: { a: { b: ["A", "B"] } } } },
      TWO,
    ],
    [
      "whose identifier is referred to",
      {
        "Fn::ForEach::T": [
          "N",
          ["A"],
          { "Topic${N}": topic({ "Fn::Join": ["-", ["a", { Ref: "N" }]] }) },
        ],
      },
      {},
      { TopicA: topic({ "Fn::Join": ["-", ["a", "A"]] }) },
    ],
    [
      "with the other sign",
      { "Fn::ForEach::T": ["N", ["A", "B"], { "Topic&{N}": topic("a-&{N}") }] },
      {},
      TWO,
    ],
    [
      "in a loop",
      {
        "Fn::ForEach::T": [
          "N",
          ["A", "B"],
          { "Fn::ForEach::${N}": ["M", ["X", "${N}"], { "T${N}${M}": topic("${M}") }] },
        ],
      },
      {},
      { TAX: topic("X"), TAA: topic("A"), TBX: topic("X"), TBB: topic("B") },
    ],
    [
      "in a property",
      {
        T: { Type: "X", Properties: { "Fn::ForEach::P": ["N", ["A"], { "P${N}": "${N}" }], Q: 1 } },
      },
      {},
      { T: { Type: "X", Properties: { PA: "A", Q: 1 } } },
    ],
    ["over nothing", { "Fn::ForEach::T": ["N", [], { "T${N}": topic("x") }], T: 1 }, {}, { T: 1 }],
  ])("%s is written out", (_title, loop, more, made) => {
    expect(resources(loop, { ...more })).toEqual(made);
  });

  it.each<[string, unknown, object]>([
    ["over what is not told", ["N", { Ref: "Open" }, { "T${N}": topic("x") }], {}],
    ["over a text in which there is something open", ["N", [{ Ref: "Open" }], { "T${N}": 1 }], {}],
    ["that makes what is there", ["N", ["A"], { "T${N}": topic("x") }], { TA: topic("y") }],
    ["that makes one twice", ["N", ["A", "B"], { T: topic("x") }], {}],
    ["with other characters in a logical id", ["N", ["10.0.0.0/8"], { "T&{N}": topic("x") }], {}],
    ["of something else", "x", {}],
    ["without a fragment", ["N", ["A"]], {}],
  ])("%s stays as it is", (_title, loop, others) => {
    const made = { "Fn::ForEach::T": loop, ...others };
    const Parameters = { Open: { Type: "CommaDelimitedList" } };

    expect(resources(made, { Parameters })).toEqual(made);
  });

  it("that multiplies without end is refused", () => {
    const items = Array.from({ length: 100 }, (_, index) => `a${index}`);
    const loop = (depth: number): object => ({
      [`Fn::ForEach::L${depth}`]: [
        `N${depth}`,
        items,
        depth === 0 ? { "T${N0}": 1 } : loop(depth - 1),
      ],
    });

    expect(() => resources(loop(5))).toThrow("too much");
  });
});

describe("what loops make", () => {
  const Role = {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: "${N}-role",
      AssumeRolePolicyDocument: trusting("lambda.amazonaws.com"),
    },
  };

  it("are roles and their policies, by conditions that loops make", () => {
    const template = {
      Transform: "AWS::LanguageExtensions",
      Parameters: { Stages: { Type: "CommaDelimitedList", Default: "dev,prod" } },
      Conditions: {
        "Fn::ForEach::C": [
          "N",
          { Ref: "Stages" },
          { "Is${N}": { "Fn::Equals": ["${N}", "prod"] } },
        ],
      },
      Resources: {
        "Fn::ForEach::R": [
          "N",
          { Ref: "Stages" },
          {
            "Role${N}": Role,
            "Policy${N}": {
              Type: "AWS::IAM::RolePolicy",
              Condition: "Is${N}",
              Properties: {
                RoleName: { Ref: "Role${N}" },
                PolicyName: "p",
                PolicyDocument: { Version: "2012-10-17", Statement: [] },
              },
            },
          },
        ],
      },
    };
    const { principals } = readingOf(template);

    expect(principals.map(({ name, policies }) => [name, policies.length])).toEqual([
      ["dev-role", 0],
      ["prod-role", 1],
    ]);
  });

  it("may be policies of buckets, which decide about everybody", () => {
    const { policies } = principalAt("R", {
      Parameters: { Open: { Type: "CommaDelimitedList" } },
      Resources: {
        R: { ...Role, Properties: { ...Role.Properties, RoleName: "role" } },
        "Fn::ForEach::B": ["N", { Ref: "Open" }, { "B${N}": { Type: "AWS::S3::BucketPolicy" } }],
      },
    });

    expect(policies.map(({ document }) => Object(document).cause)).toEqual([
      "Fn::ForEach::B makes resources, and is not worked out",
    ]);
  });
});
