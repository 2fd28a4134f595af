import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import { TerraformOutput, type TerraformStack, TerraformVariable, Token } from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionExecutionRolePolicy } from "../../../lib/constructs/remotion-executionrole-policy.js";
import { RemotionUser } from "../../../lib/constructs/remotion-user.js";
import { bucketGrantStatements } from "../../../lib/remotion/bucket-grants.js";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { statementsOf } from "../support/policy-of.js";
import { synthesize } from "../support/synthesize.js";

describe("RemotionExecutionRolePolicy", () => {
  it("is the user's policy as a managed one", () => {
    const stack = synthesize((scope) => {
      new RemotionExecutionRolePolicy(scope, "policy");
    });
    const policy = stack.resource("aws_iam_policy");

    expect(policy).toMatchObject({ name: "remotion-executionrole-policy" });
    expect(statementsOf(stack, policy["policy"])).toEqual(userPolicy().Statement);
  });

  it("grants output buckets to callers, to read and to delete in", () => {
    const outputBuckets = [{ name: "acme-videos", prefix: "", access: "read" }] as const;
    const stack = synthesize((scope) => {
      new RemotionExecutionRolePolicy(scope, "policy", { outputBuckets });
    });

    expect(statementsOf(stack, stack.resource("aws_iam_policy")["policy"])).toEqual(
      userPolicy({ outputBuckets }).Statement,
    );
  });

  it("refers to the statements of a user of the same stack and does not repeat them", () => {
    const outputBuckets = [{ name: "acme-videos", prefix: "", access: "read" }] as const;
    const stack = synthesize((scope) => {
      const user = new RemotionUser(scope, "user");
      new RemotionExecutionRolePolicy(scope, "bare", { sameStatementsAs: user });
      new RemotionExecutionRolePolicy(scope, "more", { sameStatementsAs: user, outputBuckets });
    });
    const [bare, more] = stack.resources("aws_iam_policy");
    const local = (name: string) => JSON.stringify(stack.json["locals"]).split(name).length - 1;

    expect(statementsOf(stack, bare?.["policy"])).toEqual(userPolicy().Statement);
    expect(statementsOf(stack, more?.["policy"])).toEqual([
      ...userPolicy().Statement,
      ...bucketGrantStatements(outputBuckets, "aws"),
    ]);
    expect(local("HandleQuotas")).toBe(1);
  });
});

describe("the policy of a caller beside a user with buckets of its own", () => {
  const ofUser = [{ name: "acme-private", prefix: "", access: "read" }] as const;

  it.each([
    { what: "none", outputBuckets: [] },
    { what: "the same", outputBuckets: ofUser },
    {
      what: "another",
      outputBuckets: [{ name: "acme-videos", prefix: "", access: "read" }] as const,
    },
  ])("grants the caller's own buckets and not the user's: $what", ({ outputBuckets }) => {
    const stack = synthesize((scope) => {
      const user = new RemotionUser(scope, "user", { outputBuckets: ofUser });
      new RemotionExecutionRolePolicy(scope, "policy", { sameStatementsAs: user, outputBuckets });
    });

    expect(statementsOf(stack, stack.resource("aws_iam_policy")["policy"])).toEqual(
      userPolicy({ outputBuckets }).Statement,
    );
  });
});

