import { describe, expect, it } from "vitest";
import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document.js";
import committed from "./fixtures/every-policy.json" with { type: "json" };
import { digest, everyPolicy, type MadePolicy } from "./support/every-policy.js";

describe("every policy of every profile × narrowing × option", () => {
  const made = everyPolicy();

  // The fixture was committed before the inputs were changed. `npx vitest -u` does not write it: whoever changes
  // what a policy grants says so here, in a table of their own.
  it("is what it was, but for the account of buckets", () => {
    const digests = Object.fromEntries(
      made.map(({ name, policy }) => [name, digest(before(policy))]),
    );
    expect(digests).toEqual(committed);
  });

  it("asks whose a bucket is where the account is given, and nowhere in the profile full", () => {
    const wrong = made.filter((one) =>
      one.policy.Statement.some(
        (statement) =>
          isLimited(statement) !== (hasAccount(one) && isOnRemotionsBuckets(statement)),
      ),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
    expect(made.filter(hasAccount)).not.toEqual([]);
  });

  it("is one of many", () => {
    expect(made.length).toBeGreaterThan(1200);
    expect(new Set(made.map(({ name }) => name)).size).toBe(made.length);
  });
});

/** What statements on buckets say since `account_id` narrows S3, too. */
const ACCOUNT = { StringLike: { "aws:ResourceAccount": "123456789012" } };

function isLimited({ Condition }: Statement): boolean {
  return JSON.stringify(Condition) === JSON.stringify(ACCOUNT);
}

function isOnRemotionsBuckets({ Resource }: Statement): boolean {
  return Resource.some((resource) => /^arn:aws(?:-cn)?:s3:::remotionlambda-/.test(resource));
}

function hasAccount({ name, options }: MadePolicy): boolean {
  return options.accountId !== undefined && !/^(?:user|role) full /.test(name);
}

/** A policy without the condition on the account of buckets. */
function before(policy: PolicyDocument): PolicyDocument {
  const Statement = policy.Statement.map((statement) => {
    const { Condition: _account, ...rest } = statement;
    return isLimited(statement) ? rest : statement;
  });
  return { ...policy, Statement };
}
