import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { type PlannedResource, planOf, policyText } from "./support/plan.js";
import { summaries } from "./support/summary.js";

/* What an apply takes by a resource that is deleted, replaced or updated, from those who have it by another one, too. */

interface Change {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly deposed?: string;
}

const ARN = "arn:aws:iam::123456789012:policy/m";
const SET = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";

const role: PlannedResource = { address: "aws_iam_role.r", values: { name: "r" } };
const user: PlannedResource = { address: "aws_iam_user.u", values: { name: "u" } };
const group: PlannedResource = { address: "aws_iam_group.g", values: { name: "g" } };
const groupPolicy: PlannedResource = {
  address: "aws_iam_group_policy.p",
  values: { name: "p", group: "g", policy: policyText("P") },
};
const managed: PlannedResource = {
  address: "aws_iam_policy.m",
  values: { name: "m", path: "/", arn: ARN, policy: policyText("M") },
};
const set: PlannedResource = {
  address: "aws_ssoadmin_permission_set.s",
  values: { name: "s", arn: SET },
};

const inline = { role: "r", name: "p", policy: policyText("P") };
const attached = { role: "r", policy_arn: ARN };
const byName = {
  permission_set_arn: SET,
  customer_managed_policy_reference: [{ name: "m", path: "/" }],
};

/** A plan of what stays or is made, and of what is done to it and to what is not in it. */
function planWith(resources: readonly PlannedResource[], changes: readonly Change[]): string {
  const changed = new Set(changes.map(({ address, deposed }) => (deposed ? "" : address)));
  const noOps = resources
    .filter(({ address }) => !changed.has(address))
    .map(({ address, values }) => ({
      address,
      actions: ["no-op"],
      before: values,
      after: values,
    }));
  const resourceChanges = [...noOps, ...changes].map(
    ({ address, actions, before, after, ...rest }) => ({
      address,
      mode: "managed",
      type: address.split(".")[0],
      ...rest,
      change: { actions, before, after },
    }),
  );
  return planOf(resources, { resource_changes: resourceChanges });
}

const policiesIn = (text: string, address = "aws_iam_role.r") =>
  summaries(readPrincipals(text))[address]?.policies ?? [];

const NO_ORDER = (taker: string, giver: string, what = 'the policy "p"') =>
  `whether ${what} is left is not told: the apply takes it by ${taker} and gives it by ${giver}, in no fixed order`;

const P = "p: P, aws_iam_role_policy.p";
const M = "m: M, aws_iam_policy.m";

interface Case {
  readonly given: readonly PlannedResource[];
  readonly changes: readonly Change[];
  readonly left: readonly string[];
  readonly of?: string;
}

const p = { address: "aws_iam_role_policy.p", values: inline };
const a = { address: "aws_iam_role_policy_attachment.a", values: attached };
const gone = (address: string, before: object, more: object = {}): Change => ({
  address,
  actions: ["delete"],
  before,
  after: null,
  ...more,
});
const made = (address: string, after: object): Change => ({
  address,
  actions: ["create"],
  before: null,
  after,
});
const replaced = (address: string, values: object, order: readonly string[]): Change => ({
  address,
  actions: order,
  before: values,
  after: values,
});
const LAST = ["create", "delete"];
const FIRST = ["delete", "create"];

const taken: Record<string, Case> = {
  "an attachment of the same": {
    given: [role, managed, a],
    changes: [gone("aws_iam_role_policy_attachment.b", attached)],
    left: [],
  },
  "an attachment of the same to several": {
    given: [role, managed, a],
    changes: [gone("aws_iam_policy_attachment.b", { roles: ["r"], policy_arn: ARN })],
    left: [],
  },
  "an inline policy of the same name": {
    given: [role, p],
    changes: [gone("aws_iam_role_policy.q", inline)],
    left: [],
  },
  "one that is replaced, the old one last": {
    given: [role, p],
    changes: [replaced(p.address, inline, LAST)],
    left: [],
  },
  "an attachment that is replaced, the old one last": {
    given: [role, managed, a],
    changes: [replaced(a.address, attached, LAST)],
    left: [],
  },
  "the twin of one that is replaced, the old one last": {
    given: [role, managed, a, { ...a, address: "aws_iam_role_policy_attachment.b" }],
    changes: [replaced("aws_iam_role_policy_attachment.b", attached, LAST)],
    left: [],
  },
  "what a broken replacement left behind": {
    given: [role, p],
    changes: [gone(p.address, inline, { deposed: "5b1a2c3d" })],
    left: [],
  },
  "a policy of a permission set, by its name": {
    given: [
      set,
      managed,
      { address: "aws_ssoadmin_customer_managed_policy_attachment.a", values: byName },
    ],
    changes: [gone("aws_ssoadmin_customer_managed_policy_attachment.b", byName)],
    left: [],
    of: set.address,
  },
  "a user's place in a group": {
    given: [
      user,
      group,
      groupPolicy,
      { address: "aws_iam_user_group_membership.a", values: { user: "u", groups: ["g"] } },
    ],
    changes: [gone("aws_iam_group_membership.b", { group: "g", users: ["u"] })],
    left: [],
    of: user.address,
  },
};

