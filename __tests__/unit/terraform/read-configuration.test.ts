import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../lib/module/json-value.js";
import { type Reading, readPrincipals } from "../../../lib/reading/read-principals.js";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };
import { MODULE_NAMES, moduleConfiguration } from "../../support/module-sources.js";
import { REPOSITORY } from "../../support/repository.js";
import { synthesizeDeployable } from "../support/deployable-stack.js";
import { fixture } from "./support/fixture.js";
import { policyText } from "./support/plan.js";
import { causesIn } from "./support/spell-unknown.js";
import { summaries } from "./support/summary.js";

const read = (configuration: object) => readPrincipals(JSON.stringify(configuration));

describe("the deployable stack, as it is synthesized", () => {
  let stack: JsonObject;
  let reading: Reading;
  beforeAll(() => {
    const project = mkdtempSync(join(tmpdir(), "remotion-read-configuration-"));
    try {
      stack = synthesizeDeployable("local", project);
    } finally {
      rmSync(project, { recursive: true });
    }
    reading = read(stack);
  });

  it("makes a role, a user, and a policy for callers", () => {
    expect(reading.source).toBe("configuration");
    expect(
      reading.principals.map(({ kind, arn, address, notes }) => ({ kind, arn, address, notes })),
    ).toEqual([
      {
        kind: "role",
        arn: "arn:aws:iam::*:role/remotion-lambda-role",
        address: "aws_iam_role.lambda_role",
        notes: [],
      },
      {
        kind: "user",
        arn: "arn:aws:iam::*:user/remotion-user",
        address: "aws_iam_user.user[0]",
        notes: [],
      },
      {
        kind: "policy",
        arn: "arn:aws:iam::*:policy/remotion-executionrole-policy",
        address: "aws_iam_policy.executionrole_policy[0]",
        notes: [],
      },
    ]);
  });

  it("gives them Remotion's own policies", () => {
    const { user, role } = upstream.policies.aws;

    expect(
      reading.principals.map(({ policies }) => policies.map(({ document }) => document)),
    ).toEqual([[role], [user], [user]]);
  });

  it("lets Lambda assume the role", () => {
    expect(reading.principals[0]?.trust).toMatchObject({
      Statement: [{ Principal: { Service: ["lambda.amazonaws.com"] } }],
    });
  });

  it("follows the defaults of its variables", () => {
    const variable = { ...(stack["variable"] as Record<string, JsonObject>) };
    const change = (name: string, value: JsonValue) => {
      variable[name] = { ...variable[name], default: value };
    };
    change("partition", "aws-cn");
    change("user_policy_type", "managed");
    change("role_names", { api: "remotion-lambda-role" });
    change("permissions_boundary_arn", "arn:aws-cn:iam::aws:policy/limit");
    change("path", "/video/");
    change("output_buckets", [{ name: "videos", prefix: "", access: "write", acl: true }]);
    const [role, user] = read({ ...stack, variable }).principals;

    expect(user).toMatchObject({
      policies: [
        {
          name: "remotion-user-policy",
          address: "aws_iam_policy.user[0]",
          document: {
            Statement: expect.arrayContaining([
              expect.objectContaining({
                Resource: ["arn:aws-cn:iam::*:role/video/remotion-lambda-role"],
              }),
            ]),
          },
        },
      ],
      boundary: { arn: "arn:aws-cn:iam::aws:policy/limit" },
    });
    expect(role?.policies.map(({ address }) => address)).toEqual([
      "aws_iam_role_policy.lambda_role[0]",
      "aws_iam_policy.executionrole_policy[0]",
    ]);
    expect(role?.policies[0]?.document).toMatchObject({
      Statement: expect.arrayContaining([
        {
          Sid: "OutputBucketAcl",
          Effect: "Allow",
          Action: ["s3:PutObjectAcl"],
          Resource: ["arn:aws-cn:s3:::videos/*"],
        },
      ]),
    });
  });
});

