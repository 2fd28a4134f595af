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
});