const open: Record<string, Case> = {
  "an inline policy of that name is deleted, and another one made": {
    given: [role, p],
    changes: [made(p.address, inline), gone("aws_iam_role_policy.q", inline)],
    left: [
      `p: P (${NO_ORDER("aws_iam_role_policy.q", "aws_iam_role_policy.p")}), aws_iam_role_policy.p`,
    ],
  },
  "one is deleted, and its twin written anew": {
    given: [role, p],
    changes: [
      { address: p.address, actions: ["update"], before: inline, after: inline },
      gone("aws_iam_role_policy.q", inline),
    ],
    left: [
      `p: P (${NO_ORDER("aws_iam_role_policy.q", "aws_iam_role_policy.p")}), aws_iam_role_policy.p`,
    ],
  },
  "a list lets go of a role, and an attachment of its own is made": {
    given: [
      role,
      managed,
      a,
      { address: "aws_iam_policy_attachment.b", values: { roles: [], policy_arn: ARN } },
    ],
    changes: [
      made(a.address, attached),
      {
        address: "aws_iam_policy_attachment.b",
        actions: ["update"],
        before: { roles: ["r"], policy_arn: ARN },
      },
    ],
    left: [
      `m: M (${NO_ORDER("aws_iam_policy_attachment.b", a.address, 'the policy "m"')}), aws_iam_policy.m`,
    ],
  },
};

const left: Record<string, Case> = {
  "nothing is changed": { given: [role, managed, p, a], changes: [], left: [P, M] },
  "one is replaced, the old one first": {
    given: [role, managed, p, a],
    changes: [replaced(p.address, inline, FIRST), replaced(a.address, attached, FIRST)],
    left: [P, M],
  },
  "its twin is replaced, the old one first": {
    given: [role, managed, a, { ...a, address: "aws_iam_role_policy_attachment.b" }],
    changes: [replaced("aws_iam_role_policy_attachment.b", attached, FIRST)],
    left: [M],
  },
  "one is replaced by one of another name, the old one last": {
    given: [role, p],
    changes: [
      {
        address: p.address,
        actions: LAST,
        before: { ...inline, name: "old" },
        after: inline,
      },
    ],
    left: [P],
  },
  "another policy, and that of another role, are deleted": {
    given: [role, managed, p, a],
    changes: [
      gone("aws_iam_role_policy.q", { ...inline, name: "q" }),
      gone("aws_iam_role_policy.s", { ...inline, role: "s" }),
      gone("aws_iam_role_policy_attachment.s", { ...attached, role: "s" }),
    ],
    left: [P, M],
  },
  "a resource is moved": {
    given: [role, p],
    changes: [
      {
        address: p.address,
        actions: ["no-op"],
        before: inline,
        after: inline,
        ...{ previous_address: "aws_iam_role_policy.q" },
      },
    ],
    left: [P],
  },
  "an exclusive list is deleted, which leaves all as it is": {
    given: [role, managed, a],
    changes: [
      gone("aws_iam_role_policy_attachments_exclusive.x", {
        role_name: "r",
        policy_arns: [ARN],
      }),
    ],
    left: [M],
  },
  "a role and all that it has change their addresses": {
    given: [role, managed, p, a],
    changes: [
      ...[role, p, a].map(({ address, values = {} }) => made(address, values)),
      gone("aws_iam_role.old", { name: "r" }),
      gone("aws_iam_role_policy.old", inline),
      gone("aws_iam_role_policy_attachment.old", attached),
    ],
    left: [P, M],
  },
  "a role lets go of its list, before the attachment that refers to it": {
    given: [
      { address: role.address, values: { name: "r", managed_policy_arns: [], inline_policy: [] } },
      managed,
      { ...a, from: { role: ["aws_iam_role.r.name", "aws_iam_role.r"] } },
    ],
    changes: [
      {
        address: role.address,
        actions: ["update"],
        before: { name: "r", managed_policy_arns: [ARN], inline_policy: [] },
      },
      made(a.address, attached),
    ],
    left: [M],
  },
};

