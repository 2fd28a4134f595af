import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { rolePolicy } from "../../lib/remotion/policies.js";
import { USER_PROFILES } from "../../lib/remotion/profile-names.js";
import { moduleSource, PROVIDER } from "../support/module-sources.js";
import { Workspace } from "../support/workspace.js";
import { EnforcingAws, type Keys, missingAwsCli } from "./support/enforcing-aws.js";
import { expectedAccess } from "./support/expected-access.js";
import { POLICIES_UNDER_TEST } from "./support/policies-under-test.js";
import { report } from "./support/report.js";

const BUCKET = "remotionlambda-useast1-abc1234567";
const FOREIGN = "company-payroll";
const PROGRESS = "renders/abc1234567/progress.json";
const SITE = "sites/my-site/index.html";

type Outputs = Readonly<Record<string, { readonly value: Keys }>>;

interface Operation {
  /** What the policy has to allow. */
  readonly action: string;
  /** A bucket, an object as `bucket/key`, or nothing for all buckets. */
  readonly on?: string;
  /** The command, as words after `aws`; a bucket's and an object's options are added. */
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
  {
    action: "s3:PutObjectAcl",
    on: `${BUCKET}/${PROGRESS}`,
    command: "put-object-acl --acl private",
  },
  { action: "s3:PutBucketAcl", on: BUCKET, command: "put-bucket-acl --acl private" },
  // Remotion sends the DELETE of these two, which AWS checks as the same action and the mock as s3:DeleteBucket.
  {
    action: "s3:PutBucketOwnershipControls",
    on: BUCKET,
    command:
      'put-bucket-ownership-controls --ownership-controls {"Rules":[{"ObjectOwnership":"ObjectWriter"}]}',
  },
  {
    action: "s3:PutBucketPublicAccessBlock",
    on: BUCKET,
    command: "put-public-access-block --public-access-block-configuration BlockPublicAcls=false",
  },
  {
    action: "s3:PutLifecycleConfiguration",
    on: BUCKET,
    command:
      'put-bucket-lifecycle-configuration --lifecycle-configuration {"Rules":[{"ID":"a","Status":"Enabled","Filter":{"Prefix":"renders/"},"Expiration":{"Days":1}}]}',
  },
  { action: "iam:ListUsers", command: "iam list-users" },
  { action: "iam:CreateUser", command: "iam create-user --user-name intruder" },
];

const POLICIES = POLICIES_UNDER_TEST.filter(({ name }) => name !== "role full");
const missing = inject("terraform").missing ?? inject("moto").missing ?? missingAwsCli();

/** The users of each profile, as the module makes them, with their keys. */
const ROOT = [
  PROVIDER,
  ...USER_PROFILES.map(
    (profile) => `module "${profile}" {
  source            = "${moduleSource("remotion-user", "hcl")}"
  name              = "user-${profile}"
  profile           = "${profile}"
  create_access_key = true
}

output "${profile}" {
  value     = { AWS_ACCESS_KEY_ID = module.${profile}.access_key_id, AWS_SECRET_ACCESS_KEY = module.${profile}.secret_access_key }
  sensitive = true
}
`,
  ),
].join("\n");

describe.skipIf(missing !== undefined)("policies, enforced by an AWS mock", () => {
  const keys = new Map<string, Keys>();
  let aws: EnforcingAws;

  beforeAll(async () => {
    aws = await EnforcingAws.start();
    await aws.bucket(BUCKET, [PROGRESS]);
    await aws.bucket(FOREIGN, [PROGRESS]);
    const workspace = await new Workspace(aws.environment).write("main.tf", ROOT).init();
    await workspace.apply();
    const { stdout } = await workspace.run("terraform", ["output", "-json"]);
    for (const [profile, { value }] of Object.entries(JSON.parse(stdout) as Outputs)) {
      keys.set(`user ${profile}`, value);
    }
    workspace.remove();
    keys.set("role minimal", await aws.user("role-minimal", rolePolicy({ profile: "minimal" })));
    await aws.enforce();
  });

  afterAll(() => aws.stop());

  it.each(POLICIES)(
    "let $name do in S3 and IAM what its APIs do, and nothing else",
    async (underTest) => {
      const expected = expectedAccess(underTest, "aws");
      const { [underTest.name]: own } = Object.fromEntries(keys);
      const results: string[] = [];
      for (const operation of OPERATIONS) {
        const allowed = own !== undefined && (await aws.allows(own, commandOf(operation)));
        results.push(line(operation, allowed));
      }

      report(`enforcement, ${underTest.name}: ${results.length} commands`);
      expect(results).toEqual(
        OPERATIONS.map((operation) =>
          line(operation, expected(operation.action, arnOf(operation))),
        ),
      );
    },
  );
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
    ...(command.startsWith("iam ") ? [] : ["s3api"]),
    operation,
    ...(bucket === undefined ? [] : ["--bucket", bucket]),
    ...(key === undefined ? [] : ["--key", key]),
    ...options,
  ];
}
