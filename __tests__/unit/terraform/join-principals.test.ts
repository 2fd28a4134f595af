import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { planOf, policyText } from "./support/plan.js";
import { type Summary, summaries } from "./support/summary.js";

/* What the plans and states of every-grant do not have. */

type Resources = Parameters<typeof planOf>[0];

const user = { address: "aws_iam_user.a", values: { name: "a" } };
const role = { address: "aws_iam_role.r", values: { name: "r", assume_role_policy: "{}" } };
const group = { address: "aws_iam_group.g", values: { name: "g" } };
const policy = { address: "aws_iam_policy.p", values: { name: "p", policy: policyText("P") } };
const own = "arn:aws:iam::123456789012:policy/p";

/** Why it is open which inline policy stays. */
const overwritten = (one: string, other: string) =>
  `aws_iam_role_policy.${one} and aws_iam_role_policy.${other} both write the inline policy "i", and which of them comes last is not told`;

const cases: Record<string, { resources: Resources; expected: Record<string, Summary> }> = {
  "a list names one in the file and one outside": {
    resources: [
      user,
      policy,
      {
        address: "aws_iam_policy_attachment.x",
        values: { users: ["a", "outsider"], roles: null, policy_arn: own },
      },
    ],
    expected: {
      "aws_iam_user.a": {
        is: "user a, arn:aws:iam::*:user/a",
        policies: ["p: P, aws_iam_policy.p"],
      },
    },
  },
  "two attachments of one policy count once": {
    resources: [
      role,
      policy,
      {
        address: "aws_iam_role_policy_attachment.x",
        values: { role: "r", policy_arn: own },
      },
      {
        address: "aws_iam_role_policy_attachments_exclusive.x",
        values: { role_name: "r", policy_arns: [own] },
      },
    ],
    expected: {
      "aws_iam_role.r": {
        is: "role r, arn:aws:iam::*:role/r",
        policies: ["p: P, aws_iam_policy.p"],
      },
    },
  },
  "two resources write one inline policy: which of them comes last is not told": {
    resources: [
      role,
      ...["A", "B", "C"].map((sid) => ({
        address: `aws_iam_role_policy.${sid}`,
        values: { name: "i", role: "r", policy: policyText(sid) },
      })),
    ],
    expected: {
      "aws_iam_role.r": {
        is: "role r, arn:aws:iam::*:role/r",
        policies: [
          `i: A (${overwritten("A", "B")}), aws_iam_role_policy.A`,
          `i: B (${overwritten("A", "B")}), aws_iam_role_policy.B`,
          `i: C (${overwritten("A", "B")}), aws_iam_role_policy.C`,
        ],
      },
    },
  },
  "two resources write the same inline policy: one comes last, whichever it is": {
    resources: [
      role,
      ...["A", "B"].map((name) => ({
        address: `aws_iam_role_policy.${name}`,
        values: { name: "i", role: "r", policy: policyText("Same") },
      })),
    ],
    expected: {
      "aws_iam_role.r": {
        is: "role r, arn:aws:iam::*:role/r",
        policies: ["i: Same, aws_iam_role_policy.A"],
      },
    },
  },
  "one name is one inline policy: the resource counts before the block": {
    resources: [
      {
        ...role,
        values: { ...role.values, inline_policy: [{ name: "i", policy: policyText("Block") }] },
      },
      {
        address: "aws_iam_role_policy.i",
        values: { role: "r", name: "i", policy: policyText("Resource") },
      },
    ],
    expected: {
      "aws_iam_role.r": {
        is: "role r, arn:aws:iam::*:role/r",
        policies: ["i: Resource, aws_iam_role_policy.i"],
      },
    },
  },
  "even where the text of the resource is not known": {
    resources: [
      {
        ...role,
        values: { ...role.values, inline_policy: [{ name: "i", policy: policyText("Block") }] },
      },
      {
        address: "aws_iam_role_policy.i",
        values: { role: "r", name: "i" },
        from: { policy: ["local.text"] },
      },
    ],
    expected: {
      "aws_iam_role.r": {
        is: "role r, arn:aws:iam::*:role/r",
        policies: ["i: (it is known only after the apply), aws_iam_role_policy.i"],
      },
    },
  },
  "an empty block of inline policies is none": {
    resources: [
      { ...role, values: { ...role.values, inline_policy: [{ name: null, policy: "" }] } },
    ],
    expected: { "aws_iam_role.r": { is: "role r, arn:aws:iam::*:role/r" } },
  },
  "a policy of a group without users is nobody's": {
    resources: [
      user,
      group,
      policy,
      {
        address: "aws_iam_group_policy_attachment.x",
        values: { group: "g", policy_arn: own },
      },
    ],
    expected: {
      "aws_iam_user.a": { is: "user a, arn:aws:iam::*:user/a" },
      "aws_iam_policy.p": {
        is: "policy p, arn:aws:iam::*:policy/p",
        policies: ["p: P, aws_iam_policy.p"],
        notes: [
          "It is attached to the group aws_iam_group.g, none of whose members is in the file.",
        ],
      },
    },
  },
  "and so it is where its text is not known": {
    resources: [
      group,
      { address: "aws_iam_policy.p", values: { name: "p" }, from: { policy: ["local.text"] } },
      {
        address: "aws_iam_group_policy_attachment.x",
        values: { group: "g", policy_arn: own },
      },
    ],
    expected: {
      "aws_iam_policy.p": {
        is: "policy p, arn:aws:iam::*:policy/p",
        policies: ["p: (it is known only after the apply), aws_iam_policy.p"],
        notes: [
          "It is attached to the group aws_iam_group.g, none of whose members is in the file.",
        ],
      },
    },
  },
  "what a group lacks, its users are told": {
    resources: [
      user,
      group,
      {
        address: "aws_iam_group_policy_attachment.x",
        values: { group: "g", policy_arn: "arn:aws:iam::aws:policy/job-function/Billing" },
      },
      { address: "aws_iam_group_membership.x", values: { group: "g", users: ["a"] } },
    ],
    expected: {
      "aws_iam_user.a": {
        is: "user a, arn:aws:iam::*:user/a",
        unread: [
          "Billing: it is not in the file, --policy arn:aws:iam::aws:policy/job-function/Billing=FILE",
        ],
      },
    },
  },
  "groups that are not told": {
    resources: [
      user,
      {
        address: "aws_iam_user_group_membership.x",
        values: { user: "a" },
        from: { groups: ["local.groups"] },
      },
    ],
    expected: {
      "aws_iam_user.a": {
        is: "user a, arn:aws:iam::*:user/a",
        unread: [
          "a policy: which groups aws_iam_user_group_membership.x puts it into is not told: it is known only after the apply, the plan after the apply, perhaps",
        ],
      },
    },
  },
  "users of a group that are not told": {
    resources: [
      user,
      group,
      {
        address: "aws_iam_group_membership.x",
        values: { group: "g" },
        from: { users: ["local.users"] },
      },
    ],
    expected: {
      "aws_iam_user.a": {
        is: "user a, arn:aws:iam::*:user/a",
        unread: [
          "a policy: whether aws_iam_group_membership.x puts it into a group is not told: it is known only after the apply, the plan after the apply, perhaps",
        ],
      },
    },
  },
  "a boundary whose text is not known, and which is no grant": {
    resources: [
      { ...user, from: { permissions_boundary: ["aws_iam_policy.p.arn"] } },
      { address: "aws_iam_policy.p", values: { name: "p" }, from: { policy: ["local.text"] } },
    ],
    expected: {
      "aws_iam_user.a": {
        is: "user a, arn:aws:iam::*:user/a",
        boundary: "arn:aws:iam::*:policy/p: (it is known only after the apply)",
      },
    },
  },
  "a name that would fool a terminal": {
    resources: [
      policy,
      {
        address: "aws_iam_role_policy_attachment.x",
        values: { role: "\u001b[2J", policy_arn: own },
      },
    ],
    expected: {
      "aws_iam_policy.p": {
        is: "policy p, arn:aws:iam::*:policy/p",
        policies: ["p: P, aws_iam_policy.p"],
        notes: [
          'It is attached to the role "\\u001b[2J", which is not in the file: what else that role may do is not seen.',
        ],
      },
    },
  },
};