describe("the published modules in JSON, each as one file", () => {
  it.each(MODULE_NAMES)("%s: every policy that it makes is read", (name) => {
    const configuration = moduleConfiguration(name);
    const variables = configuration["variable"] as Record<string, JsonObject>;
    const given = {
      output_buckets: [{ name: "videos", prefix: "", access: "read" }],
      role_names: { api: "api" },
      trusted_services: ["lambda.amazonaws.com"],
      log_function_names: ["api"],
    };
    for (const [variable, value] of Object.entries(given)) {
      if (variables[variable] !== undefined) {
        variables[variable] = { ...variables[variable], default: value };
      }
    }
    const { principals } = read(configuration);

    const documents = principals.flatMap(({ policies, trust }) => [
      ...policies.map(({ document }) => document),
      trust,
    ]);
    expect(principals.flatMap(({ unread }) => unread)).toEqual([]);
    expect(causesIn(documents)).toEqual([]);
    expect(documents).not.toEqual([]);
  });
});

describe("the root module of a plan, in JSON", () => {
  it("says what its plan says, but for what the plan cannot tell or looks up", async () => {
    const root = join(REPOSITORY, "__tests__/unit/terraform/fixtures/roots/every-grant/main.tf");
    const configuration = await parse("main.tf", readFileSync(root, "utf8"));
    const planned = summaries(readPrincipals(fixture("every-grant.plan.json")));

    expect(summaries(read(configuration))).toEqual({
      ...planned,
      // The ARN of the role is put together here, and unknown in the plan.
      "aws_iam_role.deprecated": {
        is: planned["aws_iam_role.deprecated"]?.is,
        policies: [
          "block: Inline, aws_iam_role.deprecated",
          "block-unknown: Late, aws_iam_role.deprecated",
          "managed: Managed, aws_iam_policy.managed",
        ],
      },
      "aws_iam_user.member": {
        is: planned["aws_iam_user.member"]?.is,
        policies: [
          "many: Managed, aws_iam_policy.many",
          "late: Late, aws_iam_user_policy.late",
          "team-inline: Group, aws_iam_group_policy.team",
          "managed: Managed, aws_iam_policy.managed",
        ],
        unread: planned["aws_iam_user.member"]?.unread,
      },
      // A plan does not show locals.
      "aws_iam_user.deployer": {
        is: planned["aws_iam_user.deployer"]?.is,
        policies: [
          "deployer-inline: Inline, aws_iam_user_policy.deployer",
          "managed: Managed, aws_iam_policy.managed",
          "team-inline: Group, aws_iam_group_policy.team",
        ],
        boundary: planned["aws_iam_user.deployer"]?.boundary,
      },
      // The module is in another file, and the policy in AWS.
      "aws_iam_role.modular": {
        is: planned["aws_iam_role.modular"]?.is,
        unread: [
          "a policy: which policy aws_iam_role_policy_attachment.from_module attaches is not told: module.nested is in another file, the plan",
          "a policy: which policy aws_iam_role_policy_attachment.shared attaches is not told: it is read from AWS, the plan",
        ],
      },
    });
  });
});

