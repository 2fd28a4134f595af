import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runRecorded } from "../support/recording-console.js";

/*
 * Set-ups as people really write them, after public reports. What is said may change; what it means may not.
 */

interface Case {
  readonly file: string;
  readonly options?: readonly string[];
  readonly exitCode: number;
  /** What the report says. */
  readonly says: readonly (string | RegExp)[];
  readonly neverSays?: readonly string[];
}

const ALLOWED_ELSEWHERE = "it is allowed on other resources only";
const NOTHING = "no statement allows it";

const asUser = (name: string, count: string) =>
  new RegExp(`^${name}\\b.* as a user or caller, .*: ${count} allowed`, "m");
const asRole = (name: string, count: string) =>
  new RegExp(`^${name}\\b.* as the role of Remotion's functions, .*: ${count} allowed`, "m");

const CASES: Record<string, Case> = {
  administrator: {
    file: "administrator/plan.json",
    exitCode: 0,
    says: [asRole("remotion-lambda-role", "9 of 9"), asUser("remotion-user", "39 of 39")],
  },
  "an answer of aws iam get-role-policy": {
    file: "aws-cli-role-policy/get-role-policy.json",
    options: ["--as", "role"],
    exitCode: 0,
    says: [asRole("remotion-lambda-policy", "9 of 9")],
  },
  "a caller that writes logs": {
    file: "caller-document-with-logs/caller.json",
    options: ["--profile", "render"],
    exitCode: 0,
    says: [asUser("policy", "11 of 11")],
  },
  "an account that is read from AWS": {
    file: "cdktf-account/cdk.tf.json",
    exitCode: 3,
    says: ["remotion-lambda-role", "untold", "give: the plan"],
    neverSays: ["MISSING", NOTHING],
  },
  "dynamic blocks, one of which Terraform would refuse": {
    file: "cdktf-dynamic/cdk.tf.json",
    exitCode: 3,
    says: ["remotion-lambda-role", "untold", "give: the plan"],
    neverSays: ["MISSING", NOTHING],
  },
  "merged documents": {
    file: "cdktf-merged/cdk.tf.json",
    exitCode: 0,
    says: [asRole("remotion-lambda-role", "9 of 9")],
  },
  "a template of CloudFormation": {
    // It reads and writes objects of Remotion's buckets and lists buckets, which lets work what is asked of a
    // composition alone: it neither calls functions, nor writes logs.
    file: "cloudformation/template.json",
    exitCode: 1,
    says: [
      asRole("remotion-lambda-role", "1 of 9"),
      "lambda:InvokeFunction on arn:",
      "logs:PutLogEvents on arn:",
    ],
    neverSays: ["s3:PutObject on", "s3:GetObject on", "untold"],
  },
  "an Allow over TLS only": {
    file: "condition-allow-tls/policy.json",
    options: ["--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
    neverSays: [ALLOWED_ELSEWHERE],
  },
  "a Deny outside two regions": {
    file: "condition-deny-region/policy.json",
    options: ["--region", "eu-central-1", "--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
    neverSays: [ALLOWED_ELSEWHERE],
  },
  "an Allow in one region": {
    file: "condition-requested-region/policy.json",
    options: ["--region", "eu-central-1", "--as", "user"],
    exitCode: 1,
    says: [
      asUser("policy", "37 of 39"),
      /^ {8}for simulatePermissions\(\); remotion lambda policies validate$/m,
    ],
  },
  "S3 in one account": {
    file: "condition-resource-account/policy.json",
    options: ["--account", "123456789012", "--as", "user"],
    exitCode: 0,
    says: [asUser("policy", "39 of 39")],
    neverSays: [ALLOWED_ELSEWHERE],
  },
  "a statement that names the user by a variable": {
    file: "condition-username/plan.json",
    exitCode: 0,
    says: [asUser("remotion-user", "39 of 39")],
  },
  "a guide's policy for deploying": {
    file: "console-deploy-policy/policy.json",
    exitCode: 1,
    says: [
      asUser("policy", "13 of 39"),
      "lambda:ListFunctions on *:",
      "s3:PutBucketAcl on ",
      "s3:PutBucketOwnershipControls on ",
      "lambda:GetLayerVersion on ",
    ],
  },
  "an empty state": { file: "empty-state/state.json", exitCode: 2, says: ["The state is empty"] },
  "an exclusive list that leaves the policy out": {
    file: "exclusive-inline/plan.json",
    exitCode: 1,
    says: [asRole("remotion-lambda-role", "0 of 9"), "aws_iam_role_policies_exclusive"],
  },
  "an ARN that is known after the apply": {
    file: "first-plan-own-bucket/plan.json",
    exitCode: 0,
    says: [asRole("remotion-lambda-role", "9 of 9")],
    neverSays: [NOTHING],
  },
  "one managed policy a statement": {
    file: "five-policies/plan.json",
    exitCode: 0,
    says: [asRole("remotion-lambda-role", "9 of 9"), asUser("remotion-user", "39 of 39")],
  },
  "a permission set": {
    file: "permission-set/plan.json",
    exitCode: 0,
    says: [asUser("Video", "39 of 39")],
  },
  "a role named after its stack": {
    file: "role-name-per-stack/plan.json",
    exitCode: 0,
    says: [asRole("remotion-lambda-role-prod-eu", "9 of 9")],
  },
  "a role without any policy": {
    file: "role-without-policy/plan.json",
    exitCode: 1,
    says: [asRole("remotion-lambda-role", "0 of 9"), asUser("remotion-user", "39 of 39")],
  },
  "a second region": {
    file: "second-region/policy.json",
    options: [
      ...["--account", "123456789012"],
      ...["--region", "eu-central-1", "--region", "us-east-1"],
    ],
    exitCode: 1,
    says: [/MISSING/, "in us-east-1"],
  },
  "a second region, the other way round": {
    file: "second-region/policy.json",
    options: [
      ...["--account", "123456789012"],
      ...["--region", "us-east-1", "--region", "eu-central-1"],
    ],
    exitCode: 1,
    says: [/MISSING/, "in us-east-1"],
  },
  "SST's role": {
    file: "sst-role/role.json",
    options: [
      ...["--as", "role", "--role-profile", "minimal", "--account", "123456789012"],
      ...["--bucket", "acme-prod-video-1a2b3c4", "--function", "VideoFunction-5d6e7f8"],
    ],
    exitCode: 1,
    says: [
      asRole("policy", "4 of 8"),
      "s3:ListBucket on arn:aws:s3:::acme-prod-video-1a2b3c4:",
      /logs:(CreateLogStream|PutLogEvents) on .*log-stream/,
    ],
    neverSays: ["s3:PutObject on arn:aws:s3:::acme-prod-video-1a2b3c4", "lambda:InvokeFunction on"],
  },
  "a policy from before functions were tagged": {
    file: "tolerated-tag/policy.json",
    exitCode: 0,
    says: [asUser("policy", "39 of 39"), "warning", "lambda:TagResource"],
    neverSays: ["MISSING"],
  },
  "a role that trusts another service": {
    file: "trust-other-service/plan.json",
    exitCode: 1,
    says: ["Lambda cannot assume it", "ecs-tasks.amazonaws.com"],
  },
};

describe("verify, on set-ups as people write them", () => {
  it.each(Object.entries(CASES))("%s", async (_name, { file, options = [], ...right }) => {
    const path = join(import.meta.dirname, "cases", file);
    const { exitCode, results, notes } = await runRecorded("verify", path, ...options);
    const said = `${results}\n${notes}`;

    for (const text of right.says) {
      expect(said).toMatch(text);
    }
    for (const text of right.neverSays ?? []) {
      // What is in excess is no lack.
      expect(results.replace(/^ {4}\S.*$/gm, "")).not.toContain(text);
    }
    expect(exitCode).toBe(right.exitCode);
  });
});
