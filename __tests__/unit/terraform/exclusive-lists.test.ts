import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { configurationOf, stateOf } from "./support/configuration.js";
import { fixture } from "./support/fixture.js";
import { type PlannedResource, planOf, policyText } from "./support/plan.js";
import { type Summary, summaries } from "./support/summary.js";

const BILLING = "arn:aws:iam::aws:policy/job-function/Billing";

const managed = (name: string): PlannedResource => ({
  address: `aws_iam_policy.${name}`,
  values: {
    name,
    arn: `arn:aws:iam::123456789012:policy/${name}`,
    policy: policyText(name),
  },
});

/** A user, a role or a group with two policies of its own and two attached ones. */
function holderWith(kind: "user" | "role" | "group"): readonly PlannedResource[] {
  const inline = (name: string): PlannedResource => ({
    address: `aws_iam_${kind}_policy.${name}`,
    values: { name, [kind]: "somebody", policy: policyText(name) },
  });
  const attached = (name: string): PlannedResource => ({
    address: `aws_iam_${kind}_policy_attachment.${name}`,
    values: { [kind]: "somebody", policy_arn: `arn:aws:iam::123456789012:policy/${name}` },
  });
  return [
    { address: `aws_iam_${kind}.somebody`, values: { name: "somebody" } },
    managed("one"),
    managed("two"),
    inline("first"),
    inline("second"),
    attached("one"),
    attached("two"),
    ...(kind === "group"
      ? [
          { address: "aws_iam_user.member", values: { name: "member" } },
          {
            address: "aws_iam_group_membership.all",
            values: { name: "all", group: "somebody", users: ["member"] },
          },
        ]
      : []),
  ];
}

const KINDS = ["user", "role", "group"] as const;

const FORMS: Readonly<Record<string, (resources: readonly PlannedResource[]) => string>> = {
  plan: planOf,
  "plan in another order": (resources) => planOf([...resources].reverse()),
  configuration: configurationOf,
  state: stateOf,
};

describe.each(Object.entries(FORMS))("in a %s", (_form, written) => {
  const policiesOf = (kind: (typeof KINDS)[number], ...lists: readonly PlannedResource[]) => {
    const { principals } = readPrincipals(written([...holderWith(kind), ...lists]));
    const person = principals.find(({ name }) =>
      kind === "group" ? name === "member" : name === "somebody",
    );
    return {
      policies: person?.policies.map(({ name }) => name).sort(),
      unread: person?.unread.map(({ name }) => name).sort(),
    };
  };

  it.each(KINDS)("the inline policies of a %s that a list does not name are deleted", (kind) => {
    const list = (names: readonly string[]): PlannedResource => ({
      address: `aws_iam_${kind}_policies_exclusive.list`,
      values: { [`${kind}_name`]: "somebody", policy_names: names },
    });

    expect(policiesOf(kind, list(["second"]))).toEqual({
      policies: ["one", "second", "two"],
      unread: [],
    });
    expect(policiesOf(kind, list([]))).toEqual({ policies: ["one", "two"], unread: [] });
    expect(policiesOf(kind, list(["elsewhere", "first", "second"]))).toEqual({
      policies: ["first", "one", "second", "two"],
      unread: ["elsewhere"],
    });
  });

  it.each(KINDS)("the policies of a %s that a list does not name are detached", (kind) => {
    const list = (arns: readonly string[]): PlannedResource => ({
      address: `aws_iam_${kind}_policy_attachments_exclusive.list`,
      values: { [`${kind}_name`]: "somebody", policy_arns: arns },
    });

    expect(policiesOf(kind, list(["arn:aws:iam::123456789012:policy/two"]))).toEqual({
      policies: ["first", "second", "two"],
      unread: [],
    });
    expect(policiesOf(kind, list([]))).toEqual({ policies: ["first", "second"], unread: [] });
    expect(policiesOf(kind, list([BILLING]))).toEqual({
      policies: ["first", "second"],
      unread: ["Billing"],
    });
  });

  it("a list of somebody else takes nothing", () => {
    const list = {
      address: "aws_iam_role_policies_exclusive.list",
      values: { role_name: "another", policy_names: [] },
    };

    expect(policiesOf("role", list).policies).toEqual(["first", "one", "second", "two"]);
  });

  it("two lists leave what both name", () => {
    const list = (name: string, names: readonly string[]): PlannedResource => ({
      address: `aws_iam_user_policies_exclusive.${name}`,
      values: { user_name: "somebody", policy_names: names },
    });

    expect(
      policiesOf("user", list("a", ["first", "third"]), list("b", ["first", "second", "fourth"])),
    ).toEqual({ policies: ["first", "one", "two"], unread: [] });
  });
});