describe("who has which policy", () => {
  it.each(Object.entries(cases))("%s", (_what, { resources, expected }) => {
    const found = summaries(readPrincipals(planOf(resources)));

    // Of a policy that is attached to somebody in the file, nothing more is said.
    expect(found).toEqual(expected);
  });
});

describe("a policy that is looked up", () => {
  const arn = "arn:aws:iam::123456789012:policy/x/shared";
  const lookedUp = (text: string) => ({
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              address: "data.aws_iam_policy.shared",
              mode: "data",
              type: "aws_iam_policy",
              name: "shared",
              values: { arn, policy: text },
            },
          ],
        },
      },
    },
  });
  const read = (text: string) => {
    const limited = { address: "aws_iam_user.a", values: { name: "a", permissions_boundary: arn } };
    const attachment = {
      address: "aws_iam_user_policy_attachment.x",
      values: { user: "a", policy_arn: arn },
    };
    return summaries(readPrincipals(planOf([limited, attachment], lookedUp(text))));
  };

  it("is a policy, and a boundary", () => {
    expect(read(policyText("Shared"))).toEqual({
      "aws_iam_user.a": {
        is: "user a, arn:aws:iam::*:user/a",
        policies: ["shared: Shared, data.aws_iam_policy.shared"],
        boundary: `${arn}: Shared`,
      },
    });
  });

  it("is the text where that is no document", () => {
    expect(read("{")).toEqual({
      "aws_iam_user.a": {
        is: "user a, arn:aws:iam::*:user/a",
        policies: ["shared: malformed, data.aws_iam_policy.shared"],
        boundary: `${arn}: malformed`,
      },
    });
  });
});