describe("the forms of Terraform JSON", () => {
  const policy = { name: "a", policy: policyText("A") };

  it.each<[string, object]>([
    ["objects", { aws_iam_policy: { a: policy } }],
    ["lists of resources", [{ aws_iam_policy: { a: policy } }, { aws_iam_role: {} }]],
    ["lists of names", { aws_iam_policy: [{ a: policy }] }],
    ["lists of bodies", { aws_iam_policy: { a: [policy] } }],
    ["comments", { "//": "resources", aws_iam_policy: { "//": {}, a: { ...policy, "//": 1 } } }],
  ])("%s", (_form, resource) => {
    expect(summaries(read({ resource }))).toEqual({
      "aws_iam_policy.a": {
        is: "policy a, arn:aws:iam::*:policy/a",
        policies: ["a: A, aws_iam_policy.a"],
      },
    });
  });

  it("takes literal defaults for variables, and templates everywhere else", () => {
    const { principals } = read({
      variable: { suffix: { default: "${not.a.template}" } },
      locals: [{ text: { "${local.key}": "$${aws:username}" } }, { key: "Sid" }],
      resource: {
        aws_iam_policy: {
          a: {
            name: "a",
            policy: '{"Statement":[{"Sid":"${local.text.Sid}","Resource":"${var.suffix}"}]}',
          },
        },
      },
    });

    expect(principals[0]?.policies[0]?.document).toEqual({
      Statement: [{ Sid: "${aws:username}", Resource: "${not.a.template}" }],
    });
  });

  it.each<[string, object, object]>([
    ["no count", {}, ["a"]],
    ["a count", { count: 2 }, ["a[0]", "a[1]"]],
    ["a count that is a text", { count: "${1 + 1}" }, ["a[0]", "a[1]"]],
    ["a count of none", { count: 0 }, ["b"]],
    ["a map", { for_each: { y: 1, x: 2 } }, ['a["x"]', 'a["y"]']],
    ["a set", { for_each: '${toset(["y", "x"])}' }, ['a["x"]', 'a["y"]']],
    ["an empty set", { for_each: [] }, ["b"]],
    ["another resource", { for_each: "${aws_iam_user.each}" }, ['a["k"]']],
  ])("makes as many as %s says", (_what, meta, names) => {
    const resource = {
      aws_iam_policy: {
        a: { ...policy, ...meta },
        ...(String(names) === "b" ? { b: policy } : {}),
      },
      aws_iam_user: { each: { for_each: { k: 1 }, name: "each" } },
    };
    const policies = read({ resource }).principals.filter(({ kind }) => kind === "policy");

    expect(policies.map(({ address }) => address.replace("aws_iam_policy.", ""))).toEqual(names);
  });

  it.each<[string, object, string]>([
    ["a count", { count: "${var.count}" }, "var.count is declared in another file"],
    ["a count below none", { count: -1 }, "its count is no whole number"],
    ["a for_each", { for_each: "${module.a.keys}" }, "module.a is in another file"],
    [
      "a for_each of numbers",
      { for_each: [1] },
      "its for_each is a set of something else than texts",
    ],
    ["a for_each of a text", { for_each: "a" }, "its for_each is neither a map nor a set"],
  ])("counts one, and says so, where %s is not told", (_what, meta, reason) => {
    const { principals } = read({
      resource: {
        aws_iam_user: { a: { name: "a" } },
        aws_iam_policy: { p: { ...policy, ...meta } },
        aws_iam_user_policy_attachment: {
          x: { user: "a", policy_arn: "${aws_iam_policy.p[0].arn}" },
        },
      },
    });

    const [user] = principals;
    expect(user).toMatchObject({ address: "aws_iam_user.a", policies: [{ name: "a" }] });
    expect(causesIn(user?.policies)).toEqual([
      `whether aws_iam_policy.p is made, and how often, is not told: ${reason}`,
    ]);
  });
});

