import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { principalAt, trusting } from "./support/template.js";

const Role = {
  Type: "AWS::IAM::Role",
  Properties: { RoleName: "role", AssumeRolePolicyDocument: trusting("lambda.amazonaws.com") },
};
const Bucket = { Type: "AWS::S3::Bucket" };
const loop = (body: object) => ({
  "Fn::ForEach::Roles": ["Name", { Ref: "Names" }, { "R${Name}": body }],
});
const nested = (Parameters: object) => ({
  Type: "AWS::CloudFormation::Stack",
  Properties: { TemplateURL: "x", Parameters },
});
const RN = { RN: { Type: "String", Default: "role" } };
const OPEN = { RN: { Type: "String" }, Stage: { Type: "String" } };
const named = (RoleName: unknown) => ({ ...Role, Properties: { ...Role.Properties, RoleName } });
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
    [
      "one that is given what a function names",
      {
        Parameters: { Id: { Type: "String", Default: "Role" } },
        Resources: {
          Role: named(undefined),
          Nested: nested({ A: { "Fn::GetAtt": [{ Ref: "Id" }, "Arn"] } }),
        },
      },
      GIVEN,
    ],
    [
      "one that is given its name as a text",
      { Resources: { Role, Nested: nested({ A: "role" }) } },
      GIVEN,
    ],
    [
      "one that is given its name in a list",
      { Resources: { Role, Nested: nested({ A: "other, role" }) } },
      GIVEN,
    ],
    [
      "one that is given its ARN as a text",
      { Resources: { Role, Nested: nested({ A: "arn:aws:iam::111111111111:role/role" }) } },
      GIVEN,
    ],
    [
      "one that is given its ARN in the stack's account",
      {
        Resources: {
          Role,
          Nested: nested({ A: { "Fn::Sub": "arn:aws:iam::${AWS::AccountId}:role/role" } }),
        },
      },
      GIVEN,
    ],
    [
      "one that is given its name by a condition",
      {
        Parameters: OPEN,
        Conditions: { C: { "Fn::Equals": [{ Ref: "Stage" }, "a"] } },
        Resources: { Role, Nested: nested({ A: { "Fn::If": ["C", "role", "x"] } }) },
      },
      GIVEN,
    ],
    [
      "one that is given a parameter with its name",
      {
        Parameters: RN,
        Resources: { Role: named({ Ref: "RN" }), Nested: nested({ A: { Ref: "RN" } }) },
      },
      GIVEN,
    ],
    [
      "one that is given a parameter that names it, without a default",
      {
        Parameters: OPEN,
        Resources: { Role: named({ Ref: "RN" }), Nested: nested({ A: { "Fn::Sub": "${RN}" } }) },
      },
      GIVEN,
    ],
    [
      "one that is given a part of its name",
      {
        Parameters: OPEN,
        Resources: {
          Role: named({ "Fn::Sub": "${Stage}-api" }),
          Nested: nested({ A: { Ref: "Stage" } }),
        },
      },
      undefined,
    ],
    [
      "one that is given its name, put together of the same",
      {
        Parameters: OPEN,
        Resources: {
          Role: named({ "Fn::Sub": "${Stage}-api" }),
          Nested: nested({ A: { "Fn::Join": ["-", [{ Ref: "Stage" }, "api"]] } }),
        },
      },
      GIVEN,
    ],
    [
      "one that is given other texts",
      {
        Parameters: OPEN,
        Resources: {
          Role,
          Nested: nested({
            A: { Ref: "Stage" },
            B: "https://role.example.com/role",
            C: { "Fn::Sub": "${Stage}-x" },
            D: { Ref: "AWS::Region" },
          }),
        },
      },
      undefined,
    ],
    [
      "a module that is given it",
      { Resources: { Role, M: { Type: "My::X::Y::MODULE", Properties: { R: { Ref: "Role" } } } } },
      "the module M is given it, and may give it more",
    ],
    [
      "a module that is given its name",
      { Resources: { Role, M: { Type: "My::X::Y::MODULE", Properties: { R: ["role"] } } } },
      "the module M is given it, and may give it more",
    ],
    [
      "a module that is given something else",
      { Resources: { Role, M: { Type: "My::X::Y::MODULE", Properties: { R: "x" } } } },
      undefined,
    ],
    [
      "a custom resource that is given it",
      { Resources: { Role, C: { Type: "Custom::X", Properties: { R: { Ref: "Role" } } } } },
      "the custom resource C is given it, and may give it more",
    ],
    [
      "a stack set that is given it",
      {
        Resources: {
          Role,
          S: {
            Type: "AWS::CloudFormation::StackSet",
            Properties: {
              Parameters: [{ ParameterKey: "R", ParameterValue: { Ref: "Role" } }],
            },
          },
        },
      },
      "the stack set S is given it, and may give it more",
    ],
    [
      "a stack set whose template names it",
      {
        Resources: {
          Role,
          S: {
            Type: "AWS::CloudFormation::StackSet",
            Properties: { TemplateBody: '{"Roles":["role"]}' },
          },
        },
      },
      "the stack set S is given it, and may give it more",
    ],
    [
      "a stack set that it makes",
      {
        Resources: {
          Role,
          S: {
            Type: "AWS::CloudFormation::StackSet",
            Properties: { AdministrationRoleARN: { "Fn::GetAtt": ["Role", "Arn"] } },
          },
        },
      },
      undefined,
    ],
    [
      "a product of Service Catalog that is given its name",
      {
        Resources: {
          Role,
          P: {
            Type: "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
            Properties: { ProvisioningParameters: [{ Key: "R", Value: "role" }] },
          },
        },
      },
      "the provisioned product P is given it, and may give it more",
    ],
    [
      "a resource of a type of somebody's own that is given it",
      { Resources: { Role, T: { Type: "My::X::Y", Properties: { R: { Ref: "Role" } } } } },
      "the third-party resource T is given it, and may give it more",
    ],
    [
      "Globals that a macro makes a part of",
      {
        Transform: "AWS::Serverless-2016-10-31",
        Globals: { Function: { "Fn::Transform": { Name: "AWS::Include" } } },
        Resources: { Role },
      },
      "a macro makes a part of the Globals",
    ],
    [
      "Globals with a function in a value",
      {
        Transform: "AWS::Serverless-2016-10-31",
        Globals: { Function: { Timeout: { Ref: "AWS::NoValue" } } },
        Resources: { Role },
      },
      undefined,
    ],
    [
      "a template that a macro makes a part of",
      { "Fn::Transform": { Name: "AWS::Include" }, Resources: { Role } },
      "a macro makes a part of the template",
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
