import { Fn, Lazy, type TerraformStack, TerraformVariable, Token } from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionBucketGrants } from "../../../lib/constructs/remotion-bucket-grants.js";
import { RemotionExecutionRole } from "../../../lib/constructs/remotion-execution-role.js";
import { RemotionExecutionRolePolicy } from "../../../lib/constructs/remotion-executionrole-policy.js";
import { RemotionLambdaRole } from "../../../lib/constructs/remotion-lambda-role.js";
import { RemotionNarrowing } from "../../../lib/constructs/remotion-narrowing.js";
import { RemotionUser } from "../../../lib/constructs/remotion-user.js";
import * as rules from "../../../lib/iam/rules.js";
import type { ValueRule } from "../../../lib/iam/value-rule.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { stringRule } from "../../../stacks/validations.js";
import { synthesize } from "../support/synthesize.js";

/** A construct with one prop of the test's, and what else it needs. */
type Build = (scope: TerraformStack, value: string) => void;

interface TextProp {
  readonly prop: string;
  readonly rule: ValueRule;
  readonly build: Build;
  /** A text that can keep the rule, whatever the token `t` is. */
  readonly mixed: (t: string) => string;
  /** The type of the resource that is refused. */
  readonly resource: string;
  readonly nullable?: true;
}

const FUNCTION = "remotion-render-";
const ACCOUNT = "123456789012";
const GITHUB = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;

const user = (props: (value: string) => object): Build => {
  return (scope, value) => new RemotionUser(scope, "it", props(value));
};
const role = (props: (value: string) => object): Build => {
  return (scope, value) => new RemotionLambdaRole(scope, "it", props(value));
};
const policy = (props: (value: string) => object): Build => {
  return (scope, value) => new RemotionExecutionRolePolicy(scope, "it", props(value));
};
const ACME = { name: "acme-videos", prefix: "", access: "write" } as const;
const grants = (props: (value: string) => object): Build => {
  const outputBuckets = [ACME];
  const roleNames = { writer: "writer" };
  return (scope, value) =>
    new RemotionBucketGrants(scope, "it", { outputBuckets, roleNames, ...props(value) });
};
const caller = (props: (value: string) => object): Build => {
  const trustedServices = ["ec2.amazonaws.com"];
  return (scope, value) =>
    new RemotionExecutionRole(scope, "it", { trustedServices, ...props(value) });
};
const scheduled = (props: (value: string) => object): Build =>
  caller((value) => ({ trustedServices: ["scheduler.amazonaws.com"], ...props(value) }));
const narrowing = (props: (value: string) => object): Build => {
  return (scope, value) => {
    const narrowed = new RemotionNarrowing(scope, "it", props(value));
    new RemotionUser(scope, "user", { narrowing: narrowed });
  };
};
const oidc = (props: (value: string) => object): Build =>
  caller((value) => ({
    trustedOidc: [
      {
        providerArn: GITHUB,
        audiences: ["sts.amazonaws.com"],
        subjects: ["repo:acme/video:*"],
        claims: {},
        ...props(value),
      },
    ],
  }));

const USER = "aws_iam_user";
const ROLE = "aws_iam_role";
const POLICY = "aws_iam_policy";

