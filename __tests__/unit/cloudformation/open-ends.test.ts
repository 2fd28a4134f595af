import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { principalAt, trusting } from "./support/template.js";

const Role = {
  Type: "AWS::IAM::Role",
  Properties: { RoleName: "role", AssumeRolePolicyDocument: trusting("lambda.amazonaws.com") },
};
const Bucket = { Type: "AWS::S3::Bucket" };
const loop = (body: object) => ({ "Fn::ForEach::Roles": ["Name", ["a"], { "R${Name}": body }] });
const nested = (Parameters: object) => ({
  Type: "AWS::CloudFormation::Stack",
  Properties: { TemplateURL: "x", Parameters },
});
const GIVEN = "the nested stack Nested is given it, and may give it more";

/* Why a role may have more than the template says; undefined where it has not. */
describe("what others may give", () => {
  it.each<[string, object, string | undefined]>([
    ["no transform", { Resources: { Role } }, undefined],
    ["SAM", { Transform: "AWS::Serverless-2016-10-31", Resources: { Role } }, undefined],
    [
      "what AWS's own adds",
      { Transform: ["AWS::LanguageExtensions"], Resources: { Role } },
      undefined,
    ],
    [
      "a macro",
      { Transform: "Mine", Resources: { Role } },
      "the macro Mine may make more of the template",
    ],
    [
      "a file that is included",
      { Transform: [{ Name: "AWS::Include", Parameters: {} }], Resources: { Role } },
      "the macro AWS::Include may make more of the template",
    ],
    [
      "resources that a macro makes",
      { Resources: { Role, "Fn::Transform": { Name: "AWS::Include" } } },
      "a macro makes some of its resources",
    ],
    [
      "a part of a resource that a macro makes",
      {
        Resources: {
          Role,
          P: { Type: "AWS::IAM::Policy", Properties: { "Fn::Transform": { Name: "X" } } },
        },
      },
      "a macro or a loop makes a part of P",
    ],
    [
      "a loop over policies",
      { Resources: { Role, ...loop({ Type: "AWS::IAM::Policy" }) } },
      "Fn::ForEach::Roles makes resources, and is not worked out",
    ],
    [
      "a loop over something else",
      { Resources: { Role, ...loop({ Type: "AWS::SQS::Queue" }) } },
      undefined,
    ],
    [
      "a connector of SAM",
      { Resources: { Role, C: { Type: "AWS::Serverless::Connector" } } },
      "a connector of SAM gives policies, and is not worked out",
    ],
    [
      "a connector in a resource",
      { Resources: { Role, Bucket: { ...Bucket, Connectors: {} } } },
      "a connector of SAM gives policies, and is not worked out",
    ],
    [
      "a nested stack that has nothing to do with it",
      { Resources: { Role, Bucket, Nested: nested({ A: { Ref: "Bucket" } }) } },
      undefined,
    ],
    [
      "one that is given its name",
      { Resources: { Role, Nested: nested({ A: { Ref: "Role" } }) } },
      GIVEN,
    ],
    [
      "one that is given its ARN",
      { Resources: { Role, Nested: nested({ A: { "Fn::GetAtt": ["Role", "Arn"] } }) } },
      GIVEN,
    ],
    [
      "one that is given it in a text",
      { Resources: { Role, Nested: nested({ A: { "Fn::Sub": "x ${Role.Arn}" } }) } },
      GIVEN,
    ],
  ])("%s", (_what, template, cause) => {
    const { policies } = principalAt("Role", template);
    expect(
      policies.map(({ document }) => document instanceof UnknownPart && document.cause),
    ).toEqual(cause === undefined ? [] : [cause]);
  });

  it("a part of a document that a macro makes", () => {
    const Policies = [
      { PolicyName: "p", PolicyDocument: { "Fn::Transform": { Name: "X" }, Version: "x" } },
    ];
    const { policies } = principalAt("Role", {
      Resources: { Role: { ...Role, Properties: { ...Role.Properties, Policies } } },
    });
    expect(policies[0]?.document).toEqual(
      new UnknownPart(
        "a macro or a loop makes a part of it",
        "--parameter NAME=VALUE, or the account after the deployment",
      ),
    );
  });
});
