import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../lib/iam/policy-document.js";
import type { Verification } from "../../lib/verify/answer.js";
import type { VerifyOptions } from "../../lib/verify/verify-options.js";
import { verifyReading } from "../../lib/verify/verify-reading.js";
import { options, policy as policyNamed, principal } from "../unit/verify/support.js";
import { type Mutation, mutationsOf } from "./support/mutations.js";
import { POLICIES_UNDER_TEST } from "./support/policies-under-test.js";
import { report } from "./support/report.js";

/** Remotion's own policy has these, and no API of 4.0.527 calls them. */
const NEVER_CALLED = ["Storage: s3:DeleteBucket", "FunctionManagement: lambda:InvokeAsync"];

function verified(name: string, document: PolicyDocument): Verification {
  const [actor, profile] = name.split(" ");
  const named = [{ name, actor, profile }] as VerifyOptions["named"];
  const whoever = principal({ kind: "policy", name, policies: [policyNamed(name, document)] });
  const { verified: found } = verifyReading(
    { source: "policy", principals: [whoever] },
    options({ named }),
  );
  if (found[0] === undefined) {
    throw new Error(`Nothing is said of ${name}.`);
  }
  return found[0];
}

const apisThat = ({ apis }: Verification, ...answers: readonly string[]) =>
  apis.filter(({ answer }) => answers.includes(answer));

describe("verify misses nothing in a whole profile, and names an API for whatever is taken away", () => {
  it.each(POLICIES_UNDER_TEST)("$name", ({ name, policyOf }) => {
    const policy = policyOf({});
    const mutations = mutationsOf(policy);
    const unnoticed = mutations.filter(
      (mutation: Mutation) =>
        apisThat(verified(name, mutation.policy), "missing", "tolerated").length === 0,
    );
    report(`verify, ${name}: ${mutations.length} mutations, ${unnoticed.length} unnoticed`);

    expect(apisThat(verified(name, policy), "missing", "untold", "tolerated")).toEqual([]);
    expect(unnoticed.map(({ without }) => without)).toEqual(
      name === "user full" ? NEVER_CALLED : [],
    );
  });
});
