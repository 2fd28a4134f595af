import { describe, expect, it } from "vitest";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, policy, principal } from "./support.js";

/** A user who may do nothing of Remotion's where the condition holds. */
const deniedWhere = (Condition: object) => {
  const { Version, Statement } = userPolicy();
  const denial = { Effect: "Deny", Action: "s3:*", Resource: "*", Condition };
  return principal({
    kind: "user",
    name: "remotion-user",
    policies: [policy("p", { Version, Statement: [...Statement, denial] })],
  });
};

describe("what is untold says who decides, and what to give", () => {
  it.each([
    ["s3:ResourceAccount", "the account, which is not known", "--account"],
    ["aws:ResourceAccount", "the account, which is not known", "--account"],
    ["aws:SourceIp", "where the request comes from", "a statement that does without aws:SourceIp"],
    [
      "aws:PrincipalTag/team",
      "the caller's session",
      "a statement that does without aws:PrincipalTag/team",
    ],
  ])("%s: %s", (key, by, give) => {
    const user = deniedWhere({ StringNotEquals: { [key]: "203.0.113.7" } });
    const { verified } = verifyReading({ source: "plan", principals: [user] }, options());
    const untold = verified
      .flatMap(({ apis }) => apis)
      .flatMap(({ calls }) => calls)
      .find(({ answer }) => answer === "untold");

    expect(untold).toMatchObject({
      because: `p: its condition on ${key} is decided by ${by}`,
      give,
    });
  });

  it("who has a policy that nobody in the file has, whatever its own ARN is", () => {
    const [held] = deniedWhere({
      StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" },
    }).policies;
    const alone = principal({
      kind: "policy",
      name: "remotion-executionrole-policy",
      address: "aws_iam_policy.video",
      arn: "arn:aws:iam::123456789012:policy/remotion-executionrole-policy",
      policies: held === undefined ? [] : [held],
    });
    const { verified } = verifyReading({ source: "plan", principals: [alone] }, options());
    const answers = verified.flatMap(({ apis }) => apis).flatMap(({ calls }) => calls);

    expect(answers.filter(({ action }) => action.startsWith("s3:"))).not.toEqual([]);
    for (const { action, answer } of answers) {
      expect(answer).toBe(action.startsWith("s3:") ? "untold" : "allowed");
    }
  });

  it.each([
    ["123456789012", "allowed"],
    ["999999999999", "missing"],
  ])("of whoever has a policy the account is known, where it is given: %s", (account, answer) => {
    const [held] = deniedWhere({
      StringNotEquals: { "aws:PrincipalAccount": "123456789012" },
    }).policies;
    const alone = principal({
      kind: "policy",
      name: "remotion-executionrole-policy",
      address: "aws_iam_policy.video",
      policies: held === undefined ? [] : [held],
    });
    const given = { ...options(), scope: { accountId: account } };
    const { verified } = verifyReading({ source: "plan", principals: [alone] }, given);
    const calls = verified.flatMap(({ apis }) => apis).flatMap(({ calls: each }) => each);
    const answers = new Set(
      calls.filter(({ action }) => action === "s3:CreateBucket").map((call) => call.answer),
    );

    expect([...answers]).toEqual([answer]);
  });
});
