import { describe, expect, it } from "vitest";
import { PARTITIONS } from "../../lib/iam/partition.js";
import { sampleRequest } from "../../lib/remotion/sample-request.js";
import { POLICIES_UNDER_TEST, type PolicyName } from "./support/policies-under-test.js";
import { allAllowed, allDenied, verdictsOf } from "./support/verdicts.js";

const PASS_ROLE = {
  action: "iam:PassRole",
  resource: "arn:{partition}:iam::{account}:role{lambdaRole}",
};
const EC2 = { "iam:PassedToService": "ec2.amazonaws.com" };

/** `full` is Remotion's own policy, which says nothing of the service that gets the role. */
const PASSES: Readonly<Record<PolicyName, { readonly lambda: boolean; readonly ec2: boolean }>> = {
  "user full": { lambda: true, ec2: true },
  "user render": { lambda: false, ec2: false },
  "user deploy": { lambda: true, ec2: false },
  "role full": { lambda: false, ec2: false },
  "role minimal": { lambda: false, ec2: false },
};

const CASES = POLICIES_UNDER_TEST.flatMap(({ name, policyOf }) =>
  PARTITIONS.map((partition) => ({ name, partition, policyOf, ...PASSES[name] })),
);

describe("iam:PassRole on the functions' role", () => {
  it.each(CASES)("$name, $partition: to Lambda $lambda, to EC2 $ec2", async (given) => {
    const { partition, policyOf } = given;
    const policy = policyOf({ partition });
    const toLambda = sampleRequest(PASS_ROLE, { partition });
    const toEc2 = { ...toLambda, context: EC2 };
    const toNobody = { ...toLambda, context: {} };
    const lines = (allowed: boolean) => (allowed ? allAllowed : allDenied);

    expect(await verdictsOf(policy, [toLambda])).toEqual(lines(given.lambda)([toLambda]));
    expect(await verdictsOf(policy, [toEc2])).toEqual(lines(given.ec2)([toEc2]));
    expect(await verdictsOf(policy, [toNobody])).toEqual(lines(given.ec2)([toNobody]));
  });
});
