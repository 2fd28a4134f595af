import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { EnforcingAws, type Keys, missingAwsCli } from "./support/enforcing-aws.js";
import { expectedAccess } from "./support/expected-access.js";
import { POLICIES_UNDER_TEST } from "./support/policies-under-test.js";
import { report } from "./support/report.js";

const BUCKET = "remotionlambda-useast1-abc1234567";
const FOREIGN = "company-payroll";
const PROGRESS = "renders/abc1234567/progress.json";
const SITE = "sites/my-site/index.html";

interface Operation {
  /** What the policy has to allow. */
  readonly action: string;
  /** A bucket, an object as `bucket/key`, or nothing for all buckets. */
  readonly on?: string;
  /** The command, as words after `aws s3api`; the resource's options are added. */
  readonly command: string;
}

const OPERATIONS: readonly Operation[] = [
  { action: "s3:ListAllMyBuckets", command: "list-buckets" },
  { action: "s3:CreateBucket", on: "remotionlambda-useast1-new1234567", command: "create-bucket" },
  { action: "s3:GetBucketLocation", on: BUCKET, command: "get-bucket-location" },
  { action: "s3:ListBucket", on: BUCKET, command: "list-objects-v2" },
  { action: "s3:ListBucket", on: FOREIGN, command: "list-objects-v2" },
  { action: "s3:GetObject", on: `${BUCKET}/${PROGRESS}`, command: "get-object /dev/null" },
  { action: "s3:GetObject", on: `${FOREIGN}/${PROGRESS}`, command: "get-object /dev/null" },
  { action: "s3:PutObject", on: `${BUCKET}/renders/abc1234567/cancel.json`, command: "put-object" },
  { action: "s3:PutObject", on: `${BUCKET}/${SITE}`, command: "put-object" },
  { action: "s3:PutObject", on: `${BUCKET}/input-props/abc1234567.json`, command: "put-object" },
  { action: "s3:DeleteObject", on: `${BUCKET}/${SITE}`, command: "delete-object" },
  { action: "s3:DeleteObject", on: `${BUCKET}/renders/abc1234567/out`, command: "delete-object" },
  { action: "s3:DeleteBucket", on: FOREIGN, command: "delete-bucket" },
  {
    action: "s3:PutBucketPolicy",
    on: BUCKET,
    command: 'put-bucket-policy --policy {"Version":"2012-10-17","Statement":[]}',
  },
];

// `full` of the user is left out: it allows all of these, which takes 12 s more to see.
const POLICIES = POLICIES_UNDER_TEST.filter(({ name }) => /render|deploy|minimal/.test(name));
const missing = inject("moto").missing ?? missingAwsCli();

describe.skipIf(missing !== undefined)("policies, enforced by an AWS mock", () => {
  const keys = new Map<string, Keys>();
  let aws: EnforcingAws;

  beforeAll(async () => {
    aws = await EnforcingAws.start();
    await aws.bucket(BUCKET, [PROGRESS]);
    await aws.bucket(FOREIGN, [PROGRESS]);
    for (const { name, policyOf } of POLICIES) {
      keys.set(name, await aws.user(name.replace(" ", "-"), policyOf({})));
    }
    await aws.enforce();
  });

  afterAll(() => aws.stop());

  it.each(POLICIES)("let $name do in S3 what its APIs do, and nothing else", async (underTest) => {
    const expected = expectedAccess(underTest, "aws");
    const { [underTest.name]: own } = Object.fromEntries(keys);
    const results: string[] = [];
    for (const operation of OPERATIONS) {
      const allowed = own !== undefined && (await aws.allows(own, commandOf(operation)));
      results.push(line(operation, allowed));
    }

    report(`enforcement, ${underTest.name}: ${results.length} commands`);
    expect(results).toEqual(
      OPERATIONS.map((operation) => line(operation, expected(operation.action, arnOf(operation)))),
    );
  });
});

function line({ action, on = "*" }: Operation, allowed: boolean): string {
  return `${action} on ${on}: ${allowed}`;
}

function arnOf({ on }: Operation): string {
  return on === undefined ? "*" : `arn:aws:s3:::${on}`;
}

function commandOf({ command, on }: Operation): string[] {
  const [operation = "", ...options] = command.split(" ");
  const [, bucket, key] = on?.match(/^([^/]+)(?:\/(.*))?$/) ?? [];
  return [
    "s3api",
    operation,
    ...(bucket === undefined ? [] : ["--bucket", bucket]),
    ...(key === undefined ? [] : ["--key", key]),
    ...options,
  ];
}
