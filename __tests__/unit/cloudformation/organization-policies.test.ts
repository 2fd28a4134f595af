import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { NOTHING_OUTSIDE } from "../../../lib/terraform/outside-facts.js";
import { readingOf } from "./support/template.js";

const CONTENT = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "s3:CreateBucket", Resource: "*" }],
};
const ACCOUNT = "123456789012";

/** What a policy of an organization in a template comes to, with what is not told as its cause. */
function policies(
  properties: object,
  more: object = {},
  given: Readonly<Record<string, string>> = {},
): readonly object[] {
  const { outside = NOTHING_OUTSIDE } = readingOf(
    {
      Resources: {
        User: { Type: "AWS::IAM::User", Properties: { UserName: "remotion-user" } },
        Guard: {
          Type: "AWS::Organizations::Policy",
          Properties: {
            Name: "guard",
            Type: "SERVICE_CONTROL_POLICY",
            Content: CONTENT,
            ...properties,
          },
        },
      },
      ...more,
    },
    given,
  );
  return outside.organization.map(({ more: _more, doubt, ...policy }) => ({
    ...policy,
    ...(doubt === undefined ? {} : { doubt: doubt.cause }),
  }));
}

const GUARD = { kind: "service control policy", name: "Guard", level: ACCOUNT, account: ACCOUNT };

describe("policies of an organization in a template", () => {
  it.each<[string, object, object]>([
    ["are those of its targets", { TargetIds: [ACCOUNT] }, GUARD],
    ["may be of a target that is a number", { TargetIds: [123456789012] }, GUARD],
    ["may be texts", { TargetIds: [ACCOUNT], Content: JSON.stringify(CONTENT) }, GUARD],
    [
      "may be of resources",
      { TargetIds: [ACCOUNT], Type: "RESOURCE_CONTROL_POLICY" },
      { ...GUARD, kind: "resource control policy" },
    ],
  ])("%s", (_title, properties, policy) => {
    expect(policies(properties)).toEqual([{ ...policy, document: CONTENT }]);
  });

  it("are for each of several targets, in doubt where a condition chooses one", () => {
    const open = { "Fn::If": ["Strict", "r-abcd", { Ref: "AWS::NoValue" }] };
    const found = policies(
      { TargetIds: [{ Ref: "AWS::AccountId" }, open] },
      {
        Parameters: { Stage: { Type: "String" } },
        Conditions: { Strict: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] } },
      },
      { "AWS::AccountId": ACCOUNT },
    );

    expect(found).toEqual([
      { ...GUARD, document: CONTENT },
      expect.objectContaining({
        level: "r-abcd",
        doubt:
          "whether a condition of Guard gives it is not told: the parameter Stage has no default",
      }),
    ]);
  });

  it("may be of any kind where their type is not told", () => {
    const type = { Type: { Ref: "Kind" }, TargetIds: [ACCOUNT] };

    expect(policies(type, { Parameters: { Kind: { Type: "String" } } })).toEqual([
      { ...GUARD, document: CONTENT },
    ]);
    expect(policies({ Type: "TAG_POLICY", TargetIds: [ACCOUNT] })).toEqual([]);
  });

  it("are open where their content is", () => {
    const [policy] = policies({ TargetIds: [ACCOUNT], Content: { "Fn::ImportValue": "guard" } });

    expect(Object(policy).document).toBeInstanceOf(UnknownPart);
  });

  it("are in doubt for a unit, and for what another resource makes", () => {
    const made = { "Fn::GetAtt": ["Unit", "Id"] };
    const targets = policies({ TargetIds: ["ou-abcd-12345678", made] });

    expect(targets).toEqual([
      expect.objectContaining({
        level: "ou-abcd-12345678",
        doubt: "whether the account is under ou-abcd-12345678 is not in the file",
      }),
      expect.objectContaining({
        level: "Guard",
        doubt: "whether the account is under Guard is not in the file",
      }),
    ]);
  });
});
