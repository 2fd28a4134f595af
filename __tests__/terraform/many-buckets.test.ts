import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policySize, QUOTAS } from "../../lib/iam/quotas.js";
import { startAws } from "../support/aws.js";
import { asVariable, fewestPolicies, manyBuckets } from "../support/many-buckets.js";
import { EDITIONS, type Edition, moduleSource, PROVIDER } from "../support/module-sources.js";
import type { Moto } from "../support/moto.js";
import { describeAws } from "../support/suites.js";
import { type ResourceChange, Workspace } from "../support/workspace.js";

const COUNTS = [0, 1, 10, 100, 500, 2000];

/** The module for each count of buckets, and for buckets and keys of the same apply. */
function root(edition: Edition): string {
  const source = moduleSource("remotion-bucket-grants", edition);
  return `${PROVIDER}
variable "buckets" {
  type = map(any)
}

module "grants" {
  source   = "${source}"
  for_each = var.buckets

  policy_name           = "grants-\${each.key}"
  output_buckets        = each.value
  max_policies_per_role = 100
  # A role without a bucket is refused.
  role_names = { for key in ["writer"] : key => "writer-\${each.key}" if length(each.value) > 0 }
}

resource "aws_kms_key" "videos" {}

resource "aws_s3_bucket" "videos" {
  bucket_prefix = "videos-"
}

module "same_apply" {
  source = "${source}"

  role_names     = { writer = "writer" }
  output_buckets = [
    { name = aws_s3_bucket.videos.bucket, prefix = "", access = "write", kms_key_arn = aws_kms_key.videos.arn },
    { name = "acme-archive", prefix = "finished/", access = "write" },
  ]
}
`;
}

describeAws("Grants to many buckets", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startAws();
  });
  afterAll(() => moto.stop());

  describe.each(EDITIONS)("in the %s edition", (edition) => {
    let changes: readonly ResourceChange[] = [];
    beforeAll(async () => {
      const buckets = COUNTS.map((count) => [count, asVariable(manyBuckets(count))]);
      const workspace = new Workspace(moto.environment).write("main.tf", root(edition));
      workspace.write(
        "buckets.auto.tfvars.json",
        JSON.stringify({ buckets: Object.fromEntries(buckets) }),
      );
      await workspace.init();
      changes = (await workspace.plan()).resource_changes ?? [];
      workspace.remove();
    });

    const of = (module: string, type: string) =>
      changes.filter(({ address }) => address.startsWith(`module.${module}.${type}.`));

    it.each(COUNTS)("take the fewest policies for %i buckets, or little more", (count) => {
      const texts = of(`grants["${count}"]`, "aws_iam_policy").map(({ change }) =>
        String(change.after?.["policy"]),
      );
      const fewest = fewestPolicies(manyBuckets(count));

      expect(texts.length).toBeGreaterThanOrEqual(fewest);
      expect(texts.length).toBeLessThanOrEqual(
        count === 0 ? 0 : Math.max(fewest * 1.05, fewest + 1),
      );
      expect(Math.max(0, ...texts.map(policySize))).toBeLessThanOrEqual(QUOTAS.managedPolicy);
      expect(of(`grants["${count}"]`, "aws_iam_role_policy_attachment")).toHaveLength(texts.length);
    });

    it("are one policy, where their names are known only after the apply", () => {
      expect(of("same_apply", "aws_iam_policy").map(({ address }) => address)).toEqual([
        'module.same_apply.aws_iam_policy.this["1"]',
      ]);
      expect(
        of("same_apply", "aws_iam_role_policy_attachment").map(({ address }) => address),
      ).toEqual(['module.same_apply.aws_iam_role_policy_attachment.this["writer"]']);
    });
  });

  it("change in place when a bucket is added to 100, or one of them removed", async () => {
    const all = manyBuckets(101);
    const workspace = new Workspace(moto.environment).write(
      "main.tf",
      `${PROVIDER}
variable "buckets" {
  type = any
}

resource "aws_iam_role" "writer" {
  name               = "writer"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

module "grants" {
  source         = "${moduleSource("remotion-bucket-grants", "hcl")}"
  output_buckets = var.buckets
  role_names     = { writer = aws_iam_role.writer.name }
}
`,
    );
    const give = (buckets: ReturnType<typeof manyBuckets>) =>
      workspace.write("buckets.auto.tfvars.json", JSON.stringify({ buckets: asVariable(buckets) }));
    const planned = async () =>
      ((await workspace.plan()).resource_changes ?? [])
        .filter(({ change }) => change.actions.join() !== "no-op")
        .map(({ type, change }) => `${type}: ${change.actions.join()}`);
    give(all.slice(0, 100));
    await workspace.init();
    await workspace.apply();

    give(all);
    const added = await planned();
    give(all.toSpliced(100, 1).toSpliced(50, 1));
    const removed = await planned();
    give(all.slice(0, 100).toReversed());
    const reordered = await planned();
    workspace.remove();

    expect(added.length).toBeGreaterThan(0);
    expect(new Set([...added, ...removed])).toEqual(new Set(["aws_iam_policy: update"]));
    expect(reordered).toEqual([]);
  });
});
