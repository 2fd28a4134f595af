import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { EDITIONS } from "../../support/module-sources.js";
import { fixture } from "./support/fixture.js";
import { type PlannedResource, planOf, policyText } from "./support/plan.js";
import { causesIn } from "./support/spell-unknown.js";
import { type Summary, summaries } from "./support/summary.js";

/* Real plans, of Terraform 1.11 and the AWS provider 5.100: fixtures/refresh.ts makes them. */

describe.each(EDITIONS)("the examples with the %s edition", (edition) => {
  const read = (example: string) => readPrincipals(fixture(`${example}.${edition}.plan.json`));

  const MADE = { unread: [], runs: [], moduleSources: ["./modules/remotion-lambda"], notes: [] };

  it("everything: the documents are those of the plan", () => {
    const planned = plannedValues(`everything.${edition}.plan.json`);
    const policy = (name: string, address: string) => ({
      name,
      address,
      document: JSON.parse(planned.get(address)?.["policy"] ?? ""),
      is: address.includes("aws_iam_policy") ? "managed" : "inline",
    });

    expect(read("everything")).toEqual({
      source: "plan",
      principals: [
        {
          kind: "role",
          name: "video-api",
          arn: "arn:aws:iam::*:role/video-api",
          address: "aws_iam_role.api",
          policies: [
            policy(
              "remotion-executionrole-policy",
              "module.remotion.aws_iam_policy.executionrole[0]",
            ),
          ],
          boundary: undefined,
          trust: trustOf("lambda.amazonaws.com"),
          ...MADE,
          moduleSources: [],
        },
        {
          kind: "role",
          name: "video-nightly",
          arn: "arn:aws:iam::*:role/video-nightly",
          address: "module.remotion.aws_iam_role.execution[0]",
          policies: [
            policy("video-nightly-logs", "module.remotion.aws_iam_role_policy.execution[0]"),
            policy(
              "remotion-executionrole-policy",
              "module.remotion.aws_iam_policy.executionrole[0]",
            ),
          ],
          boundary: undefined,
          trust: trustOf(["lambda.amazonaws.com"], ["sts:AssumeRole"]),
          ...MADE,
        },
        {
          kind: "role",
          name: "remotion-lambda-role",
          arn: "arn:aws:iam::*:role/remotion-lambda-role",
          address: "module.remotion.aws_iam_role.lambda",
          policies: [
            policy("remotion-lambda-policy", "module.remotion.aws_iam_role_policy.lambda[0]"),
          ],
          boundary: undefined,
          trust: trustOf(["lambda.amazonaws.com"], ["sts:AssumeRole"]),
          ...MADE,
        },
        {
          kind: "user",
          name: "remotion-user",
          arn: "arn:aws:iam::*:user/remotion-user",
          address: "module.remotion.aws_iam_user.this[0]",
          policies: [policy("remotion-user-policy", "module.remotion.aws_iam_user_policy.this[0]")],
          boundary: undefined,
          trust: undefined,
          ...MADE,
        },
      ],
    });
  });

  it("separate-modules: what one module makes, another attaches to", () => {
    expect(summaries(read("separate-modules"))).toEqual({
      "aws_iam_role.api": {
        is: "role video-api, arn:aws:iam::*:role/video-api",
        policies: [
          "video-remotion-executionrole-policy: HandleQuotas, module.policy.aws_iam_policy.this",
        ],
      },
      "module.role.aws_iam_role.this": {
        is: "role video-remotion-lambda-role, arn:aws:iam::*:role/video/video-remotion-lambda-role",
        policies: ["remotion-lambda-policy: 0, module.role.aws_iam_role_policy.this[0]"],
      },
      "module.user.aws_iam_user.this": {
        is: "user video-remotion-user, arn:aws:iam::*:user/video-remotion-user",
        policies: ["remotion-user-policy: HandleQuotas, module.user.aws_iam_user_policy.this[0]"],
      },
    });
  });

  it("bucket-grants: a policy for a role that is not in the plan", () => {
    expect(summaries(read("bucket-grants"))).toEqual({
      'module.grants.aws_iam_policy.this["1"]': {
        is: "policy remotion-bucket-grants, arn:aws:iam::*:policy/remotion-bucket-grants",
        policies: [
          'remotion-bucket-grants: OutputBucketObjects, module.grants.aws_iam_policy.this["1"]',
        ],
        notes: [
          'It is attached to the role "remotion-lambda-role", which is not in the file: what else that role may do is not seen.',
        ],
      },
    });
  });
});