describe("what a list names and a plan does not tell", () => {
  const role = { address: "aws_iam_role.r", values: { name: "r" } };
  const prefixed = (name: string): PlannedResource => ({
    address: `aws_iam_role_policy.${name}`,
    values: { name_prefix: name, role: "r", policy: policyText(name) },
  });
  const named = {
    address: "aws_iam_role_policy.named",
    values: { name: "named", role: "r", policy: policyText("named") },
  };
  const list = (values: object, from: PlannedResource["from"]): PlannedResource => ({
    address: "aws_iam_role_policies_exclusive.list",
    values: { role_name: "r", ...values },
    ...(from === undefined ? {} : { from }),
  });
  const sidsOf = (...resources: readonly PlannedResource[]) =>
    summaries(readPrincipals(planOf([role, prefixed("a"), prefixed("b"), named, ...resources])))[
      "aws_iam_role.r"
    ]?.policies?.map((line) => line.split(", ")[0]);

  it("is told by what it refers to", () => {
    const references = { policy_names: ["aws_iam_role_policy.a.name"] };

    expect(sidsOf(list({ policy_names: [null, "named"] }, references))).toEqual([
      "a*: a",
      "named: named",
    ]);
  });

  it("leaves all in doubt where it refers to nothing that is known", () => {
    const reason = "(it is known only after the apply)";

    expect(sidsOf(list({ policy_names: [null, "named"] }, { policy_names: ["local.x"] }))).toEqual([
      `a*: a ${reason}`,
      `b*: b ${reason}`,
      "named: named",
    ]);
    expect(sidsOf(list({}, { policy_names: ["local.names"] }))).toEqual([
      `a*: a ${reason}`,
      `b*: b ${reason}`,
      `named: named ${reason}`,
    ]);
  });

  it("leaves all in doubt whom it may be for", () => {
    const open = {
      address: "aws_iam_role_policies_exclusive.list",
      values: { policy_names: ["named"] },
      from: { role_name: ["local.name"] },
    };
    const reason = "(it is known only after the apply)";

    expect(sidsOf(open)).toEqual([`a*: a ${reason}`, `b*: b ${reason}`, "named: named"]);
  });

  it("of managed policies, likewise", () => {
    const attachment = (name: string): PlannedResource => ({
      address: `aws_iam_role_policy_attachment.${name}`,
      values: { role: "r", policy_arn: `arn:aws:iam::123456789012:policy/${name}` },
    });
    const attachments = (from: readonly string[], arns: readonly (string | null)[]) => {
      const exclusive = {
        address: "aws_iam_role_policy_attachments_exclusive.list",
        values: { role_name: "r", policy_arns: arns },
        from: { policy_arns: from },
      };
      const resources = [managed("one"), managed("two"), attachment("one"), attachment("two")];
      return summaries(readPrincipals(planOf([role, ...resources, exclusive])))["aws_iam_role.r"];
    };

    expect(attachments(["aws_iam_policy.two.arn"], [null])?.policies).toEqual([
      "two: two, aws_iam_policy.two",
    ]);
    expect(attachments(["local.arn"], [null])).toMatchObject({
      policies: [
        "one: one (it is known only after the apply), aws_iam_policy.one",
        "two: two (it is known only after the apply), aws_iam_policy.two",
      ],
      unread: [
        "a policy: which policy aws_iam_role_policy_attachments_exclusive.list attaches is not told: it is known only after the apply, the plan after the apply",
      ],
    });
  });
});

describe("a real plan that takes from those who are there", () => {
  const found = summaries(readPrincipals(fixture("life-changed.plan.json")));
  /* A plan after the apply makes anew what is missing here, which is how these have been checked. */
  const expected: Record<string, Partial<Summary>> = {
    "aws_iam_role.written": {
      policies: ["other: A, aws_iam_role_policy.written_other"],
      unread: ["elsewhere: it is not in the file, --policy elsewhere=FILE"],
      notes: [
        'The apply takes the policy "inline" from it: aws_iam_role_policies_exclusive.written leaves it only what the list names.',
      ],
    },
    "aws_iam_role.attached": {
      policies: ["two: A, aws_iam_policy.two"],
      unread: [`Billing: it is not in the file, --policy ${BILLING}=FILE`],
      notes: [
        'The apply takes the policy "one" from it: aws_iam_role_policy_attachments_exclusive.attached leaves it only what the list names.',
      ],
    },
    "aws_iam_role.listed": {
      policies: ["inline: A, aws_iam_role_policy.listed", "one: A, aws_iam_policy.one"],
      notes: [
        'The apply takes the policy "other" from it, although aws_iam_role_policy.listed_other gives it: another resource says that it has others.',
        'The apply takes the policy "two" from it, although aws_iam_role_policy_attachment.listed_two gives it: another resource says that it has others.',
      ],
    },
    "aws_iam_role.replaced": {
      is: "role replaced, arn:aws:iam::*:role/new/replaced",
      policies: ["two: A, aws_iam_policy.two"],
      notes: [
        "The apply replaces it, and does not do anew what aws_iam_role_policy.replaced did for the old one.",
        "The apply replaces it, and does not do anew what aws_iam_role_policy_attachment.replaced_one did for the old one.",
      ],
    },
    "aws_iam_role.after": {
      is: "role moved, arn:aws:iam::123456789012:role/moved",
      policies: ["inline: A, aws_iam_role_policy.after"],
    },
    "aws_iam_role.shared": {
      notes: [
        'The apply takes the policy "common" from it, although aws_iam_role_policy_attachment.shared gives it: another resource says that it has others.',
      ],
    },
    "aws_iam_user.new": { policies: ["common: A, aws_iam_policy.shared"] },
    "aws_iam_role.forgotten": { policies: ["inline: A, aws_iam_role_policy.forgotten"] },
    // What the provider found it to have, before it comes in.
    "aws_iam_role.imported": {
      is: "role outside, arn:aws:iam::123456789012:role/outside",
      policies: ["outside-inline: Inline, aws_iam_role.imported"],
      unread: [
        "for-outside: it is not in the file, --policy arn:aws:iam::123456789012:policy/for-outside=FILE",
      ],
    },
    "aws_iam_policy.imported": { policies: ["shared: A, aws_iam_policy.imported"] },
  };

  it.each(Object.entries(expected))("%s", (address, summary) => {
    expect(found[address]).toEqual({ is: found[address]?.is, ...summary });
  });

  it("nobody else", () => {
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  });
});
