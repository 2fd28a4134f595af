import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/terraform/read-principals.js";
import { EDITIONS } from "../../support/module-sources.js";
import { fixture } from "./support/fixture.js";
import { type PlannedResource, planOf, policyText } from "./support/plan.js";
import { type Summary, summaries } from "./support/summary.js";

/* Real plans, of Terraform 1.11 and the AWS provider 5.100: fixtures/refresh.ts makes them. */

describe.each(EDITIONS)("the examples with the %s edition", (edition) => {
  const read = (example: string) => readPrincipals(fixture(`${example}.${edition}.plan.json`));

  it("everything: the documents are those of the plan", () => {
    const planned = plannedValues(`everything.${edition}.plan.json`);
    const policy = (name: string, address: string) => ({
      name,
      address,
      document: JSON.parse(planned.get(address)?.["policy"] ?? ""),
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
          notes: [],
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
          notes: [],
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
          notes: [],
        },
        {
          kind: "user",
          name: "remotion-user",
          arn: "arn:aws:iam::*:user/remotion-user",
          address: "module.remotion.aws_iam_user.this[0]",
          policies: [policy("remotion-user-policy", "module.remotion.aws_iam_user_policy.this[0]")],
          boundary: undefined,
          trust: undefined,
          notes: [],
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
        "managed: Managed, aws_iam_policy.managed",
      ],
      notes: [
        'The policy "block-unknown" of aws_iam_role.deprecated is left out: it is known only after the apply.',
        "aws_iam_role.deprecated may attach more managed policies to it than those that it refers to: it is known only after the apply.",
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
      notes: [
        "aws_iam_user_policy_attachment.through_local attaches a managed policy to it, and which one is not told: it is known only after the apply.",
      ],
    },
    "aws_iam_user.member": {
      is: "user member, arn:aws:iam::*:user/member",
      policies: [
        "many: Managed, aws_iam_policy.many",
        "team-inline: Group, aws_iam_group_policy.team",
        "managed: Managed, aws_iam_policy.managed",
      ],
      notes: [
        'It is in the group "outside", which is not in the file: what the group may do is not seen.',
        'The policy "late" of aws_iam_user_policy.late is left out: it is known only after the apply.',
      ],
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
      policies: ["by-id-renamed: Changed, aws_iam_role_policy.by_id"],
      notes: [
        "The managed policy arn:aws:iam::aws:policy/ReadOnlyAccess is attached to it, and is not in the file: what it allows is not seen.",
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
      notes: [
        'The policy "modular-late" of aws_iam_role_policy.modular is left out: it is known only after the apply.',
        "The managed policy arn:aws:iam::123456789012:policy/shared is attached to it, and is not in the file: what it allows is not seen.",
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
  const notesIn = (resources: readonly PlannedResource[]) =>
    Object.fromEntries(
      readPrincipals(planOf(resources)).principals.map(({ address, notes }) => [address, notes]),
    );

  it("which of several policies is attached: each of them is noted", () => {
    const attachment = {
      address: "aws_iam_role_policy_attachment.x",
      values: { role: "a" },
      from: { policy_arn: ["aws_iam_policy.one.arn", "aws_iam_policy.two.arn"] },
    };

    expect(notesIn([role("a"), policy("one"), policy("two"), policy("three"), attachment])).toEqual(
      {
        "aws_iam_role.a": [
          "aws_iam_role_policy_attachment.x attaches a managed policy to it, and which one is not told: it is known only after the apply.",
        ],
        "aws_iam_policy.one": [
          "aws_iam_role_policy_attachment.x may attach it, and whether it does is not told: it is known only after the apply.",
        ],
        "aws_iam_policy.two": [
          "aws_iam_role_policy_attachment.x may attach it, and whether it does is not told: it is known only after the apply.",
        ],
        "aws_iam_policy.three": [],
      },
    );
  });

  it("which of several roles has an inline policy: each of them is noted, and the policy is nobody's", () => {
    const inline = {
      address: "aws_iam_role_policy.x",
      values: { name: "x", policy: policyText("X") },
      from: { role: ["aws_iam_role.a.id", "aws_iam_role.b.id"] },
    };
    const note =
      "aws_iam_role_policy.x may be for it, and whether it is is not told: it is known only after the apply.";

    expect(notesIn([role("a"), role("b"), role("c"), inline])).toEqual({
      "aws_iam_role.a": [note],
      "aws_iam_role.b": [note],
      "aws_iam_role.c": [],
      "aws_iam_role_policy.x": [
        "Which role it is attached to is not told: it is known only after the apply.",
      ],
    });
  });

  it("which role has an inline policy, with nothing to go by: all roles are noted", () => {
    const inline = {
      address: "aws_iam_role_policy.x",
      values: { name: "x", policy: policyText("X") },
      from: { role: ["local.role"] },
    };
    const note =
      "Which role these are for is not told, so any role may have more than is seen: aws_iam_role_policy.x.";

    expect(notesIn([role("a"), role("b"), inline])).toMatchObject({
      "aws_iam_role.a": [note],
      "aws_iam_role.b": [note],
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
        boundary: { arn: "", document: undefined },
        trust: undefined,
        notes: [
          "Its name is not told: it is known only after the apply.",
          "Who may assume it is left out: it is known only after the apply.",
          "It may have a permissions boundary, and which one is not told: it is known only after the apply.",
        ],
      },
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

    expect(principals.map(({ policies }) => policies.map(({ name }) => name))).toEqual([
      ["for_a"],
      ["for_b"],
      ["for_either"],
    ]);
    expect(principals[0]?.notes).toContain(
      "aws_iam_role_policy.for_either may be for it, and whether it is is not told: several in the file have that name.",
    );
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
      boundary: { arn, document: undefined },
      notes: expect.arrayContaining([
        `Its permissions boundary ${arn} is not in the file: what it takes away is not seen.`,
      ]),
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
