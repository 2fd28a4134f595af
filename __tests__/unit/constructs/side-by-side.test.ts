import { TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { describe, expect, it } from "vitest";
import { RemotionBucketGrants } from "../../../lib/constructs/remotion-bucket-grants.js";
import { RemotionExecutionRole } from "../../../lib/constructs/remotion-execution-role.js";
import { RemotionExecutionRolePolicy } from "../../../lib/constructs/remotion-executionrole-policy.js";
import { RemotionLambdaRole } from "../../../lib/constructs/remotion-lambda-role.js";
import { RemotionUser } from "../../../lib/constructs/remotion-user.js";
import { moduleStack } from "../support/module-stack.js";
import { synthesize } from "../support/synthesize.js";

type Make = (scope: Construct, id: string) => Construct;

const CONSTRUCTS: Record<string, Make> = {
  RemotionUser: (scope, id) =>
    new RemotionUser(scope, id, { name: id, policyType: "managed", createAccessKey: true }),
  RemotionLambdaRole: (scope, id) => new RemotionLambdaRole(scope, id, { name: id }),
  RemotionExecutionRolePolicy: (scope, id) =>
    new RemotionExecutionRolePolicy(scope, id, { name: id, roleNames: { api: "api" } }),
  RemotionExecutionRole: (scope, id) =>
    new RemotionExecutionRole(scope, id, {
      name: id,
      trustedServices: ["ec2.amazonaws.com", "lambda.amazonaws.com"],
      policyArns: { video: "arn:aws:iam::123456789012:policy/video" },
      logFunctionNames: ["api"],
      createInstanceProfile: true,
    }),
  RemotionBucketGrants: (scope, id) =>
    new RemotionBucketGrants(scope, id, {
      policyName: id,
      outputBuckets: [{ name: `${id}-bucket`, prefix: "", access: "write" }],
      roleNames: { api: "api" },
    }),
};

describe.each(Object.entries(CONSTRUCTS))("two of %s in one stack", (_name, make) => {
  it("have addresses of their own, in an ordinary stack", () => {
    let declared = 0;
    const { json } = synthesize((stack) => {
      make(stack, "first");
      make(stack, "second");
      declared = elementsOf(stack);
    });

    expect(addressesIn(json)).toBe(declared);
  });

  it("have addresses of their own, in a module", () => {
    const stack = moduleStack();
    make(stack, "first");
    make(stack, "second");

    expect(addressesIn(stack.toTerraform())).toBe(elementsOf(stack));
  });

  it("have nothing of the other's", () => {
    const alone = synthesize((stack) => void make(stack, "first"));
    const both = synthesize((stack) => {
      make(stack, "first");
      make(stack, "second");
    });

    expect(both.json).toMatchObject(alone.json);
  });
});

/** How many locals and resources were declared below a stack. */
function elementsOf(stack: TerraformStack): number {
  const elements = stack.node.findAll().filter(TerraformElement.isTerraformElement);
  return elements.filter(
    (element) => !TerraformStack.isStack(element) && !/[Pp]rovider/.test(element.constructor.name),
  ).length;
}

/** How many locals and resources were synthesized. */
function addressesIn(terraform: Readonly<Record<string, unknown>>): number {
  const resources = Object.values(terraform["resource"] ?? {});
  const names = [terraform["locals"] ?? {}, ...resources].flatMap((byName) => Object.keys(byName));
  return names.length;
}