const TEXT_PROPS: readonly TextProp[] = [
  text("lambdaRoleName", rules.ROLE_NAME, USER, user, (t) => `${t}-role`),
  text("lambdaRolePath", rules.IAM_PATH, USER, user, (t) => `/${t}/`),
  text("name", rules.USER_NAME, USER, user, (t) => `staging-${t}`),
  text("path", rules.IAM_PATH, USER, user, (t) => `/video/${t}`),
  text("policyName", rules.POLICY_NAME, USER, user, (t) => `${t}.policy`),
  {
    ...text("permissionsBoundaryArn", rules.POLICY_ARN, USER, user, policyArn),
    nullable: true,
  },
  text("name", rules.ROLE_NAME, ROLE, role, (t) => `${t}-${t}`),
  text("lambdaRoleName", rules.ROLE_NAME, POLICY, policy, (t) => `${t}-role`),
  text("name", rules.POLICY_NAME, POLICY, policy, (t) => `${t}-policy`),
  text("policyName", rules.NUMBERED_POLICY_NAME, POLICY, grants, (t) => `grants-${t}`),
  { ...text("accountId", rules.ACCOUNT_ID, USER, narrowing, (t) => `1234${t}`), nullable: true },
  item("regions", rules.REGION, USER, narrowing, (t) => `${t}-1`),
  item("bucketNames", rules.BUCKET_NAME, USER, narrowing, (t) => `acme-${t}`),
  item("functionNames", rules.FUNCTION_NAME, USER, narrowing, (t) => `${FUNCTION}${t}`),
  item("customLayerArns", rules.LAYER_VERSION_ARN, USER, user, layerArn),
  item("customLayerArns", rules.LAYER_VERSION_ARN, POLICY, policy, layerArn),
  item("logFunctionNames", rules.FUNCTION_NAME, ROLE, caller, (t) => `video_${t}`),
  item("trustedServices", rules.SERVICE_PRINCIPAL, ROLE, caller, (t) => `${t}.amazonaws.com`),
  item("trustedPrincipalArns", rules.PRINCIPAL_ARN, ROLE, caller, (t) => `arn:aws:iam::${t}:root`),
  { ...text("externalId", rules.EXTERNAL_ID, ROLE, caller, (t) => `acme-${t}`), nullable: true },
  ...[role, grants].flatMap((construct) => {
    const resource = construct === role ? ROLE : POLICY;
    return [
      bucket("name", rules.BUCKET_NAME, resource, construct, (t) => `${t}-videos`),
      bucket("prefix", rules.KEY_PREFIX, resource, construct, (t) => `${t}/finished/`),
      bucket("kmsKeyArn", rules.KMS_KEY_ARN, resource, construct, keyArn),
    ];
  }),
  {
    prop: "trustedOidc[0].providerArn",
    rule: rules.OIDC_PROVIDER_ARN,
    resource: ROLE,
    build: oidc((providerArn) => ({ providerArn })),
    mixed: (t) => `arn:aws:iam::${t}:oidc-provider/gitlab.com`,
  },
  {
    prop: "trustedOidc[0].audiences[0]",
    rule: rules.OIDC_AUDIENCE,
    resource: ROLE,
    build: oidc((audience) => ({ audiences: [audience] })),
    mixed: (t) => `https://${t}`,
  },
  {
    prop: "trustedOidc[0].owner",
    rule: rules.OIDC_OWNER,
    resource: ROLE,
    build: oidc((owner) => ({ owner })),
    mixed: (t) => `account:${t}`,
  },
  {
    prop: "trustedOidc[0].claims.repository_id[0]",
    rule: rules.OIDC_CLAIM_VALUE,
    resource: ROLE,
    build: oidc((value) => ({ claims: { repository_id: [value] } })),
    mixed: (t) => `45${t}`,
  },
];

describe.each(TEXT_PROPS.map((each) => [each.prop, each.resource, each] as const))(
  "%s of what makes an %s",
  (prop, resource, { rule, build, mixed, nullable = false }) => {
    const synthesized = (value: (t: string) => string) =>
      synthesize((stack) => {
        build(stack, value(new TerraformVariable(stack, "t", { type: "string" }).stringValue));
      });

    it.each(["*", "?", " ", "${aws:username}", "\n", '"', "$"])(
      "is refused with a token and %j beside it",
      (literal) => {
        const refused = [(t: string) => `${literal}${t}`, (t: string) => `${mixed(t)}${literal}`];
        for (const value of refused) {
          expect(() => synthesized(value)).toThrow(prop);
          expect(() => synthesized(value)).toThrow(
            `which is not ${rule.subject} whatever Terraform puts in: ${rule.requirement}`,
          );
        }
      },
    );

    it("is required of Terraform where it is a token, in the words of a module's input", () => {
      const { condition, errorMessage } = stringRule("t", rule, nullable);

      expect(preconditions(synthesized((t) => t).resource(resource))).toContainEqual({
        condition,
        error_message: expect.stringMatching(
          new RegExp(`^stack/it: ${escaped(prop)}${escaped(errorMessage.slice(1))}$`),
        ),
      });
    });

    it("is required of Terraform as a whole where a part of it is known", () => {
      const whole = mixed("${var.t}");
      const { condition } = stringRule("t", rule);

      expect(preconditions(synthesized(mixed).resource(resource))).toContainEqual({
        condition: condition.replaceAll("var.t", () => JSON.stringify(whole)),
        error_message: expect.stringContaining(`which is not ${rule.subject}: ${rule.requirement}`),
      });
    });
  },
);

