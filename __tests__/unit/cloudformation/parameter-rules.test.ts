import { describe, expect, it } from "vitest";
import { readingOf } from "./support/template.js";

/* CloudFormation refuses values of parameters that break the template's rules. */
describe("a value that is given for a parameter", () => {
  const given = (parameter: object, value: string) => () =>
    readingOf(
      {
        Parameters: { Stage: { Type: "String", ...parameter } },
        Resources: { User: { Type: "AWS::IAM::User", Properties: { UserName: "u" } } },
      },
      { Stage: value, "AWS::Region": "eu-central-1" },
    );
  const stages = { AllowedValues: ["dev", "prod"] };
  const lower = { AllowedPattern: "[a-z][a-z0-9-]*" };
  const list = { Type: "CommaDelimitedList" };
  const number = { Type: "Number", AllowedValues: [1, "2"] };

  it.each<[string, object, string, string]>([
    ["none of those allowed", stages, "prd", 'its AllowedValues are "dev", "prod"'],
    ["nothing", stages, "", 'its AllowedValues are "dev", "prod"'],
    ["in other letters", stages, "Prod", 'its AllowedValues are "dev", "prod"'],
    ["a list of some others", { ...list, ...stages }, "dev,x", "its AllowedValues are"],
    ["another number", number, "3", 'its AllowedValues are "1", "2"'],
    ["not of the pattern", lower, "Prod", 'its AllowedPattern is "[a-z][a-z0-9-]*"'],
    ["of the pattern in a part", lower, "prod_1", "its AllowedPattern is"],
    ["of one choice in a part", { AllowedPattern: "a|b" }, "ab", "its AllowedPattern is"],
    ["a list with one that is not", { ...list, ...lower }, "a,B", "its AllowedPattern is"],
  ])("is refused where it is %s", (_what, parameter, value, rule) => {
    expect(given(parameter, value)).toThrow(
      `The parameter "Stage" is given ${JSON.stringify(value)}, and ${rule}`,
    );
  });

  it.each<[string, object, string]>([
    ["allowed", stages, "prod"],
    ["a list of those allowed", { ...list, ...stages }, "dev, prod"],
    ["the same number", number, "1.0"],
    ["of the pattern", lower, "prod-1"],
    ["of one choice", { AllowedPattern: "^a$|^b$" }, "b"],
    [
      "read from the Parameter Store",
      { ...stages, Type: "AWS::SSM::Parameter::Value<String>" },
      "/x",
    ],
    ["of a pattern that only Java reads", { AllowedPattern: "\\p{Alnum}++" }, "x"],
    ["of a pattern that is none", { AllowedPattern: "(" }, "x"],
    ["of a rule that is none", { AllowedValues: { a: 1 }, AllowedPattern: 1 }, "x"],
    ["too long to try", { AllowedPattern: "((a+)+)+!" }, `${"a".repeat(200)}`],
  ])("is taken where it is %s", (_what, parameter, value) => {
    expect(given(parameter, value)).not.toThrow();
  });
});
