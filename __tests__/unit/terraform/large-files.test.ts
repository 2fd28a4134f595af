import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import upstream from "../../../lib/remotion/upstream-policies.json" with { type: "json" };
import { largePlan } from "../../support/large-plan.js";
import { processorTimer } from "../../support/processor-time.js";

/* In processor time; three quarters of a second are usual. */
const BOUND = 5000;

const KEYS = Array.from({ length: 2500 }, (_, index) => `key-${index}`);

describe("a plan of 10,000 resources", () => {
  it("is read in no time", () => {
    const text = largePlan(10_000);
    const { principals, milliseconds } = timed(text);

    expect(principals).toHaveLength(2500);
    expect(principals[1234]).toMatchObject({
      name: "role-key-1234",
      policies: [{ name: "inline-key-1234" }, { name: "managed-key-1234" }],
      notes: [],
    });
    expect(milliseconds).toBeLessThan(BOUND);
  });

  it("takes no longer where it is not told which is for which", () => {
    const { principals, milliseconds } = timed(largePlan(10_000, { key: [] }));

    expect(principals).toHaveLength(7500);
    expect(principals[0]?.policies).toEqual([]);
    expect(milliseconds).toBeLessThan(BOUND);
  });
});

describe("a configuration of 10,000 resources", () => {
  it("is read in no time", () => {
    const forEach = { for_each: "${var.keys}" };
    const text = JSON.stringify({
      variable: { keys: { type: "set(string)", default: KEYS } },
      locals: { policy: upstream.policies.aws.user },
      resource: {
        aws_iam_role: { a: { ...forEach, name: "role-${each.key}" } },
        aws_iam_role_policy: {
          a: {
            ...forEach,
            role: "${aws_iam_role.a[each.key].name}",
            name: "inline-${each.key}",
            policy: "${jsonencode(local.policy)}",
          },
        },
        aws_iam_policy: {
          a: { ...forEach, name: "managed-${each.key}", policy: '{"Statement":[]}' },
        },
        aws_iam_role_policy_attachment: {
          a: {
            ...forEach,
            role: "role-${each.key}",
            policy_arn: "${aws_iam_policy.a[each.key].arn}",
          },
        },
      },
    });
    const { principals, milliseconds } = timed(text);

    expect(principals).toHaveLength(2500);
    expect(principals[7]?.policies).toHaveLength(2);
    expect(milliseconds).toBeLessThan(BOUND);
  });
});

describe("a group of thousands with thousands of policies", () => {
  it("does not multiply", () => {
    const resource = (type: string, name: string, values: object) => ({
      address: `${type}.${name}`,
      mode: "managed",
      type,
      name,
      values,
    });
    const names = Array.from({ length: 5000 }, (_, index) => `n${index}`);
    const resources = [
      resource("aws_iam_group", "g", { name: "g" }),
      resource("aws_iam_group_membership", "g", { group: "g", users: names }),
      ...names.flatMap((name) => [
        resource("aws_iam_user", name, { name }),
        resource("aws_iam_group_policy", name, { group: "g", name, policy: "{}" }),
      ]),
    ];
    const state = { format_version: "1.0", values: { root_module: { resources } } };
    const { principals } = timed(JSON.stringify(state));

    expect(principals[0]?.policies).toHaveLength(1000);
    expect(principals[0]?.unread).toMatchObject([
      {
        cause:
          "4000 policies of the group aws_iam_group.g are left out: IAM allows no group so many",
      },
    ]);
  });
});

function timed(text: string) {
  const elapsed = processorTimer();
  const { principals } = readPrincipals(text);
  return { principals, milliseconds: elapsed() };
}
