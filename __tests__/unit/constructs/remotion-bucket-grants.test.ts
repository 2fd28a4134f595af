import {
  type IResolvable,
  TerraformOutput,
  type TerraformStack,
  TerraformVariable,
  Token,
} from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionBucketGrants } from "../../../lib/constructs/remotion-bucket-grants.js";
import { bucketGrantStatements } from "../../../lib/remotion/bucket-grants.js";
import type { OutputBucket } from "../../../lib/remotion/output-bucket.js";
import { statementsOf } from "../support/policy-of.js";
import { synthesize } from "../support/synthesize.js";

const BUCKETS: readonly OutputBucket[] = [
  { name: "acme-videos", acl: true },
  { name: "acme-raw", access: "put", prefix: "in/" },
];

describe("RemotionBucketGrants", () => {
  it("is a managed policy with the grants and nothing else, attached to the roles", () => {
    const stack = synthesizeGrants(BUCKETS);
    const policy = stack.resource("aws_iam_policy");

    expect(policy).toMatchObject({ name: "remotion-bucket-grants" });
    expect(policy).not.toHaveProperty("count");
    expect(statementsOf(stack, policy["policy"])).toEqual(bucketGrantStatements(BUCKETS, "aws"));
    expect(stack.resource("aws_iam_role_policy_attachment")).toEqual({
      for_each: { remotion: "remotion-lambda-role" },
      role: "${each.value}",
      policy_arn: expect.stringMatching(/^\$\{aws_iam_policy\.[\w-]+\.arn\}$/),
    });
  });

  it("gives the ARN of its policy as a list, as where there may be none", () => {
    expect(synthesizeGrants(BUCKETS).json["output"]).toEqual({
      arns: { value: expect.stringMatching(/^\$\{\[aws_iam_policy\.[\w-]+\.arn\]\}$/) },
    });
  });

  it("makes nothing without a bucket, where only Terraform knows the buckets", () => {
    const stack = synthesizeGrants((scope) =>
      Token.asAny(new TerraformVariable(scope, "buckets", { type: "any" }).value),
    );

    expect(stack.resource("aws_iam_policy")["count"]).toBe("${length(var.buckets) > 0 ? 1 : 0}");
    expect(stack.resource("aws_iam_role_policy_attachment")["for_each"]).toMatch(
      /^\$\{length\(var\.buckets\) > 0 \? local\.[\w-]+ : \{\}\}$/,
    );
    expect(stack.json["output"]).toEqual({
      arns: { value: expect.stringMatching(/^\$\{aws_iam_policy\.[\w-]+\[\*\]\.arn\}$/) },
    });
  });
});

function synthesizeGrants(
  buckets: readonly OutputBucket[] | ((scope: TerraformStack) => IResolvable),
) {
  return synthesize((stack) => {
    const grants = new RemotionBucketGrants(stack, "grants", {
      outputBuckets: typeof buckets === "function" ? buckets(stack) : buckets,
      roleNames: { remotion: "remotion-lambda-role" },
    });
    new TerraformOutput(stack, "arns", { value: grants.policyArns });
  });
}
