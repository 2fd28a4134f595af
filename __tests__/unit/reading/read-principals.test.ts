import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };
import { fixture } from "../terraform/support/fixture.js";
import { planOf, policyText } from "../terraform/support/plan.js";

describe("a policy document", () => {
  const { user } = upstream.policies.aws;

  it("is one principal", () => {
    expect(readPrincipals(JSON.stringify(user))).toEqual({
      source: "policy",
      principals: [
        {
          kind: "policy",
          name: "policy",
          arn: undefined,
          address: "",
          policies: [{ name: "policy", address: "", document: user }],
          unread: [],
          boundary: undefined,
          trust: undefined,
          moduleSources: [],
          runs: [],
          notes: [],
        },
      ],
    });
  });

  it("is named by its id", () => {
    const { principals } = readPrincipals(JSON.stringify({ Id: "mine", ...user }));

    expect(principals[0]?.name).toBe("mine");
  });

  it("may have one statement and no version", () => {
    const document = { Statement: { Effect: "Allow", Action: "*", Resource: "*" } };

    expect(readPrincipals(JSON.stringify(document)).principals[0]?.policies).toMatchObject([
      { document },
    ]);
  });
});

describe("what tells a file's kind", () => {
  const resource = { aws_iam_policy: { a: { name: "a", policy: policyText("A") } } };
  const attributes = { name: "a", policy: policyText("A") };
  const planned = {
    address: "aws_iam_policy.a",
    mode: "managed",
    type: "aws_iam_policy",
    name: "a",
    values: attributes,
  };

  it.each<[string, string, string]>([
    ["plan", "planned_values", planOf([{ address: "aws_iam_policy.a", values: attributes }])],
    [
      "state",
      "values",
      JSON.stringify({ format_version: "1.0", values: { root_module: { resources: [planned] } } }),
    ],
    [
      "state",
      "a version and a serial number",
      JSON.stringify({
        version: 4,
        serial: 1,
        resources: [{ ...planned, instances: [{ attributes }] }],
      }),
    ],
    ["configuration", "resource", JSON.stringify({ resource })],
    [
      "configuration",
      "resource as a list",
      JSON.stringify({ terraform: {}, resource: [resource] }),
    ],
    ["policy", "Statement", policyText("A")],
    ["policy", "Statement, after a byte order mark", `\ufeff${policyText("A")}`],
    ["policy", "Statement, after white space", ` \r\n\t${policyText("A")}\n`],
  ])("a %s by %s", (source, _what, text) => {
    const reading = readPrincipals(text);

    expect(reading.source).toBe(source);
    expect(reading.principals[0]?.policies[0]?.document).toEqual(JSON.parse(policyText("A")));
  });
});

