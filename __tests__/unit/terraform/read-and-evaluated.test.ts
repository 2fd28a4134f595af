import { describe, expect, it } from "vitest";
import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy.js";
import { compileTrustPolicy } from "../../../lib/iam/evaluate/compile-trust-policy.js";
import { PolicyError } from "../../../lib/iam/evaluate/errors.js";
import { evaluate } from "../../../lib/iam/evaluate/evaluate.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import type { Principal } from "../../../lib/terraform/principal.js";
import { configurationOf } from "./support/configuration.js";
import { fixture } from "./support/fixture.js";
import { type PlannedResource, planOf, policyText } from "./support/plan.js";

/* What is read goes to the evaluator as it is: each document compiles, and what is not told is untold. */

const FIXTURES = [
  "compute.plan.json",
  "documents.plan.json",
  "every-grant.plan.json",
  "every-grant.state.json",
  "every-grant-changed.plan.json",
  "late-documents.plan.json",
  "life-changed.plan.json",
  "permission-sets.plan.json",
];

function answer(principal: Principal | undefined, action: string, resource: string): string {
  const identity = (principal?.policies ?? []).map(({ document, name }) =>
    compilePolicy(document, name),
  );
  const context = { "aws:PrincipalAccount": "123456789012" };
  return evaluate({ action, resource, context }, { identity }).decision;
}

describe("every document that is read", () => {
  it.each(FIXTURES)("of %s compiles", (file) => {
    for (const { policies, boundary, trust } of readPrincipals(fixture(file)).principals) {
      for (const { name, document } of policies) {
        expect(compilePolicy(document, name).statements).not.toEqual([]);
      }
      if (boundary?.document !== undefined) {
        expect(compilePolicy(boundary.document, boundary.arn).statements).not.toEqual([]);
      }
      if (trust !== undefined) {
        expect(compileTrustPolicy(trust, "trust")).toBeDefined();
      }
    }
  });
});

describe("a role whose policies wait for an ARN", () => {
  const { principals } = readPrincipals(fixture("late-documents.plan.json"));
  const at = (address: string) => principals.find((principal) => principal.address === address);

  it.each([
    ["lambda:InvokeFunction", "arn:aws:lambda:us-east-1:123456789012:function:f", "allowed"],
    ["s3:ListBucket", "arn:aws:s3:::acme-assets", "allowed"],
    ["s3:ListAllMyBuckets", "*", "explicitly denied"],
    ["s3:GetObject", "arn:aws:s3:::acme-assets/a", "untold"],
    ["s3:DeleteObject", "arn:aws:s3:::acme-assets/a", "implicitly denied"],
  ])("%s on %s: %s", (action, resource, decision) => {
    expect(answer(at("module.role.aws_iam_role.this"), action, resource)).toBe(decision);
  });

  it.each([
    ["aws_iam_policy.encoded", "untold"],
    ["aws_iam_policy.dynamic", "untold"],
    ["aws_iam_policy.counted", "implicitly denied"],
  ])("a request that nothing names, to %s: %s", (address, decision) => {
    expect(answer(at(address), "ec2:RunInstances", "*")).toBe(decision);
  });
});

describe("a policy that somebody may have", () => {
  const role = (name: string): PlannedResource => ({
    address: `aws_iam_role.${name}`,
    values: { name, assume_role_policy: policyText("Trust") },
  });
  const inline = {
    address: "aws_iam_role_policy.x",
    values: { name: "x", policy: policyText("X") },
    from: { role: ["local.role"] },
  };
  const { principals } = readPrincipals(planOf([role("a"), inline]));

  it("is untold for what it names, and says nothing of all else", () => {
    expect(answer(principals[0], "s3:GetObject", "arn:aws:s3:::a/b")).toBe("untold");
    expect(answer(principals[0], "s3:PutObject", "arn:aws:s3:::a/b")).toBe("implicitly denied");
  });
});

describe("the account number in a configuration", () => {
  const policy = JSON.stringify({
    Statement: {
      Effect: "Allow",
      Action: "lambda:InvokeFunction",
      Resource:
        "arn:aws:lambda:*:${data.aws_caller_identity.me.account_id}:function:remotion-render-*",
    },
  });
  const text = JSON.parse(
    configurationOf([{ address: "aws_iam_policy.a", values: { name: "a", policy } }]),
  );
  text.data = { aws_caller_identity: { me: {} } };
  const [principal] = readPrincipals(JSON.stringify(text)).principals;

  it.each([
    ["arn:aws:lambda:us-east-1:123456789012:function:remotion-render-x", "untold"],
    ["arn:aws:lambda:us-east-1:123456789012:function:other", "implicitly denied"],
  ])("%s: %s", (resource, decision) => {
    expect(answer(principal, "lambda:InvokeFunction", resource)).toBe(decision);
  });
});

describe("a text that IAM refuses", () => {
  it.each(["{", '{"Statement":[],"Statement":[]}', "[]"])("%s is that policy's alone", (policy) => {
    const { principals } = readPrincipals(
      planOf([
        { address: "aws_iam_policy.bad", values: { name: "bad", policy } },
        { address: "aws_iam_policy.good", values: { name: "good", policy: policyText("Good") } },
      ]),
    );

    expect(() => answer(principals[0], "s3:GetObject", "arn:aws:s3:::a/b")).toThrow(PolicyError);
    expect(answer(principals[1], "s3:GetObject", "arn:aws:s3:::a/b")).toBe("allowed");
  });
});
