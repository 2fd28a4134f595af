import { describe, expect, it } from "vitest";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import type { Principal } from "../../../lib/terraform/principal.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, policy, principal } from "./support.js";

const REGIONS = ["us-east-1", "eu-west-1"];

const role = (name: string): Principal =>
  principal({
    name,
    arn: `arn:aws:iam::123456789012:role/${name}`,
    address: `aws_iam_role.${name}`,
    policies: [policy(`${name}-policy`, rolePolicy())],
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
  });

/** May pass each role in one region. */
const passing = (regionByRole: Readonly<Record<string, string>>) => {
  const { Version, Statement } = userPolicy();
  const others = Statement.filter(({ Action }) => !Action.includes("iam:PassRole"));
  const passes = Object.entries(regionByRole).map(([name, region]) => ({
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: `arn:aws:iam::123456789012:role/${name}`,
    Condition: { StringLike: { "aws:RequestedRegion": region } },
  }));
  return principal({
    kind: "user",
    name: "remotion-user",
    arn: "arn:aws:iam::123456789012:user/remotion-user",
    policies: [policy("p", { Version, Statement: [...others, ...passes] })],
  });
};

const passRole = (user: Principal, roles: readonly string[]) => {
  const principals = [...roles.map(role), user];
  const scope = { regions: REGIONS, accountId: "123456789012" };
  return verifyReading({ source: "plan", principals }, options({ scope }))
    .verified.find((one) => one.principal === user.name)
    ?.apis.flatMap(({ calls }) => calls)
    .find(({ action }) => action === "iam:PassRole");
};

describe("a role is passed in the region that the function is made in", () => {
  const cases: Record<string, [Record<string, string>, string[], string, string[] | undefined]> = {
    "one role in each region": [
      { "remotion-lambda-role": "*" },
      ["remotion-lambda-role"],
      "allowed",
      undefined,
    ],
    "one role in one of the regions": [
      { "remotion-lambda-role": "eu-*" },
      ["remotion-lambda-role"],
      "missing",
      ["us-east-1"],
    ],
    "one role in no region": [
      { "remotion-lambda-role": "ap-*" },
      ["remotion-lambda-role"],
      "missing",
      undefined,
    ],
    "another role in each region": [
      { "us-remotion-lambda-role": "us-east-1", "eu-remotion-lambda-role": "eu-west-1" },
      ["us-remotion-lambda-role", "eu-remotion-lambda-role"],
      "allowed",
      undefined,
    ],
    "two roles in the same region": [
      { "us-remotion-lambda-role": "us-east-1", "eu-remotion-lambda-role": "us-east-1" },
      ["us-remotion-lambda-role", "eu-remotion-lambda-role"],
      "missing",
      ["eu-west-1"],
    ],
  };

  it.each(Object.entries(cases))("%s", (_, [regionByRole, roles, answer, where]) => {
    const found = passRole(passing(regionByRole), roles);
    expect(found).toMatchObject({ answer });
    expect(found?.where).toEqual(where);
  });
});
