import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { type TerraformStack, TerraformVariable } from "cdktf";
import { describe, expect, it } from "vitest";
import {
  RemotionLambdaRole,
  type RemotionLambdaRoleProps,
} from "../../../lib/constructs/remotion-lambda-role.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import type { OutputBucket } from "../../../lib/remotion/output-bucket.js";
import { rolePolicy } from "../../../lib/remotion/policies.js";
import { statementsOf } from "../support/policy-of.js";
import { synthesize } from "../support/synthesize.js";

describe("RemotionLambdaRole", () => {
  it("is by default the role of Remotion's guide, its policy inline", () => {
    const stack = synthesizeRole({});
    const policy = stack.resource("aws_iam_role_policy");

    expect(stack.resource("aws_iam_role")).toMatchObject({ name: "remotion-lambda-role" });
    expect(policy).toMatchObject({
      name: "remotion-lambda-policy",
      role: expect.stringMatching(NAME),
    });
    expect(statementsOf(stack, policy["policy"])).toEqual(rolePolicy().Statement);
    expect(Object.keys(stack.json["resource"] as JsonObject)).toEqual([
      "aws_iam_role",
      "aws_iam_role_policy",
    ]);
  });

  it("may be assumed by Lambda alone", () => {
    const stack = synthesizeRole({});
    const { assume_role_policy } = stack.resource("aws_iam_role");
    const [, local] =
      /^\$\{jsonencode\((local\.[\w-]+)\)\}$/.exec(String(assume_role_policy)) ?? [];

    expect(stack.local(`\${${local}}`)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: ["lambda.amazonaws.com"] },
          Action: ["sts:AssumeRole"],
        },
      ],
    });
  });

  it("attaches a managed policy when told so", () => {
    const stack = synthesizeRole({ policyType: "managed", path: "/video/", tags: { a: "b" } });

    expect(stack.resource("aws_iam_policy")).toMatchObject({
      name: "remotion-lambda-policy",
      path: "/video/",
      tags: { a: "b" },
    });
    expect(stack.resource("aws_iam_role_policy_attachment")).toEqual({
      role: expect.stringMatching(NAME),
      policy_arn: expect.stringMatching(/^\$\{aws_iam_policy\.[\w-]+\.arn\}$/),
    });
    expect(stack.resources("aws_iam_role_policy")).toEqual([]);
  });

  it("passes its props on to the role", () => {
    const stack = synthesizeRole({
      name: "render",
      path: "/video/",
      maxSessionDuration: 7200,
      permissionsBoundaryArn: "arn:aws:iam::123456789012:policy/boundary",
      tags: { Team: "video" },
    });

    expect(stack.resource("aws_iam_role")).toMatchObject({
      name: "render",
      path: "/video/",
      max_session_duration: 7200,
      permissions_boundary: "arn:aws:iam::123456789012:policy/boundary",
      tags: { Team: "video" },
    });
  });

  it.each(["aws", "aws-cn"] as const)("grants output buckets in the partition %s", (partition) => {
    const outputBuckets: OutputBucket[] = [
      { name: "acme-videos", prefix: "finished/", access: "write", acl: true },
      { name: "acme-raw", prefix: "", access: "put" },
    ];
    const stack = synthesizeRole({ partition, outputBuckets });
    const { policy } = stack.resource("aws_iam_role_policy");

    expect(statementsOf(stack, policy)).toEqual(rolePolicy({ partition, outputBuckets }).Statement);
  });

  it("grants folders as they are written, and paths of IAM's characters", () => {
    const prefixes = ["year=2024/", "my videos/", "a&b/", "user@example.com/", "vidéos/", "100%/"];
    const outputBuckets = prefixes.map(
      (prefix): OutputBucket => ({ name: "acme-videos", prefix, access: "write" }),
    );
    const stack = synthesizeRole({ outputBuckets, path: "/R&D/a:b{c}/" });

    expect(statementsOf(stack, stack.resource("aws_iam_role_policy")["policy"])).toEqual(
      rolePolicy({ outputBuckets }).Statement,
    );
    expect(stack.resource("aws_iam_role")["path"]).toBe("/R&D/a:b{c}/");
  });

  it("grants a bucket whose name only Terraform knows", () => {
    const stack = synthesize((scope) => {
      const name = new TerraformVariable(scope, "bucket", { type: "string" }).stringValue;
      new RemotionLambdaRole(scope, "role", {
        outputBuckets: [{ name, prefix: "v/", access: "write" }],
      });
    });
    const statements = statementsOf(stack, stack.resource("aws_iam_role_policy")["policy"]);

    expect(statements.slice(-2).map(({ Resource }) => Resource)).toEqual([
      ["arn:aws:s3:::${var.bucket}/v/*"],
      ["arn:aws:s3:::${var.bucket}"],
    ]);
  });

  it.each([
    { type: "inline", resource: "aws_iam_role_policy", limit: 10_240 },
    { type: "managed", resource: "aws_iam_policy", limit: 6144 },
  ])("lets Terraform refuse a policy that is too large: $type", ({ type, resource, limit }) => {
    const { lifecycle } = synthesizeRole({ policyType: type }).resource(resource);

    expect(lifecycle).toMatchObject({
      precondition: [
        {
          condition: expect.stringMatching(new RegExp(`^\\$\\{local\\.[\\w-]+ <= ${limit}\\}$`)),
          error_message: expect.stringContaining(`AWS allows ${limit}: `),
        },
      ],
    });
  });

  it("can be made beside roles of the caller, from their attributes", () => {
    const stack = synthesize((scope) => {
      const other = new IamRole(scope, "other", { assumeRolePolicy: "{}" });
      new RemotionLambdaRole(scope, "role", { name: `${other.name}-render`, path: other.path });
    });

    expect(stack.resources("aws_iam_role")[1]).toMatchObject({
      name: "${aws_iam_role.other.name}-render",
      path: "${aws_iam_role.other.path}",
    });
  });
});

describe("where only Terraform knows", () => {
  it("the type of the policy, exactly one of the two is made", () => {
    const stack = synthesizeRole((variable) => ({ policyType: variable("type").stringValue }));

    expect(stack.resource("aws_iam_role")["count"]).toBeUndefined();
    expect(stack.resource("aws_iam_role_policy")["count"]).toBe('${var.type == "inline" ? 1 : 0}');
    for (const type of ["aws_iam_policy", "aws_iam_role_policy_attachment"]) {
      expect(stack.resource(type)["count"]).toBe('${var.type == "managed" ? 1 : 0}');
    }
  });

  it("whether the role is made, everything of it is made or not", () => {
    const stack = synthesizeRole((variable) => ({ create: variable("create").booleanValue }));

    expect(stack.resource("aws_iam_role")["count"]).toBe("${var.create ? 1 : 0}");
    expect(stack.resource("aws_iam_role_policy")).toMatchObject({
      count: "${var.create ? 1 : 0}",
      role: expect.stringMatching(/^\$\{aws_iam_role\.[\w-]+\[0\]\.name\}$/),
    });
  });
});

/** Reference to the role's name. */
const NAME = /^\$\{aws_iam_role\.[\w-]+\.name\}$/;

type Variable = (id: string) => TerraformVariable;

function synthesizeRole(
  props: RemotionLambdaRoleProps | ((variable: Variable) => RemotionLambdaRoleProps),
) {
  return synthesize((stack: TerraformStack) => {
    const variable: Variable = (id) => new TerraformVariable(stack, id, { type: "any" });
    const given = typeof props === "function" ? props(variable) : props;
    new RemotionLambdaRole(stack, "role", given);
  });
}
