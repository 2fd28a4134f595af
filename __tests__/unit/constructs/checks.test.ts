import { type TerraformStack, TerraformVariable, Token } from "cdktf";
import { describe, expect, it } from "vitest";
import {
  RemotionBucketGrants,
  type RemotionBucketGrantsProps,
} from "../../../lib/constructs/remotion-bucket-grants.js";
import {
  RemotionExecutionRolePolicy,
  type RemotionExecutionRolePolicyProps,
} from "../../../lib/constructs/remotion-executionrole-policy.js";
import {
  RemotionLambdaRole,
  type RemotionLambdaRoleProps,
} from "../../../lib/constructs/remotion-lambda-role.js";
import { RemotionUser, type RemotionUserProps } from "../../../lib/constructs/remotion-user.js";
import * as rules from "../../../lib/iam/rules.js";
import type { BucketAccess, OutputBucket } from "../../../lib/remotion/output-bucket.js";
import { synthesize } from "../support/synthesize.js";

interface Refusal<Props> {
  readonly props: Props;
  /** The prop as the message names it. */
  readonly prop: string;
  /** The value as the message names it. */
  readonly value: unknown;
  /** The rule and the way out. */
  readonly requirement: string;
}

const OUTPUT_BUCKETS = [{ name: "acme-videos", prefix: "", access: "read" }] as const;

const ROLE_NAMES = { writer: "writer" };

const ROLE_ARN = "arn:aws:iam::123456789012:role/render";

/** What every construct refuses in the same way. */
const COMMON: readonly Refusal<{
  readonly path?: string;
  readonly partition?: string;
  readonly tags?: Record<string, string>;
}>[] = [
  refusal({ path: "video" }, "path", "video", rules.IAM_PATH.requirement),
  refusal({ path: "/*/" }, "path", "/*/", rules.IAM_PATH.requirement),
  refusal({ partition: "aws-us-gov" }, "partition", "aws-us-gov", 'give "aws" or "aws-cn".'),
  refusal({ tags: { "aws:x": "y" } }, "tags", "aws:x", rules.TAG_KEY.requirement),
  refusal({ tags: { Team: "a*" } }, "tags.Team", "a*", rules.TAG_VALUE.requirement),
];

const BOUNDARY = { permissionsBoundaryArn: "boundary" };

const USER: readonly Refusal<RemotionUserProps>[] = [
  ...COMMON,
  refusal(BOUNDARY, "permissionsBoundaryArn", "boundary", rules.POLICY_ARN.requirement),
  refusal({ name: "a b" }, "name", "a b", rules.USER_NAME.requirement),
  refusal({ policyName: "a b" }, "policyName", "a b", rules.POLICY_NAME.requirement),
  refusal({ policyType: "both" }, "policyType", "both", 'give "inline" or "managed".'),
  refusal({ lambdaRoleName: ROLE_ARN }, "lambdaRoleName", ROLE_ARN, rules.ROLE_NAME.requirement),
  refusal({ lambdaRoleName: "*" }, "lambdaRoleName", "*", rules.ROLE_NAME.requirement),
  refusal({ lambdaRolePath: "/*/" }, "lambdaRolePath", "/*/", rules.IAM_PATH.requirement),
];

const ROLE: readonly Refusal<RemotionLambdaRoleProps>[] = [
  ...COMMON,
  ...bucketRefusals(),
  refusal(BOUNDARY, "permissionsBoundaryArn", "boundary", rules.POLICY_ARN.requirement),
  refusal({ name: ROLE_ARN }, "name", ROLE_ARN, rules.ROLE_NAME.requirement),
  refusal({ policyName: "a/b" }, "policyName", "a/b", rules.POLICY_NAME.requirement),
  refusal({ policyType: "" }, "policyType", "", 'give "inline" or "managed".'),
];

const EXECUTION_ROLE_POLICY: readonly Refusal<RemotionExecutionRolePolicyProps>[] = [
  ...COMMON,
  ...bucketRefusals(),
  refusal({ name: "a:b" }, "name", "a:b", rules.POLICY_NAME.requirement),
  ...["a/b", `${ROLE_ARN}/*`].map((name) =>
    refusal(
      { roleNames: { api: name } },
      "roleNames.api",
      name,
      rules.ROLE_NAME_OR_ARN.requirement,
    ),
  ),
  refusal({ lambdaRoleName: "" }, "lambdaRoleName", "", rules.ROLE_NAME.requirement),
  refusal({ lambdaRolePath: "" }, "lambdaRolePath", "", rules.IAM_PATH.requirement),
];

const BUCKET_GRANTS: readonly Refusal<Partial<RemotionBucketGrantsProps>>[] = [
  ...COMMON,
  ...bucketRefusals(),
  refusal({ policyName: "a b" }, "policyName", "a b", rules.NUMBERED_POLICY_NAME.requirement),
  refusal(
    { roleNames: { api: "a b" } },
    "roleNames.api",
    "a b",
    rules.ROLE_NAME_OR_ARN.requirement,
  ),
];