describe("every way to a policy, in one apply", () => {
  const reading = readPrincipals(fixture("every-grant.plan.json"));
  const expected: Record<string, Summary> = {
    "aws_iam_role.by_id": {
      is: "role by-id, arn:aws:iam::*:role/video/by-id",
      policies: [
        "many: Managed, aws_iam_policy.many",
        "by-id-inline: Inline, aws_iam_role_policy.by_id",
        "managed: Managed, aws_iam_policy.managed",
      ],
      boundary: "arn:aws:iam::*:policy/limits/boundary: Boundary",
    },
    "aws_iam_role.counted[0]": {
      is: "role counted-0, arn:aws:iam::*:role/counted-0",
      policies: ["counted-0: Managed, aws_iam_policy.counted[0]"],
    },
    "aws_iam_role.counted[1]": {
      is: "role counted-1, arn:aws:iam::*:role/counted-1",
      policies: ["counted-1: Managed, aws_iam_policy.counted[1]"],
    },
    "aws_iam_role.deprecated": {
      is: "role deprecated, arn:aws:iam::*:role/deprecated",
      policies: [
        "block: Inline, aws_iam_role.deprecated",
        "block-unknown: (it is known only after the apply), aws_iam_role.deprecated",
        "managed: Managed, aws_iam_policy.managed",
      ],
      unread: [
        "a policy: aws_iam_role.deprecated may give more policies than those that it refers to: it is known only after the apply, the plan after the apply, perhaps",
      ],
    },
    'aws_iam_role.keyed["first"]': {
      is: "role keyed-first, arn:aws:iam::*:role/keyed-first",
      policies: ['keyed-first: First, aws_iam_policy.keyed["first"]'],
    },
    'aws_iam_role.keyed["second"]': {
      is: "role keyed-second, arn:aws:iam::*:role/keyed-second",
      policies: ['keyed-second: Second, aws_iam_policy.keyed["second"]'],
    },
    "aws_iam_role.modular": {
      is: "role modular, arn:aws:iam::*:role/modular",
      policies: [
        'nested: Nested, module.nested["only"].aws_iam_policy.this[0]',
        "shared: Shared, data.aws_iam_policy.shared",
        "managed: Managed, aws_iam_policy.managed",
      ],
    },
    "aws_iam_role.prefixed": {
      is: "role prefixed-*, arn:aws:iam::*:role/prefixed-*",
      policies: [
        "many: Managed, aws_iam_policy.many",
        "terraform-*: Inline, aws_iam_role_policy.prefixed",
      ],
    },
    "aws_iam_user.deployer": {
      is: "user deployer, arn:aws:iam::*:user/video/deployer",
      policies: [
        "deployer-inline: Inline, aws_iam_user_policy.deployer",
        "team-inline: Group, aws_iam_group_policy.team",
        "managed: Managed, aws_iam_policy.managed",
      ],
      boundary: "arn:aws:iam::*:policy/limits/boundary: Boundary",
      unread: [
        "a policy: which policy aws_iam_user_policy_attachment.through_local attaches is not told: it is known only after the apply, the plan after the apply",
      ],
    },
    "aws_iam_user.member": {
      is: "user member, arn:aws:iam::*:user/member",
      policies: [
        "many: Managed, aws_iam_policy.many",
        "late: (it is known only after the apply), aws_iam_user_policy.late",
        "team-inline: Group, aws_iam_group_policy.team",
        "managed: Managed, aws_iam_policy.managed",
      ],
      unread: ["outside: the group outside is not in the file, a file that has the group"],
    },
    "aws_iam_policy.for_outside": {
      is: "policy for-outside, arn:aws:iam::*:policy/for-outside",
      policies: ["for-outside: Managed, aws_iam_policy.for_outside"],
      notes: [
        'It is attached to the role "outside", which is not in the file: what else that role may do is not seen.',
      ],
    },
    "aws_iam_policy.unattached": {
      is: "policy unattached, arn:aws:iam::*:policy/unattached",
      policies: ["unattached: Managed, aws_iam_policy.unattached"],
    },
    "aws_iam_role_policy.outside": {
      is: "policy outside-inline, undefined",
      policies: ["outside-inline: Inline, aws_iam_role_policy.outside"],
      notes: [
        'It is attached to the role "outside", which is not in the file: what else that role may do is not seen.',
      ],
    },
    "aws_iam_group_policy.deserted": {
      is: "policy deserted-inline, undefined",
      policies: ["deserted-inline: Group, aws_iam_group_policy.deserted"],
      notes: [
        "It is attached to the group aws_iam_group.deserted, none of whose members is in the file.",
      ],
    },
  };

  it.each(Object.entries(expected))("%s", (address, summary) => {
    expect(summaries(reading)[address]).toEqual(summary);
  });

  it("nobody else", () => {
    expect(Object.keys(summaries(reading)).sort()).toEqual(Object.keys(expected).sort());
  });
});

