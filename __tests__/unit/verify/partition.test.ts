import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { userPolicy } from "../../../lib/remotion/policies.js";
import type { Reading } from "../../../lib/terraform/principal.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { details, inline, user } from "../aws-account/support/answers.js";
import { readingOf } from "../cloudformation/support/template.js";
import { planOf } from "../terraform/support/plan.js";
import { options } from "./support.js";

/* A policy that is copied from Remotion's documentation names `arn:aws:`, which is nothing in China. */

const GLOBAL = userPolicy();
const CHINESE = userPolicy({ partition: "aws-cn" });

/** Whether a user is allowed all, and where that is checked. */
function told(reading: Reading): readonly unknown[] {
  const { verified } = verifyReading(
    reading,
    options({ named: [{ name: "remotion-user", actor: "user", profile: "full" }] }),
  );
  return verified.map(({ apis, checkedIn }) => [
    apis.every(({ answer }) => answer === "allowed"),
    checkedIn.regions[0],
  ]);
}

const inAccount = (partition: string, document: object) => {
  const Arn = `arn:${partition}:iam::123456789012:user/remotion-user`;
  const entry = user("remotion-user", { Arn, UserPolicyList: [inline("p", document)] });
  return readPrincipals(details({ UserDetailList: [entry] }));
};

const inTemplate = (document: object, given: Readonly<Record<string, string>>) =>
  readingOf(
    {
      Resources: {
        User: {
          Type: "AWS::IAM::User",
          Properties: {
            UserName: "remotion-user",
            Policies: [{ PolicyName: "p", PolicyDocument: document }],
          },
        },
      },
    },
    given,
  );

const inPlan = (region: string | undefined, document: object) =>
  readPrincipals(
    planOf(
      [
        { address: "aws_iam_user.u", values: { name: "remotion-user", path: "/" } },
        {
          address: "aws_iam_user_policy.u",
          values: { name: "p", user: "remotion-user", policy: JSON.stringify(document) },
        },
      ],
      region === undefined
        ? {}
        : {
            configuration: {
              provider_config: {
                aws: { name: "aws", expressions: { region: { constant_value: region } } },
              },
            },
          },
    ),
  );

const HERE = [[true, "us-east-1"]];
const IN_CHINA = [[true, "cn-north-1"]];
const NOT_IN_CHINA = [[false, "cn-north-1"]];
const CN = { "AWS::Region": "cn-north-1" };
const ACCOUNT = { "AWS::AccountId": "123456789012" };

describe("a policy is checked in the partition of who has it", () => {
  it.each<[string, Reading, readonly unknown[]]>([
    ["an account", inAccount("aws", GLOBAL), HERE],
    ["an account in China", inAccount("aws-cn", CHINESE), IN_CHINA],
    ["a policy for elsewhere in China", inAccount("aws-cn", GLOBAL), NOT_IN_CHINA],
    ["one for China elsewhere", inAccount("aws", CHINESE), [[false, "us-east-1"]]],
    ["a template", inTemplate(GLOBAL, {}), HERE],
    ["a template that names China alone", inTemplate(CHINESE, ACCOUNT), IN_CHINA],
    ["a template in China", inTemplate(CHINESE, CN), IN_CHINA],
    ["a template for elsewhere in China", inTemplate(GLOBAL, CN), NOT_IN_CHINA],
    [
      "a template for elsewhere in a partition",
      inTemplate(GLOBAL, { "AWS::Partition": "aws-cn" }),
      NOT_IN_CHINA,
    ],
    ["a plan", inPlan(undefined, GLOBAL), HERE],
    ["a plan that names China alone", inPlan(undefined, CHINESE), IN_CHINA],
    ["a plan in China", inPlan("cn-north-1", CHINESE), IN_CHINA],
    ["a plan for elsewhere in China", inPlan("cn-north-1", GLOBAL), NOT_IN_CHINA],
  ])("%s", (_title, reading, answer) => {
    expect(told(reading)).toEqual(answer);
  });
});
