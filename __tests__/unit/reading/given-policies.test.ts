import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { configurationOf, stateOf } from "../terraform/support/configuration.js";
import { type PlannedResource, planOf, policyText } from "../terraform/support/plan.js";
import { summaries } from "../terraform/support/summary.js";

/* Policies whose texts are not in the file: AWS's own are known, and others are given beside it. */

const OWN = "arn:aws:iam::123456789012:policy/video/render";
const DOCUMENT = JSON.parse(policyText("Given"));

describe.each<[string, (resources: readonly PlannedResource[]) => string]>([
  ["plan", planOf],
  ["configuration", configurationOf],
  ["state", stateOf],
])("in a %s", (_form, written) => {
  const attached = (arn: string): PlannedResource[] => [
    { address: "aws_iam_user.a", values: { name: "a" } },
    { address: "aws_iam_user_policy_attachment.x", values: { user: "a", policy_arn: arn } },
  ];
  const read = (
    resources: readonly PlannedResource[],
    policies: Readonly<Record<string, unknown>> = {},
  ) =>
    readPrincipals(written(resources), { policies: new Map(Object.entries(policies)) })
      .principals[0];

  it.each([
    ["AdministratorAccess", "*"],
    ["service-role/AWSLambdaBasicExecutionRole", "logs:CreateLogGroup"],
    ["AmazonS3FullAccess", "s3:*"],
  ])("AWS's own %s is known", (path, action) => {
    const user = read(attached(`arn:aws:iam::aws:policy/${path}`));

    expect(user?.unread).toEqual([]);
    expect(JSON.stringify(user?.policies)).toContain(`"${action}"`);
    expect(user?.policies[0]?.name).toBe(path.slice(path.lastIndexOf("/") + 1));
  });

  it.each([
    [
      "of AWS's that is rarely used",
      "arn:aws:iam::aws:policy/job-function/Billing",
      "Billing",
      false,
    ],
    [
      "of AWS's in China",
      "arn:aws-cn:iam::aws:policy/AdministratorAccess",
      "AdministratorAccess",
      true,
    ],
    ["of AWS's that denies", "arn:aws:iam::aws:policy/AWSDenyAll", "AWSDenyAll", true],
    ["of one's own", OWN, "render", true],
  ])("one %s is not", (_what, arn, name, mayDeny) => {
    expect(read(attached(arn))).toMatchObject({
      policies: [],
      unread: [
        {
          name,
          arn,
          address: "aws_iam_user_policy_attachment.x",
          cause: "it is not in the file",
          give: `--policy ${arn}=FILE`,
          maybe: false,
          mayDeny,
        },
      ],
    });
  });

  it.each([OWN, "render"])("one is given by %s", (key) => {
    expect(read(attached(OWN), { [key]: DOCUMENT, other: {} })).toMatchObject({
      policies: [{ name: "render", document: DOCUMENT }],
      unread: [],
    });
  });

  it("none is given that the file has, nor one of another name", () => {
    const policy = {
      address: "aws_iam_policy.render",
      values: { name: "render", arn: OWN, path: "/video/", policy: policyText("InFile") },
    };

    expect(read([...attached(OWN), policy], { render: DOCUMENT })?.policies).toMatchObject([
      { document: JSON.parse(policyText("InFile")) },
    ]);
    expect(read(attached(OWN), { rend: DOCUMENT })?.unread).toHaveLength(1);
  });

  it("a boundary is given, too", () => {
    const user = { address: "aws_iam_user.a", values: { name: "a", permissions_boundary: OWN } };

    expect(read([user])?.boundary).toMatchObject({
      arn: OWN,
      document: undefined,
      unread: { cause: "it is not in the file", give: `--policy ${OWN}=FILE` },
    });
    expect(read([user], { [OWN]: DOCUMENT })?.boundary).toEqual({ arn: OWN, document: DOCUMENT });
  });

  it("and an inline policy that a list says is there", () => {
    const resources = [
      { address: "aws_iam_role.r", values: { name: "r" } },
      {
        address: "aws_iam_role_policies_exclusive.r",
        values: { role_name: "r", policy_names: ["by-hand"] },
      },
    ];

    expect(read(resources)).toMatchObject({ policies: [], unread: [{ name: "by-hand" }] });
    expect(read(resources, { "by-hand": DOCUMENT })).toMatchObject({
      policies: [{ name: "by-hand", document: DOCUMENT }],
      unread: [],
    });
  });
});

describe("a text that a plan does not tell", () => {
  const resources = [
    { address: "aws_iam_user.a", values: { name: "a" } },
    {
      address: "aws_iam_user_policy.x",
      values: { user: "a", name: "late" },
      from: { policy: ["local.text"] },
    },
  ];

  it("is given by the name of its policy", () => {
    const { principals } = readPrincipals(planOf(resources), {
      policies: new Map([["late", DOCUMENT]]),
    });

    expect(principals[0]?.policies).toMatchObject([{ name: "late", document: DOCUMENT }]);
  });

  it("is not told otherwise", () => {
    expect(summaries(readPrincipals(planOf(resources)))["aws_iam_user.a"]?.policies).toEqual([
      "late: (it is known only after the apply), aws_iam_user_policy.x",
    ]);
  });
});