describe("a plan over what is there", () => {
  const reading = readPrincipals(fixture("every-grant-changed.plan.json"));
  const expected: Record<string, Summary> = {
    // Its old policy is among what the provider read back, and its boundary was.
    "aws_iam_role.by_id": {
      is: "role by-id, arn:aws:iam::123456789012:role/video/by-id",
      policies: [
        "by-id-renamed: Changed, aws_iam_role_policy.by_id",
        "ReadOnlyAccess: ReadOnlyActionsGroup1, aws_iam_role_policy_attachment.by_id",
      ],
    },
    // What Terraform stops to mention in it stays; the text of the policy changes.
    "aws_iam_role.deprecated": {
      is: "role deprecated, arn:aws:iam::123456789012:role/deprecated",
      policies: [
        "block: Inline, aws_iam_role.deprecated",
        "block-unknown: Late, aws_iam_role.deprecated",
        "managed: Changed, aws_iam_policy.managed",
      ],
    },
    // What Terraform forgets stays, too.
    "aws_iam_role.modular": {
      is: "role modular, arn:aws:iam::123456789012:role/modular",
      policies: ["modular-late: (it is known only after the apply), aws_iam_role_policy.modular"],
      unread: [
        "shared: it is not in the file, --policy arn:aws:iam::123456789012:policy/shared=FILE",
      ],
    },
    "aws_iam_user.member": {
      is: "user member, arn:aws:iam::123456789012:user/member",
      policies: ["many: Managed, aws_iam_policy.many"],
    },
    "aws_iam_policy.new": {
      is: "policy new, arn:aws:iam::*:policy/new",
      policies: ["new: Managed, aws_iam_policy.new"],
    },
  };

  it.each(Object.entries(expected))("%s", (address, summary) => {
    expect(summaries(reading)[address]).toEqual(summary);
  });

  it("nobody else: what is deleted does not count", () => {
    expect(Object.keys(summaries(reading)).sort()).toEqual(Object.keys(expected).sort());
  });
});

