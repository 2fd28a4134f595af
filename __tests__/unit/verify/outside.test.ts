import { describe, expect, it } from "vitest";
import { compilePolicy } from "../../../lib/iam/evaluate/compile-policy.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { NOTHING_OUTSIDE, type OutsideFacts } from "../../../lib/terraform/outside-facts.js";
import type { VerifyOptions } from "../../../lib/verify/verify-options.js";
import { type VerifiedReading, verifyReading } from "../../../lib/verify/verify-reading.js";
import { readingOf } from "../cloudformation/support/template.js";
import { configurationOf, stateOf } from "../terraform/support/configuration.js";
import { type PlannedResource, planOf } from "../terraform/support/plan.js";
import { options } from "./support.js";

/*
 * What decides beside the policies of users and roles, from a plan, a state, a configuration and a template, and
 * given beside them.
 */

const ACCOUNT = "123456789012";
const OTHER = "210987654321";
const BUCKET = "remotionlambda-useast1-abc1234567";
const BUCKET_ARN = `arn:aws:s3:::${BUCKET}`;
const USER = `arn:aws:iam::${ACCOUNT}:user/remotion-user`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/remotion-lambda-role`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

type Statement = Readonly<Record<string, unknown>>;
const policy = (...statements: readonly Statement[]) => ({
  Version: "2012-10-17",
  Statement: statements,
});
const withStatement = (document: object, ...more: readonly Statement[]) => ({
  ...document,
  Statement: [...(document as { Statement: Statement[] }).Statement, ...more],
});

const trust = JSON.stringify(
  policy({
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  }),
);

/** A user and the role of functions, with what Remotion's policies allow, or with others. */
function people({
  user = userPolicy() as object,
  role = rolePolicy() as object,
} = {}): readonly PlannedResource[] {
  return [
    { address: "aws_iam_user.u", values: { name: "remotion-user", path: "/", arn: USER } },
    {
      address: "aws_iam_user_policy.u",
      values: { name: "p", user: "remotion-user", policy: JSON.stringify(user) },
    },
    {
      address: "aws_iam_role.r",
      values: { name: "remotion-lambda-role", path: "/", arn: ROLE, assume_role_policy: trust },
    },
    {
      address: "aws_iam_role_policy.r",
      values: { name: "p", role: "remotion-lambda-role", policy: JSON.stringify(role) },
    },
  ];
}

const KINDS: Readonly<Record<string, (resources: readonly PlannedResource[]) => string>> = {
  plan: planOf,
  state: stateOf,
  configuration: configurationOf,
};

const inPlan = (...resources: readonly PlannedResource[]) =>
  readPrincipals(planOf([...people(), ...resources]));

/** What is said of a call: of the resources that are in Remotion's bucket, the worst. */
function said(
  { verified }: VerifiedReading,
  principal: string,
  action: string,
  within = BUCKET_ARN,
): string {
  const calls = verified
    .filter((one) => one.principal === principal)
    .flatMap(({ apis }) => apis.flatMap((api) => api.calls))
    .filter((call) => call.action === action && call.resource.startsWith(within));
  const open = ["missing", "untold", "tolerated", "allowed"]
    .map((answer) => calls.find((call) => call.answer === answer))
    .find((call) => call !== undefined);
  return open === undefined
    ? "not asked"
    : [open.answer, ...(open.because === undefined ? [] : [open.because])].join(": ");
}

const verified = (
  reading: Parameters<typeof verifyReading>[0],
  given: Partial<VerifyOptions> = {},
) => verifyReading(reading, options({ scope: { regions: ["us-east-1"] }, ...given }));

const bucketPolicy = (document: object): PlannedResource => ({
  address: "aws_s3_bucket_policy.b",
  values: { bucket: BUCKET, policy: JSON.stringify(document) },
});

const denyPut = policy({
  Sid: "No writing",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:PutObject",
  Resource: `${BUCKET_ARN}/*`,
});
const DENIED = "missing: denied by the bucket policy aws_s3_bucket_policy.b, statement No writing";

describe("a bucket policy", () => {
  it.each(Object.entries(KINDS))("of a %s denies", (_kind, write) => {
    const result = verified(readPrincipals(write([...people(), bucketPolicy(denyPut)])));

    expect(said(result, "remotion-user", "s3:PutObject")).toBe(DENIED);
    expect(said(result, "remotion-lambda-role", "s3:PutObject")).toBe(DENIED);
    expect(said(result, "remotion-lambda-role", "s3:GetObject")).toBe("allowed");
    expect(said(result, "remotion-user", "s3:CreateBucket")).toBe("allowed");
  });

  const cases: readonly [name: string, statement: Statement, user: string, role: string][] = [
    ["for one of them", { Principal: { AWS: ROLE } }, "allowed", "denied"],
    ["for the account", { Principal: { AWS: ROOT } }, "denied", "denied"],
    ["for another account", { Principal: { AWS: OTHER } }, "allowed", "allowed"],
    ["for a service", { Principal: { Service: "cloudfront.amazonaws.com" } }, "allowed", "allowed"],
    [
      "for all but one and the account",
      { NotPrincipal: { AWS: [USER, ROOT] } },
      "allowed",
      // Of the role the account alone is left out.
      "untold",
    ],
    ["of another action", { Principal: "*", Action: "s3:PutBucketTagging" }, "allowed", "allowed"],
    [
      "of all but an action",
      { Principal: "*", Action: undefined, NotAction: "s3:PutObject" },
      "allowed",
      "allowed",
    ],
    [
      "of all but other actions",
      { Principal: "*", Action: undefined, NotAction: "s3:Get*" },
      "denied",
      "denied",
    ],
    [
      "of all but other objects",
      { Principal: "*", Resource: undefined, NotResource: `${BUCKET_ARN}/other/*` },
      "denied",
      "denied",
    ],
    [
      "of all but these objects",
      { Principal: "*", Resource: undefined, NotResource: `${BUCKET_ARN}/*` },
      "allowed",
      "allowed",
    ],
    [
      "without TLS",
      { Principal: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } },
      "allowed",
      "allowed",
    ],
    [
      "from elsewhere",
      { Principal: "*", Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
      "untold",
      "untold",
    ],
    [
      "of other principals",
      { Principal: "*", Condition: { ArnNotEquals: { "aws:PrincipalArn": [USER, ROLE] } } },
      "allowed",
      "allowed",
    ],
  ];

  it.each(cases)("that denies %s", (_name, given, user, role) => {
    const statement = { Effect: "Deny", Action: "s3:PutObject", Resource: `${BUCKET_ARN}/*` };
    const document = policy(JSON.parse(JSON.stringify({ ...statement, ...given })));
    const result = verified(inPlan(bucketPolicy(document)));
    const answers = { allowed: /^allowed/, denied: /^missing: denied by/, untold: /^untold/ };

    expect(said(result, "remotion-user", "s3:PutObject")).toMatch(
      answers[user as keyof typeof answers],
    );
    expect(said(result, "remotion-lambda-role", "s3:PutObject")).toMatch(
      answers[role as keyof typeof answers],
    );
  });

  it("names the denier for programs", () => {
    const { verified: all } = verified(inPlan(bucketPolicy(denyPut)));
    const deniers = all.flatMap(({ apis }) =>
      apis.flatMap(({ calls }) => calls.flatMap(({ deniedBy }) => deniedBy ?? [])),
    );

    expect(new Set(deniers.map((one) => JSON.stringify(one)))).toEqual(
      new Set([
        JSON.stringify({
          kind: "bucket policy",
          policy: "aws_s3_bucket_policy.b",
          statement: "No writing",
        }),
      ]),
    );
  });

  it("of another bucket asks nothing of who calls", () => {
    const other = Array.from({ length: 3 }, (_, number) => ({
      address: `aws_s3_bucket_policy.other${number}`,
      values: { bucket: `other-${number}`, policy: JSON.stringify(denyPut) },
    }));

    expect(verified(inPlan(...other))).toEqual(verified(inPlan()));
  });

  it("of another bucket is not looked at", () => {
    const document = JSON.parse(JSON.stringify(denyPut).replaceAll(BUCKET, "other"));
    const result = verified(
      inPlan({
        address: "aws_s3_bucket_policy.b",
        values: { bucket: "other", policy: JSON.stringify(document) },
      }),
    );

    expect(said(result, "remotion-user", "s3:PutObject")).toBe("allowed");
    expect(result.notLookedAt).toContain("bucket policies");
  });

  it("that allows is enough in the same account", () => {
    const { Statement: statements } = rolePolicy();
    const role = {
      ...policy(),
      Statement: statements.filter(({ Action }) => !Action.some((one) => one.startsWith("s3:"))),
    };
    const bucket = (principal: unknown) =>
      bucketPolicy(
        policy({
          Effect: "Allow",
          Principal: principal,
          Action: "s3:*",
          Resource: [BUCKET_ARN, `${BUCKET_ARN}/*`],
        }),
      );
    const answer = (principal: unknown) =>
      said(
        verified(readPrincipals(planOf([...people({ role }), bucket(principal)])), {
          scope: { regions: ["us-east-1"], bucketNames: [BUCKET] },
        }),
        "remotion-lambda-role",
        "s3:PutObject",
      );

    expect(answer({ AWS: ROLE })).toBe("allowed");
    expect(answer("*")).toBe("allowed");
    expect(answer({ AWS: ROOT })).toMatch(/^missing: no statement allows it/);
    expect(answer({ AWS: USER })).toMatch(/^missing/);
  });

  it("is found by the bucket that it refers to", () => {
    const result = verified(
      inPlan(
        { address: "aws_s3_bucket.b", values: { bucket: BUCKET } },
        {
          address: "aws_s3_bucket_policy.b",
          values: { policy: JSON.stringify(denyPut) },
          from: { bucket: ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] },
        },
      ),
    );

    expect(said(result, "remotion-user", "s3:PutObject")).toBe(DENIED);
  });

  it.each([
    [
      "whose beginning may be that of Remotion's",
      { bucket_prefix: "remotionlambda-useast1-" },
      "untold",
    ],
    ["whose beginning is another", { bucket_prefix: "videos-" }, "allowed"],
    ["that has no name of its own", {}, "allowed"],
    ["of whose name nothing is told", null, "allowed"],
  ])("of a bucket %s", (_name, values, expected) => {
    const document = JSON.parse(JSON.stringify(denyPut).replaceAll(`${BUCKET_ARN}/*`, "*"));
    const result = verified(
      inPlan(
        values === null
          ? { address: "aws_s3_bucket.b", from: { bucket: ["random_id.b.hex", "random_id.b"] } }
          : { address: "aws_s3_bucket.b", values },
        {
          address: "aws_s3_bucket_policy.b",
          values: { policy: JSON.stringify(document) },
          from: { bucket: ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] },
        },
      ),
    );

    expect(said(result, "remotion-user", "s3:PutObject").split(":")[0]).toBe(expected);
  });

  it("of whose bucket nothing is told may be for one that is given by its name", () => {
    const document = JSON.parse(JSON.stringify(denyPut).replaceAll(`${BUCKET_ARN}/*`, "*"));
    const reading = inPlan({
      address: "aws_s3_bucket_policy.b",
      values: { policy: JSON.stringify(document) },
      from: { bucket: ["random_id.b.hex", "random_id.b"] },
    });
    const scope = { regions: ["us-east-1"], bucketNames: [BUCKET] };

    expect(said(verified(reading, { scope }), "remotion-user", "s3:PutObject")).toMatch(
      /^untold: .*which bucket aws_s3_bucket_policy.b is for is not told/,
    );
  });

  it("of which a part is known only after the apply is untold where it may decide", () => {
    const result = verified(
      inPlan({
        address: "aws_s3_bucket_policy.b",
        values: { bucket: BUCKET },
        from: { policy: ["aws_sqs_queue.q.arn", "aws_sqs_queue.q"] },
      }),
    );

    expect(said(result, "remotion-user", "s3:PutObject")).toBe(
      "untold: the bucket policy aws_s3_bucket_policy.b: it is known only after the apply",
    );
    expect(said(result, "remotion-user", "s3:ListAllMyBuckets", "*")).toBe("allowed");
  });

  it("that AWS would not take as it is tells nothing", () => {
    const twice =
      '{"Statement":[{"Effect":"Allow","Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}';
    const result = verified(
      inPlan({ address: "aws_s3_bucket_policy.b", values: { bucket: BUCKET, policy: twice } }),
    );

    expect(said(result, "remotion-user", "s3:PutObject")).toMatch(
      /^untold: .*AWS would not take it as it is/,
    );
  });

  it("of a bucket itself counts in a state, and not where the plan takes it away", () => {
    const bucket = {
      address: "aws_s3_bucket.b",
      values: { bucket: BUCKET, id: BUCKET, policy: JSON.stringify(denyPut) },
    };
    const taken = {
      resource_changes: [
        {
          address: "aws_s3_bucket_policy.b",
          mode: "managed",
          type: "aws_s3_bucket_policy",
          change: { actions: ["delete"], before: {} },
        },
      ],
    };
    const answer = (file: string) =>
      said(verified(readPrincipals(file)), "remotion-user", "s3:PutObject");
    // The provider finds the policy, and the configuration does not have it.
    const found = (more: object) => {
      const plan = JSON.parse(planOf([...people(), bucket], more));
      const { expressions } = plan.configuration.root_module.resources.at(-1);
      delete expressions.policy;
      return JSON.stringify(plan);
    };

    expect(answer(stateOf([...people(), bucket]))).toMatch(/^missing: denied by the bucket policy/);
    expect(answer(found({}))).toMatch(/^missing: denied by the bucket policy/);
    expect(answer(found(taken))).toBe("allowed");
  });
});

const encryption = (key: object, algorithm: unknown = "aws:kms"): PlannedResource => ({
  address: "aws_s3_bucket_server_side_encryption_configuration.b",
  values: {
    bucket: BUCKET,
    rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: algorithm, ...key }] }],
  },
});

const useOfKey = {
  Effect: "Allow",
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: KEY,
};

describe("a bucket that is encrypted by a key of one's own", () => {
  const withKey = [encryption({ kms_master_key_id: KEY })];
  const keyPolicy = (statement: Statement): OutsideFacts => ({
    ...NOTHING_OUTSIDE,
    keyPolicies: [
      {
        keys: [KEY],
        name: "key.json",
        document: policy({ Effect: "Allow", Action: "kms:*", Resource: "*", ...statement }),
      },
    ],
  });
  const read = (policies: Parameters<typeof people>[0], ...more: readonly PlannedResource[]) =>
    readPrincipals(planOf([...people(policies), ...withKey, ...more]));
  const allowed = { user: withStatement(userPolicy(), useOfKey) };
  const SAYS = `the bucket is encrypted by the key ${KEY}, for which S3 asks for kms:Decrypt:`;

  it("is untold without the key's policy, and says how to give it", () => {
    const result = verified(read(allowed));

    expect(said(result, "remotion-user", "s3:GetObject")).toBe(
      `untold: ${SAYS} the key policy of this key: it is not in the file`,
    );
    expect(said(result, "remotion-user", "s3:ListBucket")).toBe("allowed");
    const gives = result.verified.flatMap(({ apis }) =>
      apis.flatMap(({ calls }) => calls.flatMap(({ give }) => give ?? [])),
    );
    expect(new Set(gives)).toEqual(new Set([`--key-policy ${KEY}=FILE`]));
  });

  const cases: readonly [name: string, statement: Statement, user: string, role: string][] = [
    ["leaves it to identity policies", { Principal: { AWS: ROOT } }, "allowed", "missing"],
    ["names them", { Principal: { AWS: [USER, ROLE] } }, "allowed", "allowed"],
    ["names others", { Principal: { AWS: `${USER}2` } }, "missing", "missing"],
    [
      "leaves it to another account",
      { Principal: { AWS: `arn:aws:iam::${OTHER}:root` } },
      "missing",
      "missing",
    ],
    [
      "allows it through S3",
      {
        Principal: { AWS: ROOT },
        Condition: { StringEquals: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } },
      },
      "allowed",
      "missing",
    ],
    [
      "allows it through another service",
      {
        Principal: { AWS: ROOT },
        Condition: { StringEquals: { "kms:ViaService": "sqs.us-east-1.amazonaws.com" } },
      },
      "missing",
      "missing",
    ],
    ["denies them", { Effect: "Deny", Principal: "*" }, "missing", "missing"],
  ];

  it.each(cases)("whose policy %s", (_name, statement, user, role) => {
    const result = verified(read(allowed), { outside: keyPolicy(statement) });

    expect(said(result, "remotion-user", "s3:GetObject").split(":")[0]).toBe(user);
    expect(said(result, "remotion-lambda-role", "s3:GetObject").split(":")[0]).toBe(role);
    expect(said(result, "remotion-lambda-role", "s3:PutObject").split(":")[0]).toBe(role);
  });

  it("is denied where identity policies are, whatever the key's policy is", () => {
    const user = withStatement(userPolicy(), useOfKey, { ...useOfKey, Effect: "Deny" });

    expect(said(verified(read({ user })), "remotion-user", "s3:GetObject")).toBe(
      `missing: ${SAYS} p denies it`,
    );
  });

  it("in another account takes what both sides allow", () => {
    const key = KEY.replace(ACCOUNT, OTHER);
    const document = policy({
      Effect: "Allow",
      Principal: { AWS: ROOT },
      Action: "kms:*",
      Resource: "*",
    });
    const facts = {
      ...NOTHING_OUTSIDE,
      keyPolicies: [{ keys: [key], name: "key.json", document }],
    };
    const answer = (user: object) =>
      said(
        verified(
          readPrincipals(planOf([...people({ user }), encryption({ kms_master_key_id: key })])),
          { outside: facts },
        ),
        "remotion-user",
        "s3:GetObject",
      ).split(":")[0];

    expect(answer(withStatement(userPolicy(), { ...useOfKey, Resource: key }))).toBe("allowed");
    expect(answer(userPolicy())).toBe("missing");
  });

  it.each([
    ["AWS's own key", encryption({ kms_master_key_id: "alias/aws/s3" })],
    [
      "AWS's own key, by its ARN",
      encryption({ kms_master_key_id: `arn:aws:kms:us-east-1:${ACCOUNT}:alias/aws/s3` }),
    ],
    ["AWS's own key, which is meant where none is named", encryption({})],
    ["S3's keys", encryption({}, "AES256")],
  ])("is not one that is encrypted by %s", (_name, resource) => {
    const result = verified(inPlan(resource));

    expect(said(result, "remotion-user", "s3:GetObject")).toBe("allowed");
  });

  it.each(["plan", "configuration"] as const)("that is in the same %s", (kind) => {
    const answer = (user: object, ...more: readonly PlannedResource[]) =>
      said(
        verified(
          readPrincipals(
            (KINDS[kind] as typeof planOf)([
              ...people({ user }),
              {
                address: "aws_kms_alias.k",
                values: { name: "alias/videos" },
                from: { target_key_id: ["aws_kms_key.k.key_id", "aws_kms_key.k"] },
              },
              encryption({ kms_master_key_id: "alias/videos" }),
              ...more,
            ]),
          ),
        ),
        "remotion-user",
        "s3:GetObject",
      ).split(":")[0];
    const everyKey = withStatement(userPolicy(), { ...useOfKey, Resource: "*" });
    const key = { address: "aws_kms_key.k", values: { description: "videos" } };
    const ownPolicy = {
      address: "aws_kms_key_policy.k",
      values: {
        policy: JSON.stringify(
          policy({ Effect: "Allow", Principal: { AWS: USER }, Action: "kms:*", Resource: "*" }),
        ),
      },
      from: { key_id: ["aws_kms_key.k.id", "aws_kms_key.k"] },
    };

    // A key without a policy leaves all to identity policies.
    expect(answer(everyKey, key)).toBe("allowed");
    expect(answer(userPolicy(), key)).toBe("missing");
    expect(answer(userPolicy(), key, ownPolicy)).toBe("allowed");
  });

  it("is named by an alias that nothing tells", () => {
    const alias = encryption({ kms_master_key_id: "alias/videos" });
    const everyKey = withStatement(userPolicy(), { ...useOfKey, Resource: "*" });
    const result = verified(readPrincipals(planOf([...people({ user: everyKey }), alias])));

    expect(said(result, "remotion-user", "s3:GetObject")).toMatch(/^untold: .*alias\/videos/);
  });
});

describe("a bucket that takes no ACLs", () => {
  const controls = (ownership: string): PlannedResource => ({
    address: "aws_s3_bucket_ownership_controls.b",
    values: { bucket: BUCKET, rule: [{ object_ownership: ownership }] },
  });

  it.each(Object.entries(KINDS))("of a %s refuses those that Remotion sends", (_kind, write) => {
    const answer = (ownership: string, action = "s3:PutObjectAcl") =>
      said(
        verified(readPrincipals(write([...people(), controls(ownership)]))),
        "remotion-lambda-role",
        action,
      );

    expect(answer("BucketOwnerEnforced")).toBe(
      "missing: aws_s3_bucket_ownership_controls.b disables ACLs, and S3 refuses the one that Remotion sends",
    );
    expect(answer("BucketOwnerEnforced", "s3:PutObject")).toBe("allowed");
    expect(answer("ObjectWriter")).toBe("allowed");
    expect(answer("BucketOwnerPreferred")).toBe("allowed");
  });
});

describe("a bucket that takes no public ACLs", () => {
  const block = (blocks: unknown): PlannedResource => ({
    address: "aws_s3_bucket_public_access_block.b",
    values: { bucket: BUCKET, block_public_acls: blocks, block_public_policy: true },
  });
  const answer = (reading: ReturnType<typeof inPlan>, key: string, who = "remotion-lambda-role") =>
    said(verified(reading), who, "s3:PutObjectAcl", `${BUCKET_ARN}/${key}`);
  const REFUSED =
    "missing: aws_s3_bucket_public_access_block.b blocks public ACLs, and S3 refuses the one that Remotion sends";

  it.each(Object.entries(KINDS))("of a %s refuses that of videos and sites", (_kind, write) => {
    const read = (blocks: unknown) => readPrincipals(write([...people(), block(blocks)]));

    expect(answer(read(true), "renders/")).toBe(REFUSED);
    expect(answer(read(true), "resolved-props/")).toBe("allowed");
    expect(answer(read(true), "sites/", "remotion-user")).toBe(REFUSED);
    expect(answer(read(true), "input-props/", "remotion-user")).toBe("allowed");
    expect(answer(read(false), "renders/")).toBe("allowed");
  });

  it("is told beside one that disables all of them", () => {
    const controls: PlannedResource = {
      address: "aws_s3_bucket_ownership_controls.b",
      values: { bucket: BUCKET, rule: [{ object_ownership: "BucketOwnerEnforced" }] },
    };

    expect(answer(inPlan(block(true), controls), "resolved-props/")).toMatch(
      /^missing: .*disables/,
    );
  });

  it("is untold where that is known after the apply", () => {
    const reading = inPlan({
      address: "aws_s3_bucket_public_access_block.b",
      values: { bucket: BUCKET },
      from: { block_public_acls: ["terraform_data.strict.output"] },
    });

    expect(answer(reading, "renders/")).toMatch(/^untold: .*blocks public ACLs is not told/);
    expect(answer(reading, "resolved-props/")).toBe("allowed");
  });
});

describe("a template of CloudFormation", () => {
  const template = (more: object) => ({
    Resources: {
      User: {
        Type: "AWS::IAM::User",
        Properties: {
          UserName: "remotion-user",
          Policies: [
            {
              PolicyName: "p",
              PolicyDocument: withStatement(userPolicy(), { ...useOfKey, Resource: "*" }),
            },
          ],
        },
      },
      Bucket: { Type: "AWS::S3::Bucket", Properties: { BucketName: BUCKET } },
      ...more,
    },
  });
  const answer = (more: object, action: string, given: Record<string, string> = {}) =>
    said(
      verified(readingOf(template(more), { "AWS::AccountId": ACCOUNT, ...given })),
      "remotion-user",
      action,
    );

  it("has bucket policies", () => {
    const more = {
      Policy: {
        Type: "AWS::S3::BucketPolicy",
        Properties: {
          Bucket: { Ref: "Bucket" },
          PolicyDocument: policy({
            Sid: "Deny",
            Effect: "Deny",
            Principal: { AWS: "*" },
            Action: "s3:PutObject",
            Resource: { "Fn::Sub": "${Bucket.Arn}/*" },
          }),
        },
      },
    };

    expect(answer(more, "s3:PutObject")).toBe(
      "missing: denied by the bucket policy Policy, statement Deny",
    );
    expect(answer(more, "s3:GetObject")).toBe("allowed");
  });

  it("has keys, and the buckets that are encrypted by them", () => {
    const more = (principal: unknown) => ({
      Key: {
        Type: "AWS::KMS::Key",
        Properties: {
          KeyPolicy: policy({
            Effect: "Allow",
            Principal: principal,
            Action: "kms:*",
            Resource: "*",
          }),
        },
      },
      Bucket: {
        Type: "AWS::S3::Bucket",
        Properties: {
          BucketName: BUCKET,
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              {
                ServerSideEncryptionByDefault: {
                  SSEAlgorithm: "aws:kms",
                  KMSMasterKeyID: { "Fn::GetAtt": ["Key", "Arn"] },
                },
              },
            ],
          },
        },
      },
    });
    const root = { AWS: { "Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root" } };

    expect(answer(more(root), "s3:GetObject")).toBe("allowed");
    expect(answer(more({ AWS: OTHER }), "s3:GetObject")).toMatch(
      /^missing: the bucket is encrypted by the key Key, .* the key's policy does not allow it/,
    );
  });

  it("has buckets that take no ACLs", () => {
    const more = {
      Bucket: {
        Type: "AWS::S3::Bucket",
        Properties: {
          BucketName: BUCKET,
          OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        },
      },
    };

    expect(answer(more, "s3:PutObjectAcl")).toBe(
      "missing: Bucket disables ACLs, and S3 refuses the one that Remotion sends",
    );
  });

  it("has buckets that take no public ACLs", () => {
    const blocking = (BlockPublicAcls: unknown) => ({
      Bucket: {
        Type: "AWS::S3::Bucket",
        Properties: { BucketName: BUCKET, PublicAccessBlockConfiguration: { BlockPublicAcls } },
      },
    });

    expect(answer(blocking(true), "s3:PutObjectAcl")).toBe(
      "missing: Bucket blocks public ACLs, and S3 refuses the one that Remotion sends",
    );
    expect(answer(blocking("true"), "s3:PutObjectAcl")).toMatch(/^missing/);
    expect(answer(blocking(false), "s3:PutObjectAcl")).toBe("allowed");
    expect(answer(blocking({ "Fn::ImportValue": "strict" }), "s3:PutObjectAcl")).toMatch(
      /^untold: Bucket: whether Bucket blocks public ACLs is not told/,
    );
  });

  it("has policies of which a parameter decides", () => {
    const more = {
      Policy: {
        Type: "AWS::S3::BucketPolicy",
        Condition: "Strict",
        Properties: { Bucket: { Ref: "Bucket" }, PolicyDocument: denyPut },
      },
    };
    const content = {
      ...template(more),
      Parameters: { Stage: { Type: "String" } },
      Conditions: { Strict: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] } },
    };
    const answerWith = (given: Record<string, string>) =>
      said(
        verified(readingOf(content, { "AWS::AccountId": ACCOUNT, ...given })),
        "remotion-user",
        "s3:PutObject",
      ).split(":")[0];

    expect(answerWith({ Stage: "prod" })).toBe("missing");
    expect(answerWith({ Stage: "dev" })).toBe("allowed");
    expect(answerWith({})).toBe("untold");
  });
});

describe("policies of an organization", () => {
  const namespace = policy({
    Sid: "AccountRegionalNamespace",
    Effect: "Deny",
    Action: "s3:CreateBucket",
    Resource: "*",
    Condition: { StringNotEquals: { "s3:x-amz-bucket-namespace": "account-regional" } },
  });
  const attached = (target: string, document: object = namespace, type?: string) => [
    {
      address: "aws_organizations_policy.p",
      values: {
        id: "p-1",
        name: "p",
        content: JSON.stringify(document),
        ...(type === undefined ? {} : { type }),
      },
    },
    {
      address: "aws_organizations_policy_attachment.a",
      values: { policy_id: "p-1", target_id: target },
    },
  ];
  const answer = (...resources: readonly PlannedResource[]) =>
    said(verified(inPlan(...resources)), "remotion-user", "s3:CreateBucket");

  it("that demand S3's account regional namespaces deny what Remotion's buckets are made by", () => {
    expect(answer(...attached(ACCOUNT))).toBe(
      "missing: denied by the service control policy aws_organizations_policy.p, statement AccountRegionalNamespace",
    );
  });

  it("of another account do not count", () => {
    expect(answer(...attached(OTHER))).toBe("allowed");
  });

  it("of a unit may count", () => {
    expect(answer(...attached("ou-ab12-cdefghij"))).toBe(
      "untold: the service control policy aws_organizations_policy.p, statement AccountRegionalNamespace: whether the account is under ou-ab12-cdefghij is not in the file",
    );
  });

  it("do not count for the account that manages it", () => {
    const organization = {
      address: "aws_organizations_organization.o",
      values: { master_account_id: ACCOUNT },
    };

    expect(answer(...attached("r-ab12"), organization)).toBe("allowed");
  });

  it("that allow leave open what others of that level allow", () => {
    const list = policy({ Effect: "Allow", Action: "ec2:*", Resource: "*" });

    expect(answer(...attached(ACCOUNT, list))).toMatch(/^untold: .*allow more is not in the file/);
  });

  it.each([
    ["p-FullAWSAccess", "allowed"],
    [
      "p-elsewhere",
      "untold: the service control policy aws_organizations_policy_attachment.a: its text is not in the file",
    ],
  ])("that are made elsewhere are told where they are AWS's own: %s", (id, expected) => {
    const attachment = {
      address: "aws_organizations_policy_attachment.a",
      values: { policy_id: id, target_id: ACCOUNT },
    };

    expect(answer(attachment)).toBe(expected);
  });

  it("of other kinds do not count", () => {
    expect(answer(...attached(ACCOUNT, { tags: {} }, "TAG_POLICY"))).toBe("allowed");
  });

  const controlling = (
    kind: "service control policy" | "resource control policy",
    ...levels: readonly (readonly [level: string, document: object])[]
  ): OutsideFacts => ({
    ...NOTHING_OUTSIDE,
    organization: levels.map(([level, document], index) => ({
      kind,
      name: `${index}.json`,
      level,
      document,
    })),
  });
  const given = (facts: OutsideFacts, action: string, within = BUCKET_ARN) =>
    said(verified(inPlan(), { outside: facts }), "remotion-user", action, within);
  const all = policy({ Effect: "Allow", Action: "*", Resource: "*" });
  const s3 = policy({ Effect: "Allow", Action: ["s3:*"], Resource: "*" });
  const lambda = policy({ Effect: "Allow", Action: ["lambda:*"], Resource: "*" });
  const SCP = "service control policy";

  it("allow together at one level, and each level by itself", () => {
    const together = controlling(SCP, ["", s3], ["", lambda]);
    const apart = controlling(SCP, ["root", s3], ["unit", lambda]);

    expect(given(together, "lambda:ListFunctions", "*")).toBe("allowed");
    expect(given(together, "s3:PutObject")).toBe("allowed");
    expect(given(apart, "lambda:ListFunctions", "*")).toBe(
      "missing: no service control policy of the level root allows it",
    );
    expect(given(apart, "s3:PutObject")).toBe(
      "missing: no service control policy of the level unit allows it",
    );
  });

  it("are for resources of some services alone, where they are resource control policies", () => {
    const denyAll = (action: string) =>
      controlling("resource control policy", [
        "",
        policy({ Effect: "Deny", Principal: "*", Action: action, Resource: "*" }),
      ]);

    expect(given(denyAll("s3:*"), "s3:PutObject")).toMatch(
      /^missing: denied by the resource control policy 0.json, Statement\[0\]$/,
    );
    expect(given(denyAll("lambda:*"), "lambda:ListFunctions", "*")).toBe("allowed");
    expect(given(controlling(SCP, ["", all]), "s3:PutObject")).toBe("allowed");
  });

  it("change nothing of who somebody is, and of the nearest profile", () => {
    const nothing = policy({ Effect: "Deny", Action: "*", Resource: "*" });
    const without = verified(inPlan());
    const within = verified(inPlan(), { outside: controlling(SCP, ["", nothing]) });
    const who = ({ verified: found }: VerifiedReading) =>
      found.map(({ principal, part, standing, excess }) => ({ principal, part, standing, excess }));

    expect(who(within)).toEqual(who(without));
  });
});

describe("what is not given", () => {
  it("is told, and changes nothing", () => {
    const result = verified(inPlan());

    expect(result.notLookedAt).toEqual([
      "service control policies",
      "resource control policies",
      "bucket policies",
      "key policies",
    ]);
    expect(said(result, "remotion-user", "s3:CreateBucket")).toBe("allowed");
  });

  it("is told of what nothing is known of", () => {
    const facts: OutsideFacts = {
      ...NOTHING_OUTSIDE,
      bucketPolicies: [{ bucket: BUCKET, name: "b.json", document: denyPut }],
    };

    expect(verified(inPlan(), { outside: facts }).notLookedAt).not.toContain("bucket policies");
  });
});

it("is asked of in the region that a bucket's name says, and in no other where one is given", () => {
  const frankfurt = "remotionlambda-eucentral1-abc1234567";
  const document = JSON.parse(JSON.stringify(denyPut).replaceAll(BUCKET, frankfurt));
  const facts: OutsideFacts = {
    ...NOTHING_OUTSIDE,
    bucketPolicies: [{ bucket: frankfurt, name: "b.json", document }],
  };
  const answer = (scope: VerifyOptions["scope"]) =>
    said(
      verified(inPlan(), { outside: facts, scope }),
      "remotion-user",
      "s3:PutObject",
      `arn:aws:s3:::`,
    ).split(":")[0];

  expect(answer({})).toBe("missing");
  expect(answer({ regions: ["eu-central-1"] })).toBe("missing");
  expect(answer({ regions: ["us-east-1"] })).toBe("allowed");
});

it("takes the policies that it is given for what they are", () => {
  expect(() => compilePolicy(denyPut, "bucket")).toThrow(/names no principal/);
});
