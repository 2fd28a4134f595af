import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { joinPrincipals } from "../../../lib/terraform/join-principals.js";
import { readPlan } from "../../../lib/terraform/read-plan.js";

/* Of a plan little is held while it is read. What it says is the same as where all of it is. */

const pick = <T>(...of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);

const policyFor = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: `${service}:*`, Resource: "*" }],
  });

const policy = pick(policyFor("s3"), policyFor("sqs"), "no policy", "");
const key = pick("a", "b", "c");

const block = fc.record({ name: pick("one", "two", ""), policy }, { requiredKeys: ["name"] });

const roleValues = fc.record(
  {
    name: pick("r-a", "r-b", "r-c"),
    path: pick("/", "/ci/"),
    assume_role_policy: policy,
    inline_policy: fc.oneof(
      { weight: 4, arbitrary: fc.array(block, { maxLength: 2 }) },
      { weight: 1, arbitrary: pick<unknown>(null, "none", [null]) },
    ),
    managed_policy_arns: fc.array(pick("arn:aws:iam::1:policy/m", null), { maxLength: 2 }),
  },
  { requiredKeys: ["name"] },
);

const policyValues = fc.record(
  { name: pick("one", "two"), role: pick("r-a", "r-b", "elsewhere"), policy },
  { requiredKeys: ["name", "role"] },
);

const resourceOf = (type: string, values: fc.Arbitrary<object>) =>
  fc.record({ index: key, values }).map(({ index, values: found }) => ({
    address: `${type}.this["${index}"]`,
    mode: "managed",
    type,
    name: "this",
    index,
    values: found,
  }));

const resource = fc.oneof(
  resourceOf("aws_iam_role", roleValues),
  resourceOf("aws_iam_role_policy", policyValues),
);

const actions = pick(
  ["no-op"],
  ["create"],
  ["update"],
  ["delete"],
  ["read"],
  ["forget"],
  ["delete", "create"],
  ["create", "delete"],
  ["no-op", "create"],
  [],
);

const changeOf = (type: string, values: fc.Arbitrary<object>) =>
  fc
    .record(
      {
        index: key,
        mode: pick("managed", "managed", "managed", "data"),
        deposed: pick("00000001", null),
        change: fc.record(
          {
            actions,
            before: fc.oneof(
              { weight: 3, arbitrary: values },
              { weight: 1, arbitrary: fc.constant(null) },
            ),
            after: values,
          },
          { requiredKeys: ["actions"] },
        ),
      },
      { requiredKeys: ["index", "mode", "change"] },
    )
    .map(({ index, ...change }) => ({ address: `${type}.this["${index}"]`, type, ...change }));

const change = fc.oneof(
  changeOf("aws_iam_role", roleValues),
  changeOf("aws_iam_role_policy", policyValues),
);

const byAddress = ({ address }: { readonly address: string }) => address;

const aPlan = fc.record({
  format_version: fc.constant("1.2"),
  planned_values: fc
    .uniqueArray(resource, { maxLength: 6, selector: byAddress })
    .map((resources) => ({ root_module: { resources } })),
  resource_changes: fc.array(change, { maxLength: 6 }),
  configuration: pick<object>(
    {},
    {
      root_module: {
        resources: ["aws_iam_role", "aws_iam_role_policy"].map((type) => ({
          address: `${type}.this`,
          mode: "managed",
          type,
          name: "this",
          expressions: {
            role: { references: ["aws_iam_role.this", "each.key"] },
            policy: { references: ["var.policy"] },
          },
          for_each_expression: { references: ["var.all"] },
        })),
      },
    },
  ),
});

/** Who is in a plan of which all is held. */
function principalsOf(plan: Readonly<Record<string, unknown>>): unknown {
  const principals = joinPrincipals(readPlan(structuredClone(plan)), new Map());
  return principals.length === 0 ? "nobody" : principals;
}

/** Who is in the text of a plan. */
function principalsIn(text: string): unknown {
  try {
    return readPrincipals(text).principals;
  } catch (error) {
    if (error instanceof UnreadableFile) {
      return "nobody";
    }
    throw error;
  }
}

describe("what is held of a plan", () => {
  it("says what all of it says, read at once and in pieces", () => {
    fc.assert(
      fc.property(aPlan, (plan) => {
        const expected = principalsOf(plan);
        expect(principalsIn(JSON.stringify(plan))).toEqual(expected);
        expect(principalsIn(JSON.stringify(plan, undefined, 1))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("tells how many there were of whom none is left", () => {
    const before = { name: "r" };
    const role = (actions: readonly string[], was: unknown) => ({
      address: "aws_iam_role.r",
      mode: "managed",
      type: "aws_iam_role",
      change: { actions, before: was },
    });
    const plan = {
      format_version: "1.2",
      planned_values: { root_module: {} },
      resource_changes: [role(["delete"], before), role(["no-op"], before), role(["create"], null)],
    };

    expect(() => readPrincipals(JSON.stringify(plan))).toThrow(/destroys the 2 /);
  });
});