describe("its roles", () => {
  it("are attached one by one, by a key of the caller's choice and a name from the same apply", () => {
    const stack = synthesize((scope) => {
      const api = new IamRole(scope, "api", { assumeRolePolicy: "{}" });
      const roleNames = { apiServer: api.name, worker: "worker-role" };
      new RemotionExecutionRolePolicy(scope, "policy", { roleNames });
    });

    expect(stack.resource("aws_iam_role_policy_attachment")).toMatchObject({
      for_each: { apiServer: "${aws_iam_role.api.name}", worker: "worker-role" },
      role: "${basename(each.value)}",
      policy_arn: expect.stringMatching(/^\$\{aws_iam_policy\.[\w-]+\.arn\}$/),
      lifecycle: IN_PARTITION,
    });
  });

  it("may be given by their ARNs, in the partition of the policy", () => {
    const arn = (partition: string) => `arn:${partition}:iam::123456789012:role/video/api`;
    const attach = (partition: string, roleNames: Record<string, string>) =>
      synthesize((scope) => {
        new RemotionExecutionRolePolicy(scope, "it", { partition, roleNames });
      }).resource("aws_iam_role_policy_attachment");

    expect(attach("aws-cn", { api: arn("aws-cn") })).toEqual({
      for_each: { api: arn("aws-cn") },
      role: "${basename(each.value)}",
      policy_arn: expect.any(String),
    });
    expect(() => attach("aws", { api: arn("aws-cn") })).toThrow(
      `stack/it: roleNames.api is "${arn("aws-cn")}", which is not in the partition "aws": give what is in it, or set partition.`,
    );
  });

  it("are none by default", () => {
    const stack = synthesize((scope) => {
      new RemotionExecutionRolePolicy(scope, "policy");
    });

    expect(stack.resource("aws_iam_role_policy_attachment")["for_each"]).toEqual({});
  });

  it("may be known to Terraform only", () => {
    const stack = synthesize((scope) => {
      const roleNames = Token.asStringMap(variable(scope, "roles").value);
      new RemotionExecutionRolePolicy(scope, "policy", { roleNames });
    });

    expect(stack.resource("aws_iam_role_policy_attachment")["for_each"]).toBe("${var.roles}");
  });
});

describe("where only Terraform knows whether the policy is made", () => {
  it("it has a count, its outputs are null without it, and it is attached to no role", () => {
    const stack = synthesize((scope) => {
      const create = variable(scope, "create").booleanValue;
      const roleNames = Token.asStringMap(variable(scope, "roles").value);
      const policy = new RemotionExecutionRolePolicy(scope, "policy", { create, roleNames });
      new TerraformOutput(scope, "arn", { value: policy.policyArn });
      new TerraformOutput(scope, "name", { value: policy.policyName });
    });

    expect(stack.resource("aws_iam_policy")["count"]).toBe("${var.create ? 1 : 0}");
    expect(stack.resource("aws_iam_role_policy_attachment")).toMatchObject({
      for_each: "${var.create ? var.roles : {}}",
      role: "${basename(each.value)}",
      policy_arn: expect.stringMatching(/^\$\{aws_iam_policy\.[\w-]+\[0\]\.arn\}$/),
      lifecycle: IN_PARTITION,
    });
    expect(stack.json["output"]).toEqual({
      arn: { value: expect.stringMatching(/^\$\{one\(aws_iam_policy\.[\w-]+\[\*\]\.arn\)\}$/) },
      name: { value: expect.stringMatching(/^\$\{one\(aws_iam_policy\.[\w-]+\[\*\]\.name\)\}$/) },
    });
  });

  it("plain role names go through a local", () => {
    const stack = synthesize((scope) => {
      const create = variable(scope, "create").booleanValue;
      new RemotionExecutionRolePolicy(scope, "policy", { create, roleNames: { apiServer: "api" } });
    });
    const { for_each } = stack.resource("aws_iam_role_policy_attachment");
    const [, local] = /^\$\{var\.create \? (local\.[\w-]+) : \{\}\}$/.exec(String(for_each)) ?? [];

    expect(stack.local(`\${${local}}`)).toEqual({ apiServer: "api" });
  });
});

/** What Terraform checks of an ARN that only it knows. */
/** What the attachments require of a role that only Terraform knows. */
const IN_PARTITION = {
  precondition: [
    expect.objectContaining({
      error_message: expect.stringContaining("which is not a role's name or ARN"),
    }),
    expect.objectContaining({
      error_message: expect.stringContaining('${each.value} is not in the partition "aws". Give '),
    }),
  ],
};

function variable(scope: TerraformStack, id: string): TerraformVariable {
  return new TerraformVariable(scope, id, { type: "any" });
}