describe("what an expression can refer to", () => {
  const REFERENCES: Record<string, unknown> = {
    "var.given": "given",
    "local.given": "given",
    "local.late": "given",
    "aws_iam_role.one.name": "one",
    "aws_iam_role.one.arn": "arn:aws:iam::*:role/p/one",
    "aws_iam_role.one.id": "one",
    "aws_iam_role.one.path": "/p/",
    "aws_iam_user.two[1].arn": "arn:aws:iam::*:user/two-1",
    "aws_iam_user.two[1].path": "/",
    'join(",", aws_iam_user.two[*].name)': "two-0,two-1",
    'aws_iam_role.keyed["a"].name': "keyed-a-x",
    'join(",", [for key, role in aws_iam_role.keyed : "${key}=${role.name}"])': "a=keyed-a-x",
    "aws_iam_policy.managed.id": "arn:aws:iam::*:policy/managed",
    "aws_s3_bucket.videos.arn": "arn:aws:s3:::acme-videos",
    "aws_s3_bucket.videos.id": "acme-videos",
    "aws_s3_bucket.videos.bucket": "acme-videos",
    "data.aws_partition.current.partition": "aws",
  };

  it.each(Object.entries(REFERENCES))("%s", (expression, value) => {
    expect(resourceOf(expression)).toBe(value);
  });

  it.each([
    ["var.missing", "var.missing is declared in another file"],
    ["var.required", "var.required has no default"],
    ["local.missing", "local.missing is declared in another file"],
    ["local.circle", "local.circle is made from itself"],
    ["local.broken", "the expression cannot be read: the end in place of a value at character 7"],
    ["aws_iam_role.missing.name", "aws_iam_role.missing is not in the file"],
    ["aws_iam_role.one.unique_id", "it is known only after the apply"],
    ["aws_iam_role.prefixed.arn", "it is known only after the apply"],
    ["data.aws_caller_identity.current.account_id", "it is read from AWS"],
    ["module.other.arn", "module.other is in another file"],
    ["each.value", "each has no meaning where it stands"],
    ["path.module", "path is known to Terraform alone"],
    ["terraform.workspace", "terraform is known to Terraform alone"],
    ['file("policy.json")', "the function file() is not worked out here"],
    ["aws_iam_user.two[7].name", "the expression asks for item 7 of a list of 2"],
    ["var.given.name", 'the expression asks for the attribute "name", which is not there'],
  ])("not %s", (expression, reason) => {
    expect(causesIn(readTested(expression)?.policies)).toEqual([reason]);
  });

  function resourceOf(expression: string): unknown {
    const tested = readTested(expression);
    const document = tested?.policies[0]?.document as { Statement: { Resource: unknown }[] };
    return document?.Statement[0]?.Resource;
  }

  function readTested(expression: string) {
    const text = `\${jsonencode({ Statement = [{ Resource = ${expression} }] })}`;
    const reading = read({
      variable: { given: { default: "given", type: "string" }, required: { type: "string" } },
      locals: {
        late: "${local.given}",
        given: "${var.given}",
        circle: "${local.circle}",
        broken: "${1 + }",
      },
      data: {
        aws_partition: { current: {} },
        aws_caller_identity: { current: {} },
      },
      resource: {
        aws_s3_bucket: { videos: { bucket: "acme-videos" } },
        aws_iam_role: {
          one: { name: "one", path: "/p/" },
          prefixed: { name_prefix: "prefixed-" },
          keyed: { for_each: { a: "x" }, name: "keyed-${each.key}-${each.value}" },
        },
        aws_iam_user: { two: { count: 2, name: "two-${count.index}" } },
        aws_iam_policy: { managed: { name: "managed" }, tested: { name: "tested", policy: text } },
      },
    });
    return reading.principals.find(({ address }) => address === "aws_iam_policy.tested");
  }
});

describe("blocks", () => {
  const role = (body: object) =>
    summaries(
      read({
        variable: { names: { default: ["x", "y"] }, open: {} },
        resource: { aws_iam_role: { a: { name: "a", ...body } } },
      }),
    )["aws_iam_role.a"];

  it.each<[string, object, readonly string[] | undefined]>([
    ["one", { inline_policy: { name: "x", policy: policyText("X") } }, ["x: X, aws_iam_role.a"]],
    [
      "dynamic ones",
      {
        dynamic: {
          inline_policy: {
            for_each: "${toset(var.names)}",
            content: {
              name: "${inline_policy.value}",
              policy: '{"Statement":[{"Sid":"${upper(inline_policy.value)}"}]}',
            },
          },
        },
      },
      ["x: X, aws_iam_role.a", "y: Y, aws_iam_role.a"],
    ],
    [
      "both",
      {
        inline_policy: [{ name: "w", policy: policyText("W") }],
        dynamic: [
          {
            inline_policy: {
              for_each: { k: "v" },
              iterator: "it",
              content: { name: "${it.key}", policy: '{"Statement":[{"Sid":"${it.value}"}]}' },
            },
          },
        ],
      },
      ["w: W, aws_iam_role.a", "k: v, aws_iam_role.a"],
    ],
    ["none", { inline_policy: [], permissions_boundary: null }, undefined],
  ])("%s", (_what, body, policies) => {
    expect(role(body)).toEqual({
      is: "role a, arn:aws:iam::*:role/a",
      ...(policies === undefined ? {} : { policies }),
    });
  });

  it("of which it is not told how many there are", () => {
    expect(
      role({ dynamic: { inline_policy: { for_each: "${var.open}", content: { name: "x" } } } }),
    ).toEqual({
      is: "role a, arn:aws:iam::*:role/a",
      unread: [
        "a policy: aws_iam_role.a may give more policies than those that it refers to: var.open has no default, the plan, perhaps",
      ],
    });
  });
});

