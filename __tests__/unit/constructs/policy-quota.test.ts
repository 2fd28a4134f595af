import type { TerraformStack } from "cdktf";
import { describe, expect, it } from "vitest";
import { RemotionExecutionRolePolicy } from "../../../lib/constructs/remotion-executionrole-policy.js";
import { RemotionLambdaRole } from "../../../lib/constructs/remotion-lambda-role.js";
import { RemotionUser } from "../../../lib/constructs/remotion-user.js";
import { policySize, QUOTAS } from "../../../lib/iam/quotas.js";
import type { OutputBucket } from "../../../lib/remotion/output-bucket.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { synthesize } from "../support/synthesize.js";

/** A policy that grows step by step with what is asked of it. */
interface Growing {
  readonly quota: number;
  readonly sizeAt: (step: number) => number;
  readonly build: (scope: TerraformStack, step: number) => void;
  readonly wayOut: string;
}

const POLICIES: Record<string, Growing> = {
  "the inline policy of the user": {
    quota: QUOTAS.inlinePoliciesOfUser,
    sizeAt: (step) => policySize(userPolicy({ lambdaRolePath: pathOf(step) })),
    build: (scope, step) => new RemotionUser(scope, "it", { lambdaRolePath: pathOf(step) }),
    wayOut: 'make it a managed policy (policyType = "managed")',
  },
  "the inline policy of the role": {
    quota: QUOTAS.inlinePoliciesOfRole,
    sizeAt: (step) => policySize(rolePolicy({ outputBuckets: bucketsOf(step) })),
    build: (scope, step) => new RemotionLambdaRole(scope, "it", { outputBuckets: bucketsOf(step) }),
    wayOut: "grant some of the output buckets through the module remotion-bucket-grants.",
  },
  "the managed policy of the role": {
    quota: QUOTAS.managedPolicy,
    sizeAt: (step) => policySize(rolePolicy({ outputBuckets: bucketsOf(step) })),
    build: (scope, step) =>
      new RemotionLambdaRole(scope, "it", {
        outputBuckets: bucketsOf(step),
        policyType: "managed",
      }),
    wayOut: 'make it an inline policy (policyType = "inline"), which may have 10240',
  },
  "the inline policy of a user, for a folder whose characters take six each": {
    quota: QUOTAS.inlinePoliciesOfUser,
    sizeAt: (step) => policySize(userPolicy({ outputBuckets: folderOf(step) })),
    build: (scope, step) => new RemotionUser(scope, "it", { outputBuckets: folderOf(step) }),
    wayOut: 'make it a managed policy (policyType = "managed")',
  },
  "the policy of callers": {
    quota: QUOTAS.managedPolicy,
    sizeAt: (step) => policySize(userPolicy({ outputBuckets: bucketsOf(step) })),
    build: (scope, step) =>
      new RemotionExecutionRolePolicy(scope, "it", { outputBuckets: bucketsOf(step) }),
    wayOut: "grant some of the output buckets through the module remotion-bucket-grants.",
  },
};

describe.each(Object.entries(POLICIES))("%s", (_policy, { quota, sizeAt, build, wayOut }) => {
  const largest = largestFitting(sizeAt, quota);

  it(`may have nearly ${quota} characters`, () => {
    expect(quota - sizeAt(largest)).toBeLessThan(100);
    expect(() => synthesize((scope) => build(scope, largest))).not.toThrow();
  });

  it("is refused at once beyond that, with its size, the quota and the way out", () => {
    const tooLarge = () => synthesize((scope) => build(scope, largest + 1));

    expect(tooLarge).toThrow(/^stack\/it\//);
    expect(tooLarge).toThrow(
      `has ${sizeAt(largest + 1)} characters without white space, and AWS allows ${quota}`,
    );
    expect(tooLarge).toThrow(wayOut);
  });
});

/** The last step within the quota. */
function largestFitting(sizeAt: (step: number) => number, quota: number): number {
  let step = 1;
  while (sizeAt(step + 1) <= quota) {
    step += 1;
  }
  return step;
}

function folderOf(step: number): OutputBucket[] {
  return [{ name: "acme-videos", prefix: `${"&".repeat(step)}/`, access: "delete" }];
}

function pathOf(step: number): string {
  return `/${"p".repeat(step)}/`;
}

function bucketsOf(step: number): OutputBucket[] {
  return Array.from({ length: step }, (_, index) => ({
    name: `acme-${index + 100}`,
    prefix: "",
    access: "read",
  }));
}