describe("what a plan does not tell", () => {
  const role = (name: string): PlannedResource => ({
    address: `aws_iam_role.${name}`,
    values: { name, assume_role_policy: policyText("Trust") },
  });
  const policy = (name: string): PlannedResource => ({
    address: `aws_iam_policy.${name}`,
    values: { name, policy: policyText(name) },
  });
  const readAs = (resources: readonly PlannedResource[]) =>
    summaries(readPrincipals(planOf(resources)));

  it("which of several policies is attached: each of them may be", () => {
    const attachment = {
      address: "aws_iam_role_policy_attachment.x",
      values: { role: "a" },
      from: { policy_arn: ["aws_iam_policy.one.arn", "aws_iam_policy.two.arn"] },
    };
    const doubt =
      "whether aws_iam_role_policy_attachment.x attaches it is not told: it is known only after the apply";
    const note =
      "aws_iam_role_policy_attachment.x may attach it, and whether it does is not told: it is known only after the apply.";

    expect(
      readAs([role("a"), policy("one"), policy("two"), policy("three"), attachment]),
    ).toMatchObject({
      "aws_iam_role.a": {
        policies: [
          `one: one (${doubt}), aws_iam_policy.one`,
          `two: two (${doubt}), aws_iam_policy.two`,
        ],
      },
      "aws_iam_policy.one": { notes: [note] },
      "aws_iam_policy.two": { notes: [note] },
      "aws_iam_policy.three": { policies: ["three: three, aws_iam_policy.three"] },
    });
  });

  it("which of several policies each of as many attachments attaches: all of them are", () => {
    const attachment = (key: string) => ({
      address: `aws_iam_role_policy_attachment.x["${key}"]`,
      values: { role: "a" },
      from: { policy_arn: ["aws_iam_policy.one.arn", "aws_iam_policy.two.arn"] },
    });

    expect(
      readAs([role("a"), policy("one"), policy("two"), attachment("p"), attachment("q")]),
    ).toEqual({
      "aws_iam_role.a": {
        is: "role a, arn:aws:iam::*:role/a",
        policies: ["one: one, aws_iam_policy.one", "two: two, aws_iam_policy.two"],
      },
    });
  });

  it("which of two, where something else decides it: both attachments may be of one", () => {
    const attachment = (key: string) => ({
      address: `aws_iam_role_policy_attachment.x["${key}"]`,
      values: { role: "a" },
      from: { policy_arn: ["var.full", "aws_iam_policy.one.arn", "aws_iam_policy.two.arn"] },
    });
    const found = readPrincipals(
      planOf([role("a"), policy("one"), policy("two"), attachment("p"), attachment("q")]),
    );

    expect(found.principals[0]?.policies.map(({ document }) => causesIn(document).length)).toEqual([
      1, 1,
    ]);
  });

  it("which of several roles has an inline policy: each of them may, and the policy is nobody's", () => {
    const inline = {
      address: "aws_iam_role_policy.x",
      values: { name: "x", policy: policyText("X") },
      from: { role: ["aws_iam_role.a.id", "aws_iam_role.b.id"] },
    };
    const doubted =
      "x: X (whether aws_iam_role_policy.x is for it is not told: it is known only after the apply), aws_iam_role_policy.x";

    expect(readAs([role("a"), role("b"), role("c"), inline])).toMatchObject({
      "aws_iam_role.a": { policies: [doubted] },
      "aws_iam_role.b": { policies: [doubted] },
      "aws_iam_role.c": { is: "role c, arn:aws:iam::*:role/c" },
      "aws_iam_role_policy.x": {
        policies: ["x: X, aws_iam_role_policy.x"],
        notes: ["Which role it is attached to is not told: it is known only after the apply."],
      },
    });
  });

  const forAny = (name: string) => ({
    address: `aws_iam_role_policy.${name}`,
    values: { name, policy: policyText(name) },
    from: { role: ["local.role"] },
  });

  it("which role has an inline policy, with nothing to go by: any role may", () => {
    const doubted =
      "x: x (whether aws_iam_role_policy.x is for it is not told: it is known only after the apply), aws_iam_role_policy.x";

    expect(readAs([role("a"), role("b"), forAny("x")])).toMatchObject({
      "aws_iam_role.a": { policies: [doubted] },
      "aws_iam_role.b": { policies: [doubted] },
    });
  });

  it("which role has any of many: one sentence of all of them", () => {
    const many = Array.from({ length: 21 }, (_, index) => forAny(`x${index}`));

    expect(readAs([role("a"), ...many])["aws_iam_role.a"]).toEqual({
      is: "role a, arn:aws:iam::*:role/a",
      unread: [
        "a policy: which role aws_iam_role_policy.x0, aws_iam_role_policy.x1, aws_iam_role_policy.x2, aws_iam_role_policy.x3, aws_iam_role_policy.x4 and 16 more are for is not told: it is known only after the apply, the plan after the apply, perhaps",
      ],
    });
  });

  it("the name and the trust of a role, and its boundary", () => {
    const unknown = {
      address: "aws_iam_role.a",
      values: {},
      from: {
        name: ["random_id.a.hex"],
        assume_role_policy: ["data.aws_iam_policy_document.a.json"],
        permissions_boundary: ["local.boundary"],
      },
    };

    expect(readPrincipals(planOf([unknown])).principals).toEqual([
      {
        kind: "role",
        name: "",
        arn: undefined,
        address: "aws_iam_role.a",
        policies: [],
        unread: [],
        boundary: {
          arn: "",
          document: undefined,
          unread: {
            cause:
              "which policy is its permissions boundary is not told: it is known only after the apply",
            give: "the plan after the apply",
          },
        },
        trust: new UnknownPart("it is known only after the apply", "the plan after the apply"),
        moduleSources: [],
        runs: [],
        notes: ["Its name is not told: it is known only after the apply."],
      },
    ]);
  });

  it("the text of a dynamic block, which the configuration does not show", () => {
    const dynamic = JSON.parse(
      planOf([
        { address: "aws_iam_role.a", values: { name: "a", inline_policy: [{ name: "x" }] } },
      ]),
    );
    delete dynamic.configuration.root_module.resources[0].expressions.inline_policy;

    expect(summaries(readPrincipals(JSON.stringify(dynamic)))["aws_iam_role.a"]?.policies).toEqual([
      "x: (it is known only after the apply), aws_iam_role.a",
    ]);
  });

  it.each([
    [["var.arns"], undefined],
    [
      ["local.arns"],
      [
        "a policy: aws_iam_role.a may give more policies than those that it refers to: it is known only after the apply, the plan after the apply, perhaps",
      ],
    ],
  ])("a list of policies from %j: what is known and not told is null", (references, unread) => {
    const found = readAs([
      {
        address: "aws_iam_role.a",
        values: { name: "a" },
        from: { managed_policy_arns: references },
      },
    ]);

    expect(found["aws_iam_role.a"]?.unread).toEqual(unread);
  });

  it("which of the policies that a list refers to are in it, where something decides it", () => {
    const list = (...others: readonly string[]) =>
      readAs([
        policy("one"),
        {
          address: "aws_iam_role.a",
          values: { name: "a" },
          from: { managed_policy_arns: [...others, "aws_iam_policy.one.arn"] },
        },
      ])["aws_iam_role.a"]?.policies;

    expect(list()).toEqual(["one: one, aws_iam_policy.one"]);
    expect(list("var.full")).toEqual([
      "one: one (whether aws_iam_role.a attaches it is not told: it is known only after the apply), aws_iam_policy.one",
    ]);
  });

  it("a role that two accounts have: the reference says which, or the module", () => {
    const inline = (name: string, from: string): PlannedResource => ({
      address: `aws_iam_role_policy.${name}`,
      values: { name, role: "same", policy: policyText(name) },
      from: { role: [from] },
    });
    const twin = (name: string): PlannedResource => ({
      address: `aws_iam_role.${name}`,
      values: { name: "same" },
    });
    const { principals } = readPrincipals(
      planOf([
        twin("a"),
        twin("b"),
        inline("for_a", "aws_iam_role.a.name"),
        inline("for_b", "aws_iam_role.b.name"),
        inline("for_either", "local.name"),
      ]),
    );

    const doubt =
      "whether aws_iam_role_policy.for_either is for it is not told: several in the file have that name";

    expect(
      principals.map(({ policies }) =>
        policies.map(({ name, document }) => [name, ...causesIn(document)]),
      ),
    ).toEqual([
      [["for_a"], ["for_either", doubt]],
      [["for_b"], ["for_either", doubt]],
      [["for_either"]],
    ]);
  });
});