describe("names that are told in part", () => {
  it.each([
    [{ name: "a-${var.open}-b" }, "a-*-b"],
    [{ name_prefix: "a-" }, "a-*"],
    [{ name_prefix: "a-${var.open}-" }, "a-*-*"],
    [{ name: "${var.open}" }, ""],
    [{}, "terraform-*"],
  ])("%j: %s", (body, name) => {
    const { principals } = read({
      variable: { open: {} },
      resource: { aws_iam_role: { a: body } },
    });

    expect(principals[0]?.name).toBe(name);
  });
});

describe("the provider's region", () => {
  it("is what the data source says", () => {
    const { principals } = read({
      provider: { aws: { region: "eu-central-1" } },
      data: { aws_region: { here: {} } },
      resource: {
        aws_iam_policy: {
          a: { name: "${data.aws_region.here.name}", policy: '{"Statement":[]}' },
        },
      },
    });

    expect(principals[0]?.name).toBe("eu-central-1");
  });

  it.each<[string, unknown, string]>([
    ["in China", { aws: { region: "cn-north-1" } }, "aws-cn"],
    ["of a list", { aws: [{ region: "eu-central-1" }] }, "aws"],
    ["from a variable", { aws: [{ region: "${var.region}" }] }, "aws-cn"],
    [
      "of the provider without an alias",
      { aws: [{ alias: "x", region: "us-gov-west-1" }, { region: "cn-north-1" }] },
      "aws-cn",
    ],
    ["that is not told", { aws: { region: "${var.unknown}" } }, "aws"],
    ["of another provider", { google: { region: "cn-north-1" } }, "aws"],
  ])("%s says the partition", (_what, provider, partition) => {
    const { principals } = read({
      provider,
      variable: { region: { default: "cn-northwest-1" } },
      resource: { aws_iam_user: { a: { name: "a" } } },
    });

    expect(principals[0]?.arn).toBe(`arn:${partition}:iam::*:user/a`);
  });
});

describe('data "aws_iam_policy_document"', () => {
  it("is worked out", () => {
    const { principals } = readDocument({
      statement: [
        {
          sid: "Own",
          actions: ["s3:GetObject", "s3:PutObject"],
          resources: ["${aws_s3_bucket.a.arn}/home/&{aws:username}/*"],
          condition: [
            { test: "StringEquals", variable: "aws:x", values: ["1"] },
            { test: "StringEquals", variable: "aws:x", values: ["2"] },
            { test: "Bool", variable: "aws:y", values: ["true"] },
          ],
        },
        {
          effect: "Deny",
          not_actions: ["iam:*"],
          not_resources: ["*"],
          principals: { type: "AWS", identifiers: ["a", "b"] },
        },
      ],
    });

    expect(principals[0]?.policies[0]?.document).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Own",
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject"],
          Resource: ["arn:aws:s3:::a/home/${aws:username}/*"],
          Condition: { StringEquals: { "aws:x": ["1", "2"] }, Bool: { "aws:y": ["true"] } },
        },
        {
          Effect: "Deny",
          NotAction: ["iam:*"],
          NotResource: ["*"],
          Principal: { AWS: ["a", "b"] },
        },
      ],
    });
  });

  function readDocument(document: object) {
    return read({
      data: { aws_iam_policy_document: { a: document } },
      resource: {
        aws_s3_bucket: { a: { bucket: "a" } },
        aws_iam_policy: { a: { name: "a", policy: "${data.aws_iam_policy_document.a.json}" } },
      },
    });
  }
});