describe("a list that only Terraform knows", () => {
  it.each([
    ["regions", rules.REGION, USER, narrowing],
    ["bucketNames", rules.BUCKET_NAME, USER, narrowing],
    ["functionNames", rules.FUNCTION_NAME, USER, narrowing],
    ["customLayerArns", rules.LAYER_VERSION_ARN, USER, user],
    ["logFunctionNames", rules.FUNCTION_NAME, ROLE, caller],
    ["trustedServices", rules.SERVICE_PRINCIPAL, ROLE, caller],
    ["trustedPrincipalArns", rules.PRINCIPAL_ARN, ROLE, caller],
    ["sourceArns", rules.SOURCE_ARN, ROLE, scheduled],
    ["sessionTagKeys", rules.SESSION_TAG_KEY, ROLE, caller],
  ] as const)("is required to keep the rule of %s", (prop, rule, resource, construct) => {
    for (const form of FORMS) {
      const stack = synthesize((scope) => {
        const list = new TerraformVariable(scope, "list", { type: "list(string)" });
        construct(() => ({ [prop]: form(list) }))(scope, "");
      });

      expect(preconditions(stack.resource(resource))).toContainEqual({
        condition: expect.stringContaining(
          `regex("${rule.pattern.replaceAll("\\", "\\\\")}", value))`,
        ),
        error_message: expect.stringContaining(
          `stack/it: ${prop} has invalid values: \${join(", ", [for value in `,
        ),
      });
    }
  });

  it("is refused in place of a text, and a text with something beside a token in place of a list", () => {
    expect(() =>
      synthesize((scope) => {
        const list = new TerraformVariable(scope, "list", { type: "list(string)" });
        user(() => ({ name: list.value }))(scope, "");
      }),
    ).toThrow("stack/it: name is a token of another type: give a string, or one token that");
    expect(() =>
      synthesize((scope) => {
        const list = new TerraformVariable(scope, "list", { type: "list(string)" });
        narrowing(() => ({ regions: `${list.stringValue}-1` }))(scope, "");
      }),
    ).toThrow('stack/it: regions is "${var.list}-1": give a list of strings, or one token');
  });
});

const FORMS = [
  (list: TerraformVariable) => Token.asAny(list.value),
  (list: TerraformVariable) => Token.asList(list.value),
  (list: TerraformVariable) => list.stringValue,
];