const REFUSALS = [
  ...USER.map((given) => ({
    ...given,
    construct: "RemotionUser",
    build: (scope: TerraformStack) => new RemotionUser(scope, "it", given.props),
  })),
  ...ROLE.map((given) => ({
    ...given,
    construct: "RemotionLambdaRole",
    build: (scope: TerraformStack) => new RemotionLambdaRole(scope, "it", given.props),
  })),
  ...EXECUTION_ROLE_POLICY.map((given) => ({
    ...given,
    construct: "RemotionExecutionRolePolicy",
    build: (scope: TerraformStack) => new RemotionExecutionRolePolicy(scope, "it", given.props),
  })),
  ...BUCKET_GRANTS.map((given) => ({
    ...given,
    construct: "RemotionBucketGrants",
    build: (scope: TerraformStack) =>
      new RemotionBucketGrants(scope, "it", {
        outputBuckets: OUTPUT_BUCKETS,
        roleNames: ROLE_NAMES,
        ...given.props,
      }),
  })),
].map((given) => [given.construct, given.prop, JSON.stringify(given.value), given] as const);

describe("a construct refuses a value that breaks AWS's rule, with the rule and the way out", () => {
  it.each(REFUSALS)("%s: %s %s", (_construct, prop, value, { build, requirement }) => {
    const refused = () => synthesize(build);

    expect(refused).toThrow(`stack/it: ${prop} is ${value}`);
    expect(refused).toThrow(requirement);
  });

  it("RemotionBucketGrants: no bucket at all", () => {
    const build = () =>
      synthesize((scope) => {
        new RemotionBucketGrants(scope, "it", { outputBuckets: [], roleNames: ROLE_NAMES });
      });

    expect(build).toThrow("stack/it: outputBuckets is empty");
    expect(build).toThrow("name a bucket, or leave the construct out.");
  });

  it("RemotionBucketGrants: no role at all", () => {
    const build = () =>
      synthesize((scope) => {
        new RemotionBucketGrants(scope, "it", { outputBuckets: OUTPUT_BUCKETS, roleNames: {} });
      });

    expect(build).toThrow(
      "stack/it: roleNames is empty, and nobody would get the grants: name a role, or leave the construct out.",
    );
  });

  it.each([
    {
      bucket: { name: "acme", access: "read" },
      says: 'outputBuckets[0].prefix is undefined, which is not a key prefix: write "" for the whole bucket',
    },
    {
      bucket: { name: "acme", prefix: null, access: "read" },
      says: "outputBuckets[0].prefix is null, which is not a key prefix",
    },
    {
      bucket: { name: "acme", prefix: "", acess: "read" },
      says: 'outputBuckets[0].acess is "read", and there is no such prop: there are name, prefix, access,',
    },
    {
      bucket: { name: "acme", prefix: "" },
      says: 'outputBuckets[0].access is undefined: give "write", "put", "read" or "delete".',
    },
  ])("every construct: a bucket without its width, $bucket", ({ bucket, says }) => {
    const outputBuckets = [bucket as OutputBucket];

    for (const build of Object.values(CONSTRUCTS)) {
      expect(() => synthesize((scope) => build(scope, { outputBuckets }))).toThrow(
        `stack/it: ${says}`,
      );
    }
  });

  it.each(["RemotionUser", "RemotionExecutionRolePolicy"] as const)(
    "%s: a bucket to write to, which is for the role",
    (construct) => {
      const build = (access: BucketAccess, props = {}) =>
        synthesize((scope) =>
          CONSTRUCTS[construct](scope, {
            outputBuckets: [{ name: "acme", prefix: "", access }],
            ...props,
          }),
        );

      for (const access of ["write", "put"] as const) {
        expect(() => build(access)).toThrow(
          `stack/it: outputBuckets[0].access is "${access}", and callers write no video: give "read" or "delete", and give "${access}" to RemotionLambdaRole, or to RemotionBucketGrants.`,
        );
        expect(() => build(access, { bucketAccesses: ["read"] })).not.toThrow();
        expect(() => build("read", { bucketAccesses: ["read", access] })).toThrow(
          `stack/it: bucketAccesses[1] is "${access}": give "read" or "delete".`,
        );
      }
    },
  );

  it.each(["read", "delete"] as const)(
    "ACLs with the access %s, which does not write",
    (access) => {
      const refused = () =>
        role({ outputBuckets: [{ name: "b-b", prefix: "", access, acl: true }] });

      expect(refused).toThrow(`stack/it: outputBuckets[0] has acl with the access "${access}"`);
      expect(refused).toThrow('give the access "write" or "put".');
    },
  );

  it("RemotionLambdaRole: a session shorter or longer than AWS allows, or with a fraction", () => {
    for (const maxSessionDuration of [3599, 43_201, 3600.5]) {
      expect(() => role({ maxSessionDuration })).toThrow("maxSessionDuration");
    }
  });

  it("every construct: more tags than AWS allows", () => {
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag${index}`, ""]));

    expect(() => role({ tags })).toThrow("50");
  });
});

describe("a construct leaves to Terraform what only Terraform knows:", () => {
  const checked = ["name", "path", "policyName", "policyType", "partition", "tags"];

  it.each([
    ["RemotionUser", [...checked, "lambdaRoleName", "lambdaRolePath", "permissionsBoundaryArn"]],
    ["RemotionLambdaRole", [...checked, "permissionsBoundaryArn"]],
    ["RemotionExecutionRolePolicy", ["name", "path", "partition", "tags", "lambdaRoleName"]],
    ["RemotionBucketGrants", ["policyName", "path", "partition", "tags", "roleNames"]],
  ] as const)("%s", (construct, props) => {
    const { json } = synthesize((scope) => {
      const tokens = Object.fromEntries(
        props.map((prop) => {
          const variable = new TerraformVariable(scope, prop, { type: "any" });
          const map = prop === "tags" || prop === "roleNames";
          return [prop, map ? Token.asStringMap(variable.value) : variable.stringValue];
        }),
      );
      CONSTRUCTS[construct](scope, tokens);
    });
    const { variable: _declarations, ...rest } = json;

    for (const prop of props) {
      expect(JSON.stringify(rest)).toContain(`var.${prop}`);
    }
  });

  it("the name and the prefix of a bucket, in one list with plain ones", () => {
    const { json } = synthesize((scope) => {
      const token = new TerraformVariable(scope, "token", { type: "string" }).stringValue;
      new RemotionLambdaRole(scope, "it", {
        outputBuckets: [
          { name: token, prefix: `${token}/`, access: "write" },
          { name: "acme-videos", prefix: "", access: "write" },
        ],
      });
    });

    expect(JSON.stringify(json)).toContain("arn:aws:s3:::${var.token}/${var.token}/*");
  });
});

const CONSTRUCTS = {
  RemotionUser: (scope: TerraformStack, props: object) => new RemotionUser(scope, "it", props),
  RemotionLambdaRole: (scope: TerraformStack, props: object) =>
    new RemotionLambdaRole(scope, "it", props),
  RemotionExecutionRolePolicy: (scope: TerraformStack, props: object) =>
    new RemotionExecutionRolePolicy(scope, "it", props),
  RemotionBucketGrants: (scope: TerraformStack, props: object) =>
    new RemotionBucketGrants(scope, "it", {
      outputBuckets: OUTPUT_BUCKETS,
      roleNames: ROLE_NAMES,
      ...props,
    }),
};

function role(props: RemotionLambdaRoleProps) {
  return synthesize((scope) => {
    new RemotionLambdaRole(scope, "it", props);
  });
}

function bucketRefusals(): Refusal<{ readonly outputBuckets: readonly OutputBucket[] }>[] {
  const { BUCKET_NAME, KEY_PREFIX, KMS_KEY_ARN } = rules;
  const names = ["*", "my-bucket/*", "arn:aws:s3:::my-bucket", "My-Bucket", "a${b}"];
  const prefixes = ["videos", "*/", "/videos/", "${aws:username}/"];
  const keys = ["*", "alias/videos", "arn:aws:kms:us-east-1:123456789012:key/*"];
  const at = "outputBuckets[1]";
  const second = (bucket: OutputBucket) => ({ outputBuckets: [...OUTPUT_BUCKETS, bucket] });
  return [
    ...names.map((name) =>
      refusal(
        second({ name, prefix: "", access: "write" }),
        `${at}.name`,
        name,
        BUCKET_NAME.requirement,
      ),
    ),
    ...prefixes.map((prefix) =>
      refusal(
        second({ name: "b-b", prefix, access: "write" }),
        `${at}.prefix`,
        prefix,
        KEY_PREFIX.requirement,
      ),
    ),
    refusal(
      second({ name: "b-b", prefix: "", access: "all" as BucketAccess }),
      `${at}.access`,
      "all",
      'give "write", "put", "read" or "delete".',
    ),
    ...keys.map((kmsKeyArn) =>
      refusal(
        second({ name: "b-b", prefix: "", access: "write", kmsKeyArn }),
        `${at}.kmsKeyArn`,
        kmsKeyArn,
        KMS_KEY_ARN.requirement,
      ),
    ),
  ];
}

function refusal<Props>(props: Props, prop: string, value: unknown, requirement: string) {
  return { props, prop, value, requirement };
}
