import { forFirstNumbers } from "../../lib/constructs/terraform-rule.js";
import { policyDocument } from "../../lib/iam/policy-document.js";
import { QUOTAS } from "../../lib/iam/quotas.js";
import { bucketGrantStatements } from "../../lib/remotion/bucket-grants.js";
import { DEFAULT_NAMES } from "../../lib/remotion/default-names.js";
import type { OutputBucket } from "../../lib/remotion/output-bucket.js";
import { counts, equals, isDocument } from "./assertions.js";
import type { ModuleCases } from "./module-cases.js";
import { COMMON_INPUTS, hasCommonInputs } from "./shared-runs.js";

const BUCKETS = [
  { name: "acme-videos", prefix: "finished/", access: "write", acl: true },
  { name: "acme-archive", prefix: "", access: "read" },
] as const satisfies readonly OutputBucket[];

const ROLE = { writer: "writer" };

/** The policies have keys that the module counts. */
const FIRST_POLICY = "values(aws_iam_policy.this)[0]";

/** The tests of `remotion-bucket-grants`. */
export const BUCKET_GRANTS_CASES: ModuleCases = {
  defaults: [counts("output.policy_arns", 0), counts("aws_iam_role_policy_attachment.this", 0)],
  options: [
    {
      name: "granted",
      variables: {
        ...COMMON_INPUTS,
        role_names: { ...ROLE, api: "arn:aws:iam::123456789012:role/api" },
        output_buckets: BUCKETS,
      },
      assertions: [
        counts("aws_iam_policy.this", 1),
        counts("aws_iam_role_policy_attachment.this", 2),
        equals(`${FIRST_POLICY}.name`, DEFAULT_NAMES.bucketGrants),
        ...hasCommonInputs(FIRST_POLICY, false),
        isDocument("output.policy_json", grants("aws")),
      ],
    },
    {
      name: "in_china",
      variables: {
        partition: "aws-cn",
        policy_name: "video",
        role_names: ROLE,
        output_buckets: BUCKETS,
      },
      assertions: [
        equals(`${FIRST_POLICY}.name`, "video"),
        isDocument("output.policy_json", grants("aws-cn")),
      ],
    },
    {
      name: "over_several_policies",
      comment: "More buckets than one managed policy holds.",
      variables: { role_names: ROLE, output_buckets: manyBuckets(100) },
      assertions: [
        counts("aws_iam_policy.this", 2),
        counts("aws_iam_role_policy_attachment.this", 2),
        {
          condition: `alltrue([for policy in aws_iam_policy.this : length(policy.policy) <= ${QUOTAS.managedPolicy}])`,
          errorMessage: `A policy has more than ${QUOTAS.managedPolicy} characters.`,
        },
      ],
    },
  ],
  refusedTogether: [
    {
      name: "refuses_buckets_for_nobody",
      variables: { output_buckets: BUCKETS },
      expectFailures: ["output.policy_arns"],
    },
    {
      name: "refuses_roles_for_nothing",
      variables: { role_names: ROLE },
      expectFailures: ["output.policy_arns"],
    },
  ],
};

function manyBuckets(count: number): string {
  const bucket = '{ name = "acme-videos-${number}", prefix = "", access = "write" }';
  return `\${[${forFirstNumbers(count, bucket)}]}`;
}

function grants(partition: string) {
  return policyDocument(bucketGrantStatements(BUCKETS, partition));
}
