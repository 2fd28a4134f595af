import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { report } from "../../least-privilege/support/report.js";
import { runRecorded } from "../support/recording-console.js";

const POLICY = userPolicy();
const without = (action: string) => ({
  ...POLICY,
  Statement: POLICY.Statement.map((statement) => ({
    ...statement,
    Action: statement.Action.filter((each) => each !== action),
  })),
});
const Condition = { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } };

/** A policy for each answer. */
const ANSWERS = {
  allowed: { document: POLICY, exitCode: 0 },
  missing: { document: without("lambda:InvokeFunction"), exitCode: 1 },
  tolerated: { document: without("lambda:TagResource"), exitCode: 0 },
  untold: {
    document: {
      ...POLICY,
      Statement: POLICY.Statement.map((statement) => ({ ...statement, Condition })),
    },
    exitCode: 3,
  },
} as const;

const NAME = "remotion-user";
const resource = (type: string, values: object) => ({
  address: `${type}.this`,
  mode: "managed",
  type,
  name: "this",
  values,
});
const instance = (type: string, attributes: object) => ({
  mode: "managed",
  type,
  name: "this",
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: [{ attributes }],
});
const user = { name: NAME, path: "/", arn: `arn:aws:iam::123456789012:user/${NAME}` };
const inline = (policy: string) => ({ name: "p", user: NAME, policy });
const resources = (policy: string) => [
  resource("aws_iam_user", user),
  resource("aws_iam_user_policy", inline(policy)),
];
const head = { format_version: "1.2", terraform_version: "1.11.4" };

const template = (document: object) => ({
  AWSTemplateFormatVersion: "2010-09-09",
  Resources: {
    User: {
      Type: "AWS::IAM::User",
      Properties: { UserName: NAME, Policies: [{ PolicyName: "p", PolicyDocument: document }] },
    },
  },
});

/** Every shape of file that is read: the same policy in each. */
const SHAPES: Record<string, (document: object) => unknown> = {
  "a plan": (document) => ({
    ...head,
    planned_values: { root_module: { resources: resources(JSON.stringify(document)) } },
    resource_changes: [],
    configuration: { root_module: {} },
  }),
  "a plan with a permission set": (document) => {
    const arn = "arn:aws:sso:::permissionSet/ssoins-1/ps-1";
    return {
      ...head,
      planned_values: {
        root_module: {
          resources: [
            resource("aws_ssoadmin_permission_set", { name: "remotion-user", arn }),
            resource("aws_ssoadmin_permission_set_inline_policy", {
              permission_set_arn: arn,
              inline_policy: JSON.stringify(document),
            }),
          ],
        },
      },
      resource_changes: [],
      configuration: { root_module: {} },
    };
  },
  "a state": (document) => ({
    ...head,
    values: { root_module: { resources: resources(JSON.stringify(document)) } },
  }),
  "a terraform.tfstate": (document) => ({
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "x",
    outputs: {},
    resources: [
      instance("aws_iam_user", user),
      instance("aws_iam_user_policy", inline(JSON.stringify(document))),
    ],
  }),
  "a cdk.tf.json": (document) => ({
    resource: {
      aws_iam_user: { this: { name: NAME } },
      aws_iam_user_policy: {
        this: {
          name: "p",
          user: "${aws_iam_user.this.name}",
          policy: JSON.stringify(document),
        },
      },
    },
  }),
  "a policy document": (document) => document,
  "aws iam get-user-policy": (document) => ({
    UserName: NAME,
    PolicyName: "p",
    PolicyDocument: document,
  }),
  "aws iam get-account-authorization-details": (document) => ({
    UserDetailList: [
      {
        Path: "/",
        UserName: NAME,
        UserId: "AIDAEXAMPLE",
        Arn: user.arn,
        CreateDate: "2026-01-31T00:00:00+00:00",
        UserPolicyList: [{ PolicyName: "p", PolicyDocument: document }],
        GroupList: [],
        AttachedManagedPolicies: [],
      },
    ],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  }),
  "a template in JSON": template,
  "a template in YAML": (document) => stringify(template(document)),
  "aws iam get-policy-version": (document) => ({
    PolicyVersion: {
      Document: encodeURIComponent(JSON.stringify(document)),
      VersionId: "v1",
      IsDefaultVersion: true,
      CreateDate: "2026-01-31T00:00:00+00:00",
    },
  }),
};

describe("every shape that is read has every answer", () => {
  const folder = mkdtempSync(join(tmpdir(), "shapes-"));
  const table: string[] = [];
  afterAll(() => {
    rmSync(folder, { recursive: true });
    report(["shape × answer: exit code, answers", ...table].join("\n"));
  });

  const cells = Object.entries(SHAPES).flatMap(([shape, of]) =>
    Object.entries(ANSWERS).map(([answer, right]) => ({ shape, of, answer, ...right })),
  );

  it.each(cells)("$shape: $answer", async ({ shape, of, answer, document, exitCode }) => {
    const file = join(folder, "input.json");
    const content = of(document);
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    const options = ["--profile", "full", "--as", "user", "--json"];
    const outcome = await runRecorded("verify", file, ...options);
    const { verified } = JSON.parse(outcome.results) as {
      verified: { apis: { calls: { answer: string }[] }[] }[];
    };
    const answers = new Set(
      verified.flatMap(({ apis }) => apis.flatMap(({ calls }) => calls.map((call) => call.answer))),
    );
    table.push(`${shape}, ${answer}: ${outcome.exitCode}, ${[...answers].sort().join(" ")}`);

    expect(outcome.exitCode).toBe(exitCode);
    expect([...answers]).toContain(answer);
    if (answer !== "missing") {
      expect([...answers]).not.toContain("missing");
    }
  });
});