describe("a file that cannot be read", () => {
  const planOfNothing = planOf([{ address: "aws_s3_bucket.a", values: { bucket: "a" } }]);
  const cases: Record<string, readonly [text: string, message: string]> = {
    "an empty file": ["", "The file is empty: "],
    "a blank file": [" \n\t", "The file is empty: "],
    "a binary plan": ["PK\u0003\u0004\u0014\u0000", "run `terraform show -json FILE > plan.json`"],
    "the log of a plan": [
      '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}',
      "is the log of `terraform plan -json`",
    ],
    "UTF-16": ["\ufffd\ufffd{\u0000\n\u0000}\u0000", "UTF-16"],
    HCL: ['resource "aws_iam_user" "a" {\n}', "is written in Terraform's own language"],
    "HCL after a comment": ["# users\nlocals {}", "is written in Terraform's own language"],
    text: ["Terraform will perform", 'at line 1, column 1 "Terraform will perfo" stands'],
    "JSON that breaks off": ['{\n  "a": [1,\n', "at line 3, column 1 the file ends where JSON"],
    "JSON with something after it": ['{"a": 1}\n}', 'at line 2, column 1 "}" stands'],
    "a text": ['"a"', "is not an object with content"],
    "a list": ["[]", "is not an object with content"],
    null: ["null", "is not an object with content"],
    "an empty object": ["{}", "is not an object with content"],
    "JSON of something else": [
      '{"name": "a", "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}',
      'has "name", "b", "c", "d", "e", … at the top',
    ],
    "package.json": ['{"name": "a", "version": "1.0.0"}', 'has "name", "version" at the top'],
    "an old state": [
      '{"version": 3, "serial": 1, "modules": []}',
      "has the format 3, and 4 is read",
    ],
    "a plan of a later Terraform": [
      planOf([], { format_version: "2.0" }),
      'has the format_version "2.0", and 0 and 1 are read',
    ],
    "a state of a later Terraform": [
      '{"format_version": "10.1", "terraform_version": "9.0.0", "values": {}}',
      'has the format_version "10.1"',
    ],
    "a format version that is none": [
      '{"format_version": 1, "terraform_version": "1.11.4", "values": {}}',
      'has the format_version "1"',
    ],
    "a key that stands twice": [
      '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Effect": "Allow"}}',
      'has the key "Effect" twice in one object',
    ],
    "a plan that broke off": [planOf([], { errored: true }), "The plan broke off with an error"],
    "a plan of something else": [planOfNothing, "The plan is one of something else"],
    "a plan that destroys": [fixture("destroyed.plan.json"), "it destroys the 20 that there are"],
    "a state without a resource": [
      '{"format_version": "1.0", "terraform_version": "1.11.4"}',
      "The state is empty",
    ],
    "no state": ['{"format_version": "1.0"}', "The state is empty"],
    "an empty raw state": ['{"version": 4, "serial": 1, "resources": []}', "The state is empty"],
    "a state of something else": [
      '{"version": 4, "serial": 1, "resources": [{"mode": "managed", "instances": [{}]}]}',
      "The state is one of something else",
    ],
    "a configuration of something else": [
      '{"resource": {"aws_s3_bucket": {"a": {}}}}',
      "The configuration is one of something else",
    ],
    "a configuration that calls modules": [
      '{"module": {"//": "x", "remotion": {"source": "./modules/remotion-lambda"}}}',
      'its modules ("remotion") are in other files',
    ],
    "objects in objects": ['{"a":'.repeat(201), "more than 200 deep"],
  };

  it.each(Object.entries(cases))("%s", (_what, [text, message]) => {
    expect(() => readPrincipals(text)).toThrow(UnreadableFile);
    expect(() => readPrincipals(text)).toThrow(message);
  });

  it("does not pass on what a terminal would obey", () => {
    const control = "\u001b[31m\u009b\u202e";
    const escaped = '"\\u001b[31m\\u009b\\u202e"';

    expect(() => readPrincipals(JSON.stringify({ [control]: 1 }))).toThrow(
      `has ${escaped} at the top`,
    );
    expect(() => readPrincipals(`{${control}`)).toThrow(`column 2 ${escaped} stands`);
    expect(() => readPrincipals(`{"${"a".repeat(5000)}": 1}`)).toThrow(/"a{200}…" at the top/);
  });
});

describe("the text of a policy that is no document", () => {
  const documentOf = (policy: unknown) =>
    readPrincipals(planOf([{ address: "aws_iam_policy.a", values: { name: "a", policy } }]))
      .principals[0]?.policies[0]?.document;

  it.each(["", 1, null, {}])("%j is not told", (policy) => {
    expect(documentOf(policy)).toEqual(
      new UnknownPart("it is not in the file", "the plan after the apply"),
    );
  });

  it.each([
    ["no JSON", "{"],
    ["nested too deep", '{"a":'.repeat(300)],
    ["a text", '"a"'],
    ["a list", "[]"],
    ["null", "null"],
    ["with a key twice", '{"Statement": [], "Statement": []}'],
    ["with a key twice, in two spellings", '{"Id": "a", "\\u0049d": "b"}'],
  ])("%s, it is kept for whoever says that it is refused", (_what, policy) => {
    expect(documentOf(policy)).toBe(policy);
  });
});