describe("an apply takes", () => {
  it.each(Object.entries(taken))("%s", (_what, { given, changes, left: expected, of }) => {
    const { policies, notes = [] } =
      summaries(readPrincipals(planWith(given, changes)))[of ?? role.address] ?? {};

    expect(policies ?? []).toEqual(expected);
    expect(notes.join()).toMatch(/^The apply takes .* from it, although .* gives it: it deletes /);
  });
});

describe("it is open what an apply leaves where", () => {
  it.each(Object.entries(open))("%s", (_what, { given, changes, left: expected }) => {
    expect(policiesIn(planWith(given, changes))).toEqual(expected);
  });
});

describe("an apply takes nothing where", () => {
  it.each(Object.entries(left))("%s", (_what, { given, changes, left: expected }) => {
    const text = planWith(given, changes);

    expect(policiesIn(text)).toEqual(expected);
    expect(summaries(readPrincipals(text))[role.address]?.notes).toBeUndefined();
  });
});

it("an apply that deletes another boundary leaves it open which there is", () => {
  const boundary = {
    permission_set_arn: SET,
    permissions_boundary: [{ managed_policy_arn: ARN }],
  };
  const address = "aws_ssoadmin_permissions_boundary_attachment.a";
  const { boundary: found } =
    summaries(
      readPrincipals(
        planWith(
          [set, managed, { address, values: boundary }],
          [made(address, boundary), gone(`${address}b`, boundary)],
        ),
      ),
    )[set.address] ?? {};

  expect(found).toBe(": not told");
});

it("tells what somebody had, so that one who loses all is not taken for a bystander", () => {
  const { principals } = readPrincipals(
    planWith([role, p], [gone("aws_iam_role_policy.q", inline)]),
  );

  expect(principals[0]?.lost?.map(({ name }) => name)).toEqual(["p"]);
});

describe("what is put off to a later apply", () => {
  const deferred = (address: string, after: object, more: object = {}) => ({
    reason: "resource_config_unknown",
    resource_change: {
      address,
      mode: "managed",
      type: address.split(".").at(-2),
      name: address.split(".").at(-1),
      change: { actions: ["create"], before: null, after, after_unknown: {} },
      ...more,
    },
  });
  const found = (...deferred_changes: object[]) =>
    summaries(readPrincipals(planOf([role, set, managed, p], { deferred_changes })));
  const putOff = (address: string) =>
    `whether ${address} is made, and how often, is not told: it is put off to a later apply`;

  it("is open: an inline policy", () => {
    const address = "aws_iam_role_policy.d";
    const { policies } =
      found(deferred(address, { ...inline, name: "d", policy: policyText("D") }))[role.address] ??
      {};

    expect(policies).toEqual([P, `d: D (${putOff(address)}), ${address}`]);
  });

  it("is open: an attachment, of which nothing is known", () => {
    const { policies, unread } =
      found(deferred("aws_iam_role_policy_attachment.d", {}))[role.address] ?? {};

    expect(policies).toEqual([P]);
    expect(unread).toHaveLength(1);
  });

  it("is open: a boundary", () => {
    const values = { permission_set_arn: SET };
    const address = "aws_ssoadmin_permissions_boundary_attachment.d";

    expect(found(deferred(address, values))[set.address]?.boundary).toBe(": not told");
  });

  it("is open: what a role has that is itself put off, in a module", () => {
    const address = "module.m.aws_iam_role.d";
    const { unread } =
      found(deferred(address, { name: "d" }, { module_address: "module.m" }))[address] ?? {};

    expect(unread).toEqual([
      `a policy: what is done to ${address} is put off to a later apply, the plan after the apply, perhaps`,
    ]);
  });

  it("is no matter where it is no resource of IAM, or only read", () => {
    const others = [
      deferred("aws_s3_bucket.d", {}),
      deferred("aws_iam_role_policy.d", inline, { mode: "data" }),
    ];

    expect(found(...others)).toEqual(found());
  });
});
