import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { allowing, principalAt, trusting } from "./support/template.js";

const REGION = { "AWS::Region": "eu-central-1" };
const Sub = (text: string) => ({ "Fn::Sub": text });
const ARN = "arn:aws:lambda:*:";

/* What a policy names, where the account of the stack is not told. */
describe("the account in what a policy names", () => {
  const resourceOf = (resource: unknown) => {
    const { policies } = principalAt(
      "Role",
      {
        Mappings: { Accounts: { "1": { other: "2" } } },
        Conditions: { IsOne: { "Fn::Equals": [{ Ref: "AWS::AccountId" }, "1"] } },
        Resources: {
          Role: {
            Type: "AWS::IAM::Role",
            Properties: {
              RoleName: "role",
              AssumeRolePolicyDocument: trusting("lambda.amazonaws.com"),
              Policies: [{ PolicyName: "p", PolicyDocument: allowing(resource) }],
            },
          },
          Fn: { Type: "AWS::Lambda::Function", Properties: { FunctionName: "remotion-x" } },
        },
      },
      REGION,
    );
    return Object(policies[0]?.document).Statement[0].Resource;
  };

  it.each<[string, unknown, string]>([
    [
      "a function",
      Sub(`${ARN}\${AWS::AccountId}:function:remotion-*`),
      `${ARN}*:function:remotion-*`,
    ],
    [
      "a function of the template",
      { "Fn::GetAtt": ["Fn", "Arn"] },
      "arn:aws:lambda:eu-central-1:*:function:remotion-x",
    ],
    [
      "a log group",
      Sub("arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/x"),
      "arn:aws:logs:eu-central-1:*:log-group:/aws/lambda/x",
    ],
    ["a role", Sub("arn:aws:iam::${AWS::AccountId}:role/x"), "arn:aws:iam::*:role/x"],
    ["a user", Sub("arn:aws:iam::${AWS::AccountId}:user/x"), "arn:aws:iam::*:user/x"],
  ])("is any in %s", (_what, resource, expected) => {
    expect(resourceOf(resource)).toBe(expected);
  });

  it.each<[string, unknown]>([
    ["the name of a function", Sub(`${ARN}*:function:\${AWS::AccountId}-*`)],
    ["the end of a function's name", Sub(`${ARN}*:function:remotion-\${AWS::AccountId}`)],
    ["the name of a role", Sub("arn:aws:iam::*:role/${AWS::AccountId}")],
    ["the name of a log group", Sub("arn:aws:logs:*:*:log-group:/${AWS::AccountId}/*")],
    ["a part of the account's field", Sub(`${ARN}\${AWS::AccountId}1:function:*`)],
    ["the field before it", Sub("arn:aws:lambda:${AWS::AccountId}:*:function:*")],
    ["a layer", Sub(`${ARN}\${AWS::AccountId}:layer:*`)],
    [
      "another account that a condition chooses",
      {
        "Fn::Join": ["", [ARN, { "Fn::If": ["IsOne", "2", "3"] }, ":function:remotion-*"]],
      },
    ],
    [
      "another account that is chosen in a text",
      {
        "Fn::Sub": [
          `${ARN}\${Other}:function:remotion-*`,
          { Other: { "Fn::If": ["IsOne", "2", "3"] } },
        ],
      },
    ],
    [
      "another account of a map",
      {
        "Fn::Sub": [
          `${ARN}\${Other}:function:remotion-*`,
          { Other: { "Fn::FindInMap": ["Accounts", { Ref: "AWS::AccountId" }, "other"] } },
        ],
      },
    ],
    [
      "what is made from it",
      {
        "Fn::Sub": [
          `${ARN}\${Other}:function:remotion-*`,
          { Other: { "Fn::Base64": { Ref: "AWS::AccountId" } } },
        ],
      },
    ],
  ])("is not told as %s", (_what, resource) => {
    const named = resourceOf(resource);
    expect(named).toBeInstanceOf(UnknownPart);
    expect(named.cause).toMatch(/^(?:it depends on )?the account of the stack/);
  });
});