describe("what a plan tells in another way", () => {
  const attached = (policyArn: string, boundary?: string) =>
    readPrincipals(
      planOf([
        {
          address: "aws_iam_user.a",
          values: {
            name: "a",
            ...(boundary === undefined ? {} : { permissions_boundary: boundary }),
          },
        },
        {
          address: "aws_iam_policy.p",
          values: { name: "p", path: "/x/", policy: policyText("P") },
        },
        {
          address: "aws_iam_user_policy_attachment.x",
          values: { user: "a", policy_arn: policyArn },
        },
      ]),
    );

  it("an ARN that is written out, of a policy that is new", () => {
    const [user] = attached("arn:aws:iam::123456789012:policy/x/p").principals;

    expect(user?.policies).toMatchObject([{ address: "aws_iam_policy.p" }]);
  });

  it("no other account's policy of the same name, which is AWS's own", () => {
    const [user, policy] = attached("arn:aws:iam::aws:policy/x/p").principals;

    expect(user?.policies).toEqual([]);
    expect(policy?.address).toBe("aws_iam_policy.p");
  });

  it("an empty boundary, which is none, and one from elsewhere", () => {
    const arn = "arn:aws:iam::123456789012:policy/limit";

    expect(attached("arn:aws:iam::aws:policy/a", "").principals[0]?.boundary).toBeUndefined();
    expect(attached("arn:aws:iam::aws:policy/a", arn).principals[0]).toMatchObject({
      boundary: {
        arn,
        document: undefined,
        unread: { cause: "it is not in the file", give: `--policy ${arn}=FILE` },
      },
    });
  });

  it.each([
    ["the provider's region", "cn-north-1", {}, "arn:aws-cn:iam::*:user/a"],
    ["another region", "eu-central-1", {}, "arn:aws:iam::*:user/a"],
    ["GovCloud", "us-gov-west-1", {}, "arn:aws-us-gov:iam::*:user/a"],
    [
      "an ARN in a policy",
      undefined,
      { policy: '{"Statement":[{"Resource":"arn:aws-cn:s3:::a"}]}' },
      "arn:aws-cn:iam::*:user/a",
    ],
    ["nothing", undefined, {}, "arn:aws:iam::*:user/a"],
  ])("the partition, by %s", (_how, region, values, arn) => {
    const text = planOf([
      { address: "aws_iam_user.a", values: { name: "a" } },
      { address: "aws_iam_user_policy.a", values: { user: "a", name: "a", ...values } },
    ]);
    const plan = JSON.parse(text);
    plan.configuration.provider_config = {
      "module.x:aws": { name: "aws", expressions: { region: { constant_value: region } } },
    };

    expect(readPrincipals(JSON.stringify(plan)).principals[0]?.arn).toBe(arn);
  });
});

/** The values of the resources of a plan, by address. */
function plannedValues(name: string): Map<string, Record<string, string>> {
  const { root_module } = JSON.parse(fixture(name)).planned_values;
  const modules = [root_module, ...root_module.child_modules];
  return new Map(
    modules.flatMap(({ resources }) =>
      resources.map(({ address, values }: { address: string; values: object }) => [
        address,
        values,
      ]),
    ),
  );
}

function trustOf(service: unknown, action: unknown = "sts:AssumeRole"): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: action }],
  };
}