describe("what else only Terraform knows", () => {
  const withVariable = (
    type: string,
    build: (scope: TerraformStack, it: TerraformVariable) => void,
  ) => synthesize((scope) => build(scope, new TerraformVariable(scope, "it", { type })));

  it("is required to be one of the choices", () => {
    const stack = withVariable("string", (scope, it) => {
      new RemotionUser(scope, "user", { profile: it.stringValue });
    });

    expect(preconditions(stack.resource(USER))).toEqual([
      {
        condition: '${contains(["full", "render", "deploy"], var.it)}',
        error_message: 'stack/user: profile is "${var.it}": give "full", "render" or "deploy".',
      },
    ]);
  });

  it("is no choice with something beside it", () => {
    expect(() =>
      withVariable("string", (scope, it) => {
        new RemotionUser(scope, "user", { partition: `aws${it.stringValue}` });
      }),
    ).toThrow('stack/user: partition is "aws${var.it}": give "aws" or "aws-cn", or one token');
  });

  it("is required to be within the bounds of a number", () => {
    const stack = withVariable("number", (scope, it) => {
      new RemotionLambdaRole(scope, "role", { maxSessionDuration: it.numberValue });
    });

    expect(preconditions(stack.resource(ROLE))).toEqual([
      {
        condition: "${var.it >= 3600 && var.it <= 43200 && floor(var.it) == var.it}",
        error_message:
          "stack/role: maxSessionDuration is ${var.it}: give a whole number of seconds from 3600 to 43200.",
      },
    ]);
  });

  it("is no number inside a text, which may turn out to be anything", () => {
    for (const value of [
      (n: number) => `role-${n}`,
      (n: number) => `${n}`,
      // As if the number began before.
      (n: number) => `9e${n}`,
      (n: number) => `a${n}b`,
    ]) {
      expect(() =>
        withVariable("string", (scope, it) => {
          new RemotionUser(scope, "user", { lambdaRoleName: value(it.numberValue) });
        }),
      ).toThrow("lambdaRoleName has a number in it that only Terraform knows: put it in as");
    }
  });

  it("is required of what CDKTF itself finds out before Terraform does, as plain values", () => {
    const stack = synthesize((scope) => {
      const bucketNames = Lazy.listValue({ produce: () => ["acme-videos"] });
      const narrowed = new RemotionNarrowing(scope, "narrowed", { bucketNames });
      const lambdaRoleName = Lazy.stringValue({ produce: () => "video*" });
      new RemotionUser(scope, "user", { narrowing: narrowed, lambdaRoleName });
    });

    expect(preconditions(stack.resource(USER))).toEqual([
      expect.objectContaining({
        condition: expect.stringContaining('for value in ["acme-videos"] : can(regex('),
      }),
      expect.objectContaining({
        condition: expect.stringContaining('for value in ["acme-videos"] : !can(regex('),
      }),
      {
        condition: '${can(regex("^[A-Za-z0-9_+=,.@-]+$", "video*")) && length("video*") <= 64}',
        error_message: expect.stringContaining(
          'stack/user: lambdaRoleName is "${"video*"}", which',
        ),
      },
    ]);
  });

  it("is required of what a function of Terraform makes of it", () => {
    const stack = withVariable("string", (scope, it) => {
      const name = Fn.join("-", ["video", it.stringValue]);
      new RemotionUser(scope, "user", { lambdaRoleName: name, name: `a-${name}` });
    });

    expect(preconditions(stack.resource(USER)).map(({ condition }) => condition)).toEqual([
      '${can(regex("^[A-Za-z0-9_+=,.@-]+$", "a-${join("-", ["video", var.it])}")) && length("a-${join("-", ["video", var.it])}") <= 64}',
      '${can(regex("^[A-Za-z0-9_+=,.@-]+$", join("-", ["video", var.it]))) && length(join("-", ["video", var.it])) <= 64}',
    ]);
  });

  it("is required of tags, of which there are 50 at most", () => {
    const stack = withVariable("map(string)", (scope, it) => {
      new RemotionUser(scope, "user", { tags: Token.asStringMap(it.value) });
    });

    expect(preconditions(stack.resource(USER)).map(({ condition }) => condition)).toEqual([
      "${length(var.it) <= 50}",
      expect.stringContaining("for key in keys(var.it) : can("),
      expect.stringContaining("for key in keys(var.it) : !can("),
      expect.stringContaining("for value in var.it : can("),
    ]);
  });

  it("is required of every part of output buckets", () => {
    const stack = withVariable("any", (scope, it) => {
      new RemotionLambdaRole(scope, "role", { outputBuckets: Token.asAny(it.value) });
    });
    const messages = preconditions(stack.resource(ROLE)).map(({ error_message }) => error_message);

    expect(messages).toEqual([
      ...["names", "names", "prefixes", "prefixes", "values of access"].map((what) =>
        expect.stringContaining(`stack/role: outputBuckets has invalid ${what}: `),
      ),
      expect.stringContaining("stack/role: outputBuckets has acl beside an access"),
      expect.stringContaining("stack/role: outputBuckets has invalid keys: "),
      expect.stringContaining('These are not in the partition "aws": '),
    ]);
  });

  it.each(["access", "acl"])(
    "is refused as the %s of a bucket, which decides on statements",
    (prop) => {
      expect(() =>
        withVariable("any", (scope, it) => {
          const bucket = { ...ACME, [prop]: it.stringValue };
          new RemotionLambdaRole(scope, "role", { outputBuckets: [bucket] });
        }),
      ).toThrow(
        `stack/role: outputBuckets[0].${prop} is a token, and is needed before Terraform runs: give `,
      );
    },
  );

  it("is checked where it goes in the roles of a map", () => {
    const stack = withVariable("string", (scope, it) => {
      new RemotionBucketGrants(scope, "grants", {
        outputBuckets: [ACME],
        roleNames: { api: it.stringValue, worker: `${it.stringValue}-worker` },
      });
    });

    expect(preconditions(stack.resource("aws_iam_role_policy_attachment"))).toEqual([
      {
        condition: expect.stringContaining(", each.value.role))}"),
        error_message: expect.stringContaining(
          'stack/grants: roleNames.${each.key} is "${each.value.role}", which is not a role\'s name',
        ),
      },
      {
        condition:
          '${!startswith(each.value.role, "arn:") || startswith(each.value.role, "arn:aws:")}',
        error_message: expect.stringContaining(
          '${each.value.role} is not in the partition "aws". Give ',
        ),
      },
    ]);
    expect(preconditions(stack.resource(POLICY)).map(({ error_message }) => error_message)).toEqual(
      [expect.stringContaining("managed policies, and a role may have")],
    );
  });

  it("keeps a managed policy as it is where its principal is refused", () => {
    const stack = withVariable("string", (scope, it) => {
      new RemotionUser(scope, "user", { policyType: "managed", lambdaRoleName: it.stringValue });
    });
    const [name] = Object.keys((stack.json["resource"] as JsonObject)[USER] as JsonObject);

    expect(stack.resource(POLICY)["depends_on"]).toEqual([`${USER}.${name}`]);
  });

  it("is checked again for a policy that takes over a user's statements", () => {
    const stack = withVariable("string", (scope, it) => {
      const narrowed = new RemotionNarrowing(scope, "narrowed", { accountId: it.stringValue });
      const narrowedUser = new RemotionUser(scope, "user", { narrowing: narrowed });
      new RemotionExecutionRolePolicy(scope, "policy", { sameStatementsAs: narrowedUser });
    });

    expect(preconditions(stack.resource(POLICY))).toContainEqual(
      expect.objectContaining({
        error_message: expect.stringContaining("stack/narrowed: accountId is "),
      }),
    );
  });
});

