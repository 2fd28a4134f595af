import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { configurationOf, stateOf } from "./support/configuration.js";
import { fixture } from "./support/fixture.js";
import { type PlannedResource, planOf, policyText } from "./support/plan.js";
import { summaries } from "./support/summary.js";

const BILLING = "arn:aws:iam::aws:policy/job-function/Billing";

describe("the permission sets of a real plan", () => {
  it("have inline, managed and customer-managed policies, and boundaries", () => {
    expect(summaries(readPrincipals(fixture("permission-sets.plan.json")))).toEqual({
      "aws_ssoadmin_permission_set.video": {
        is: "permission set Video, undefined",
        policies: ["inline policy: Inline, aws_ssoadmin_permission_set_inline_policy.video"],
        unread: [`Billing: it is not in the file, --policy ${BILLING}=FILE`],
      },
      'aws_ssoadmin_permission_set.each["Deployer"]': {
        is: "permission set Deployer, undefined",
        policies: ["render: Managed, aws_iam_policy.render"],
        boundary: "arn:aws:iam::*:policy/limit: Boundary",
      },
      'aws_ssoadmin_permission_set.each["Viewer"]': {
        is: "permission set Viewer, undefined",
        policies: ["render: Managed, aws_iam_policy.render"],
        unread: ["of-each-account: it is not in the file, --policy of-each-account=FILE"],
        boundary: "arn:aws:iam::aws:policy/ReadOnlyAccess: ReadOnlyActionsGroup1",
      },
      "aws_ssoadmin_permission_set_inline_policy.outside": {
        is: "policy inline policy, undefined",
        policies: ["inline policy: Inline, aws_ssoadmin_permission_set_inline_policy.outside"],
        notes: [
          'It is attached to the permission set "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef", which is not in the file: what else that permission set may do is not seen.',
        ],
      },
    });
  });
});

describe.each<[string, (resources: readonly PlannedResource[]) => string, boolean]>([
  ["plan", planOf, true],
  ["plan in another order", (resources) => planOf([...resources].reverse()), true],
  ["configuration", configurationOf, true],
  ["state", stateOf, false],
])("a permission set in a %s", (_form, written, isNew) => {
  const ARN = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0000000000000001";
  const set: PlannedResource = {
    address: "aws_ssoadmin_permission_set.people",
    values: { name: "People", ...(isNew ? {} : { arn: ARN }) },
  };
  /** Something that is for the set: by a reference before it is there, by its ARN afterwards. */
  const forSet = (address: string, values: object): PlannedResource => ({
    address,
    values: isNew ? values : { ...values, permission_set_arn: ARN },
    from: isNew ? { permission_set_arn: ["aws_ssoadmin_permission_set.people.arn"] } : {},
  });
  const policy = (name: string, path?: string): PlannedResource => ({
    address: `aws_iam_policy.${name}`,
    values: { name, policy: policyText(name), ...(path === undefined ? {} : { path }) },
  });
  const read = (...resources: readonly PlannedResource[]) =>
    summaries(readPrincipals(written([set, ...resources])))["aws_ssoadmin_permission_set.people"];

  it("has its inline policy", () => {
    const inline = forSet("aws_ssoadmin_permission_set_inline_policy.i", {
      inline_policy: policyText("I"),
    });

    expect(read(inline)?.policies).toEqual([
      "inline policy: I, aws_ssoadmin_permission_set_inline_policy.i",
    ]);
  });

  it("has what is attached by an ARN", () => {
    const attach = (name: string) =>
      forSet(`aws_ssoadmin_managed_policy_attachment.${name}`, {
        managed_policy_arn: `arn:aws:iam::aws:policy/${name}`,
      });

    expect(
      read(attach("AWSLambda_FullAccess"), attach("IAMFullAccess"))?.policies?.toSorted(),
    ).toEqual([
      expect.stringContaining("AWSLambda_FullAccess: "),
      expect.stringContaining("IAMFullAccess: "),
    ]);
  });

  it.each([
    ["a name", { name: "own" }, ["own: own, aws_iam_policy.own"], undefined],
    [
      "a name and a path",
      { name: "deep", path: "/a/b/" },
      ["deep: deep, aws_iam_policy.deep"],
      undefined,
    ],
    [
      "a name and another path",
      { name: "own", path: "/x/" },
      undefined,
      ["own: it is not in the file, --policy own=FILE"],
    ],
  ])("has what is attached by %s", (_what, reference, policies, unread) => {
    const attachment = forSet("aws_ssoadmin_customer_managed_policy_attachment.a", {
      customer_managed_policy_reference: [reference],
    });

    expect(read(policy("own"), policy("deep", "/a/b/"), attachment)).toMatchObject({
      ...(policies === undefined ? {} : { policies }),
      ...(unread === undefined ? {} : { unread }),
    });
  });

  it("has only what exclusive lists name, each among the policies of its kind", () => {
    const attached = [
      forSet("aws_ssoadmin_managed_policy_attachment.b", { managed_policy_arn: BILLING }),
      forSet("aws_ssoadmin_customer_managed_policy_attachment.a", {
        customer_managed_policy_reference: [{ name: "own" }],
      }),
      policy("own"),
      policy("other"),
    ];
    const customers = forSet("aws_ssoadmin_customer_managed_policy_attachments_exclusive.x", {
      customer_managed_policy_reference: [{ name: "other" }],
    });
    const managed = forSet("aws_ssoadmin_managed_policy_attachments_exclusive.x", {
      managed_policy_arns: [],
    });

    expect(read(...attached, customers)).toMatchObject({
      policies: ["other: other, aws_iam_policy.other"],
      unread: [`Billing: it is not in the file, --policy ${BILLING}=FILE`],
    });
    expect(read(...attached, managed)).toMatchObject({
      policies: ["own: own, aws_iam_policy.own"],
    });
    expect(read(...attached, managed)).not.toHaveProperty("unread");
  });

  it("has a boundary, of its own account or of AWS", () => {
    const boundary = (block: object) =>
      forSet("aws_ssoadmin_permissions_boundary_attachment.b", { permissions_boundary: [block] });

    expect(
      read(policy("limit"), boundary({ customer_managed_policy_reference: [{ name: "limit" }] }))
        ?.boundary,
    ).toBe("arn:aws:iam::*:policy/limit: limit");
    expect(
      read(boundary({ managed_policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" }))
        ?.boundary,
    ).toMatch(/^arn:aws:iam::aws:policy\/AdministratorAccess: /);
    expect(read(boundary({ managed_policy_arn: BILLING }))?.boundary).toBe(`${BILLING}: not told`);
  });
});
