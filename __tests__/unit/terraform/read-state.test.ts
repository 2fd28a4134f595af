import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { fixture } from "./support/fixture.js";
import { policyText } from "./support/plan.js";
import { type Summary, summaries } from "./support/summary.js";

const ACCOUNT = "arn:aws:iam::123456789012";

describe.each(["every-grant.state.json", "every-grant.raw-state.json"])("%s", (file) => {
  const reading = readPrincipals(fixture(file));
  const expected: Record<string, Summary> = {
    "aws_iam_role.by_id": {
      is: `role by-id, ${ACCOUNT}:role/video/by-id`,
      policies: [
        "many: Managed, aws_iam_policy.many",
        "by-id-inline: Inline, aws_iam_role_policy.by_id",
        "managed: Managed, aws_iam_policy.managed",
      ],
      boundary: `${ACCOUNT}:policy/limits/boundary: Boundary`,
    },
    "aws_iam_role.deprecated": {
      is: `role deprecated, ${ACCOUNT}:role/deprecated`,
      policies: [
        "block: Inline, aws_iam_role.deprecated",
        "block-unknown: Late, aws_iam_role.deprecated",
        "managed: Managed, aws_iam_policy.managed",
      ],
    },
    'aws_iam_role.keyed["first"]': {
      is: `role keyed-first, ${ACCOUNT}:role/keyed-first`,
      policies: ['keyed-first: First, aws_iam_policy.keyed["first"]'],
    },
    "aws_iam_role.counted[1]": {
      is: `role counted-1, ${ACCOUNT}:role/counted-1`,
      policies: ["counted-1: Managed, aws_iam_policy.counted[1]"],
    },
    "aws_iam_role.modular": {
      is: `role modular, ${ACCOUNT}:role/modular`,
      policies: [
        'nested: Nested, module.nested["only"].aws_iam_policy.this[0]',
        "shared: Shared, data.aws_iam_policy.shared",
        "managed: Managed, aws_iam_policy.managed",
      ],
    },
    "aws_iam_user.member": {
      is: `user member, ${ACCOUNT}:user/member`,
      policies: [
        "many: Managed, aws_iam_policy.many",
        "late: Late, aws_iam_user_policy.late",
        "team-inline: Group, aws_iam_group_policy.team",
        "managed: Managed, aws_iam_policy.managed",
      ],
      unread: ["outside: the group outside is not in the file, a file that has the group"],
    },
    "aws_iam_role_policy.outside": {
      is: "policy outside-inline, undefined",
      policies: ["outside-inline: Inline, aws_iam_role_policy.outside"],
      notes: [
        'It is attached to the role "outside", which is not in the file: what else that role may do is not seen.',
      ],
    },
  };

  it("is a state", () => {
    expect(reading.source).toBe("state");
  });

  it.each(Object.entries(expected))("%s", (address, summary) => {
    expect(summaries(reading)[address]).toEqual(summary);
  });

  it("has as many as its plan had", () => {
    const planned = readPrincipals(fixture("every-grant.plan.json"));

    expect(Object.keys(summaries(reading)).sort()).toEqual(Object.keys(summaries(planned)).sort());
  });
});

describe("a raw state", () => {
  const stateOf = (instances: readonly object[], version = 4) =>
    JSON.stringify({
      version,
      serial: 1,
      resources: [{ mode: "managed", type: "aws_iam_policy", name: "a", instances }],
    });
  const attributes = { name: "a", policy: policyText("A") };

  it("does not count what a broken replacement left behind", () => {
    const { principals } = readPrincipals(
      stateOf([{ attributes }, { attributes, deposed: "5b1a2c3d" }]),
    );

    expect(principals.map(({ address }) => address)).toEqual(["aws_iam_policy.a"]);
  });

  it("is not told what a broken replacement left behind, nor what goes with it", () => {
    const inline = (name: string, sid: string) => ({ role: "r", name, policy: policyText(sid) });
    const resource = (type: string, ...instances: object[]) => ({
      mode: "managed",
      type,
      name: "x",
      instances,
    });
    const raw = {
      version: 4,
      serial: 1,
      resources: [
        resource("aws_iam_role", { attributes: { name: "r" } }),
        resource(
          "aws_iam_role_policy",
          { attributes: inline("p", "New") },
          { attributes: inline("p", "Old"), deposed: "5b1a2c3d" },
          { attributes: inline("q", "Older"), deposed: "5b1a2c3e" },
        ),
      ],
    };
    const shown = {
      format_version: "1.0",
      values: {
        root_module: {
          resources: raw.resources.flatMap(({ mode, type, name, instances }) =>
            instances.map((instance) => ({
              address: `${type}.${name}`,
              mode,
              type,
              name,
              ...("deposed" in instance ? { deposed_key: instance.deposed } : {}),
              values: "attributes" in instance ? instance.attributes : {},
            })),
          ),
        },
      },
    };
    const found = summaries(readPrincipals(JSON.stringify(raw)));
    const remains = "aws_iam_role_policy.x";
    const deletes = `the next apply deletes what is deposed of ${remains}, and the same with it`;
    const left = `whether what is deposed of ${remains} is left is not told: the next apply deletes it`;

    // Of one name there is one policy, and the newer one has been written last.
    expect(found["aws_iam_role.x"]?.policies).toEqual([
      `p: New (whether the policy "p" is left is not told: ${deletes}), ${remains}`,
      `q: Older (${left}), ${remains}`,
    ]);
    expect(summaries(readPrincipals(JSON.stringify(shown)))).toEqual(found);
  });

  it("has addresses with keys as Terraform writes them", () => {
    const { principals } = readPrincipals(
      stateOf([
        { attributes, index_key: 0 },
        { attributes, index_key: 'a"b' },
      ]),
    );

    expect(principals.map(({ address }) => address)).toEqual([
      "aws_iam_policy.a[0]",
      'aws_iam_policy.a["a\\"b"]',
    ]);
  });
});