function text(
  prop: string,
  rule: ValueRule,
  resource: string,
  construct: typeof user,
  mixed: TextProp["mixed"],
): TextProp {
  return { prop, rule, resource, mixed, build: construct((value) => ({ [prop]: value })) };
}

function item(
  prop: string,
  rule: ValueRule,
  resource: string,
  construct: typeof user,
  mixed: TextProp["mixed"],
): TextProp {
  const build = construct((value) => ({ [prop]: [value] }));
  return { prop: `${prop}[0]`, rule, resource, mixed, build };
}

function bucket(
  prop: string,
  rule: ValueRule,
  resource: string,
  construct: typeof user,
  mixed: TextProp["mixed"],
): TextProp {
  const build = construct((value) => ({
    outputBuckets: [{ ...ACME, [prop]: value }],
  }));
  return { prop: `outputBuckets[0].${prop}`, rule, resource, mixed, build };
}

function policyArn(t: string): string {
  return `arn:aws:iam::${t}:policy/boundary`;
}

function layerArn(t: string): string {
  return `arn:aws:lambda:${t}:${ACCOUNT}:layer:fonts:3`;
}

function keyArn(t: string): string {
  return `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${t}`;
}

function preconditions(resource: JsonObject): JsonObject[] {
  const { lifecycle } = resource as { lifecycle?: { precondition?: JsonObject[] } };
  return (lifecycle?.precondition ?? []).filter(
    ({ error_message }) => !/characters, and AWS allows|Nobody could/.test(String(error_message)),
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
