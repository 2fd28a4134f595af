import { expect, it } from "vitest";
import type { Principal } from "../../../lib/terraform/principal.js";
import { Accepted } from "../../../lib/verify/accepted.js";
import { outcomeOf } from "../../../lib/verify/outcome.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { describeAwsManaged } from "../../support/aws-managed-policies.js";
import { options, principal } from "./support.js";

const CALLS_REMOTION = {
  name: "calls-remotion",
  address: "",
  document: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "lambda:InvokeFunction",
        Resource: "arn:aws:lambda:*:*:function:remotion-render-*",
      },
    ],
  },
};

const nothing = { excess: false, tolerated: false, allowUntold: false };

describeAwsManaged("each of AWS's managed policies, attached to a bystander", (policies) => {
  const somebody = (index: number, ...further: Principal["policies"]): Principal => {
    const { arn = "", document } = policies[index] ?? {};
    return principal({
      name: `somebody-${index}`,
      arn: `arn:aws:iam::123456789012:role/somebody-${index}`,
      address: `aws_iam_role.somebody["${index}"]`,
      policies: [{ name: arn.slice(arn.lastIndexOf("/") + 1), address: "", document }, ...further],
    });
  };

  it("fails no plan", () => {
    const principals = policies.map((_policy, index) => somebody(index));
    const result = verifyReading({ source: "plan", principals }, options());

    expect(policies.length).toBeGreaterThan(1400);
    expect(result.verified.filter(({ standing }) => standing === "meant")).toEqual([]);
    expect(result.verified.length + result.bystanders.length).toBe(policies.length);
    // Nobody is Remotion's, which the file has to say.
    expect(outcomeOf(result, nothing, new Accepted([], "2026-11-28")).exitCode).toBe(3);
  });

  it("is a caller with a statement for Remotion's functions", () => {
    const principals = policies.map((_policy, index) => somebody(index, CALLS_REMOTION));
    const { verified } = verifyReading({ source: "plan", principals }, options());

    expect(
      verified.filter(({ part, standing }) => part.actor === "user" && standing === "meant"),
    ).toHaveLength(policies.length);
  });
});
