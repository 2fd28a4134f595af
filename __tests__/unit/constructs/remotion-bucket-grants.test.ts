import { type IResolvable, TerraformOutput, type TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionBucketGrants } from "../../../lib/constructs/remotion-bucket-grants.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { bucketGrantStatements } from "../../../lib/remotion/bucket-grants.js";
import type { OutputBucket } from "../../../lib/remotion/output-bucket.js";
import { statementsOf } from "../support/policy-of.js";
import { synthesize } from "../support/synthesize.js";

const BUCKETS: readonly OutputBucket[] = [
  { name: "acme-videos", prefix: "", access: "write", acl: true },
  { name: "acme-raw", access: "put", prefix: "in/" },
];

describe("RemotionBucketGrants", () => {
  it("is a managed policy with the grants and nothing else, attached to the roles", () => {
    const stack = synthesizeGrants(BUCKETS);
    const policy = stack.resource("aws_iam_policy");
    const [policies = ""] = String(policy["for_each"]).match(/local\.[\w-]+/) ?? [];
    const texts = stack.local(`\${${policies}}`) as JsonObject;

    expect(policy).toMatchObject({
      name: '${each.key == "1" ? "remotion-bucket-grants" : "remotion-bucket-grants-${each.key}"}',
      policy: "${each.value}",
    });
    expect(Object.keys(texts)).toEqual(["1"]);
    expect(statementsOf(stack, texts["1"])).toEqual(bucketGrantStatements(BUCKETS, "aws"));
    const attachment = stack.resource("aws_iam_role_policy_attachment");
    expect(stack.local(String(attachment["for_each"]))).toMatch(
      /aws_iam_policy\.[\w-]+ : \{\n.*number == "1" \? key : "\$\{key\}\/\$\{number\}" => \{ policy_arn = policy\.arn/,
    );
    expect(attachment).toEqual({
      for_each: expect.stringMatching(/^\$\{local\.[\w-]+\}$/),
      role: "${basename(each.value.role)}",
      policy_arn: "${each.value.policy_arn}",
    });
  });

  it("gives the ARNs of its policies as a list", () => {
    expect(synthesizeGrants(BUCKETS).json["output"]).toEqual({
      arns: { value: expect.stringMatching(/^\$\{values\(aws_iam_policy\.[\w-]+\)\[\*\]\.arn\}$/) },
    });
  });

  it.each([0, 1001, 1.5])("refuses a quota of %s policies", (maxPoliciesPerRole) => {
    expect(() =>
      synthesize((stack) => {
        new RemotionBucketGrants(stack, "it", {
          outputBuckets: BUCKETS,
          roleNames: { writer: "writer" },
          maxPoliciesPerRole,
        });
      }),
    ).toThrow(`maxPoliciesPerRole is ${maxPoliciesPerRole}: give a whole number from 1 to 1000.`);
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
