import { TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { RemotionExecutionRolePolicy } from "../../../lib/constructs/remotion-executionrole-policy.js";
import { RemotionLambdaRole } from "../../../lib/constructs/remotion-lambda-role.js";
import { RemotionUser } from "../../../lib/constructs/remotion-user.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { synthesize } from "../support/synthesize.js";

/** A resource with a name, and how a construct comes by that name. */
interface Named {
  readonly kind: string;
  readonly limit: number;
  readonly build: (scope: Construct, name: string) => void;
}

const NAMED: Record<string, Named> = {
  aws_iam_user: {
    kind: "user",
    limit: 64,
    build: (scope, name) => new RemotionUser(scope, "it", { name }),
  },
  aws_iam_user_policy: {
    kind: "policy",
    limit: 128,
    build: (scope, policyName) => new RemotionUser(scope, "it", { policyName }),
  },
  aws_iam_role: {
    kind: "role",
    limit: 64,
    build: (scope, name) => new RemotionLambdaRole(scope, "it", { name }),
  },
  aws_iam_role_policy: {
    kind: "policy",
    limit: 128,
    build: (scope, policyName) => new RemotionLambdaRole(scope, "it", { policyName }),
  },
  aws_iam_policy: {
    kind: "policy",
    limit: 128,
    build: (scope, name) => new RemotionExecutionRolePolicy(scope, "it", { name }),
  },
};

describe.each(Object.entries(NAMED))("the name of an %s", (type, { kind, limit, build }) => {
  /** Conditions and messages of the resource's preconditions that are on its name. */
  const preconditions = (nameOf: (token: string) => string) => {
    const { resource } = synthesize((stack) => {
      const variable = new TerraformVariable(stack, "suffix", { type: "string" });
      build(stack, nameOf(variable.stringValue));
    });
    const { lifecycle } = resource(type) as { lifecycle?: { precondition: JsonObject[] } };
    return (lifecycle?.precondition ?? []).filter(({ error_message }) =>
      String(error_message).includes("'s name "),
    );
  };

  it("is measured by Terraform where it is put together from parts", () => {
    expect(preconditions((token) => `staging-${token}`)).toEqual([
      {
        condition: `\${length("staging-\${var.suffix}") <= ${limit}}`,
        error_message: `The ${kind}'s name staging-\${var.suffix} has \${length("staging-\${var.suffix}")} characters, and AWS allows ${limit}: shorten the prefix or the name.`,
      },
    ]);
  });

  it.each([
    ["plain, and checked at once", () => "plain-name"],
    ["one token, and checked where it comes from", (token: string) => token],
  ])("is not where it is %s", (_what, nameOf) => {
    expect(preconditions(nameOf)).toEqual([]);
  });
});

describe("a policy whose name is put together from parts", () => {
  it("is still measured against its quota, beside its name", () => {
    const { resource } = synthesize((stack) => {
      const prefix = new TerraformVariable(stack, "prefix", { type: "string" });
      new RemotionLambdaRole(stack, "it", { policyName: `${prefix.stringValue}policy` });
    });
    const { lifecycle } = resource("aws_iam_role_policy") as {
      lifecycle: { precondition: JsonObject[] };
    };

    expect(lifecycle.precondition.map(({ condition }) => condition)).toEqual([
      '${length("${var.prefix}policy") <= 128}',
      expect.stringMatching(/policy_size.* <= 10240\}$/),
    ]);
  });
});
