import { describe, expect, it } from "vitest";
import { awsManagedPolicy } from "../../../lib/iam/aws-managed/aws-managed-policy.js";
import { CALLER_LOGS } from "../../../lib/remotion/caller-logs.js";

describe("the logs of a Lambda function that calls Remotion", () => {
  it("may be written as AWS's own policy for functions has it", () => {
    const basic = awsManagedPolicy(
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    );

    expect(basic?.document).toMatchObject({
      Statement: [{ Effect: "Allow", Action: CALLER_LOGS.actions }],
    });
  });

  it("are the log groups of the functions named, and the streams in them", () => {
    const group = "arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda/{function}";

    expect(CALLER_LOGS.resources).toEqual([group, `${group}:*`]);
  });

  it("are explained", () => {
    expect(CALLER_LOGS.sid).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(CALLER_LOGS.scope).toMatch(/^[a-z].+[a-z]$/);
    expect(CALLER_LOGS.reason).toMatch(/^[A-Z].+\.$/);
  });
});
