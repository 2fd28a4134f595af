import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import type { Principal, Reading } from "../../../lib/terraform/principal.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options } from "../verify/support.js";
import { ACCOUNT, planText, type SetUp, setUp, templateOf, Writer } from "./support/set-ups.js";
import { readingOf } from "./support/template.js";

/*
 * The same users, roles, groups and policies, drawn at random, as a template and as a plan: each gives the same
 * principals, and `verify` says the same of them.
 */

/** A principal without where it stands, and its policies in the order of their names. */
function plain({ kind, name, arn, policies, boundary, trust: trusted, unread }: Principal): object {
  return {
    kind,
    name,
    arn,
    policies: policies
      .map((policy) => ({ name: policy.name, document: policy.document }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    boundary,
    trust: trusted,
    unread,
  };
}

const byName = (one: { readonly name: string }, other: { readonly name: string }) =>
  one.name < other.name ? -1 : 1;

/** What both say of a set-up, those in them in the order of their names. */
function bothOf(drawn: SetUp, stream: Iterator<number>): readonly [Reading, Reading] {
  const template = templateOf(drawn, new Writer(() => stream.next().value));
  const [one, other] = [
    readingOf(template, { "AWS::AccountId": ACCOUNT }),
    readPrincipals(planText(drawn)),
  ].map(({ source, principals }) => ({
    source,
    // Of several policies that deny something, the first is named.
    principals: principals
      .map((principal) => ({ ...principal, policies: [...principal.policies].sort(byName) }))
      .sort(byName),
  }));
  return [one, other] as [Reading, Reading];
}

describe("a set-up as a template", () => {
  it("gives the principals that it gives as a plan", () => {
    fc.assert(
      fc.property(setUp, fc.infiniteStream(fc.nat(1000)), (drawn, stream) => {
        const [template, plan] = bothOf(drawn, stream);

        expect(template.principals).not.toEqual([]);
        expect(template.principals.map(plain)).toEqual(plan.principals.map(plain));
      }),
      { numRuns: 50 },
    );
  });

  it("is verified as it is as a plan", () => {
    fc.assert(
      fc.property(setUp, fc.infiniteStream(fc.nat(1000)), (drawn, stream) => {
        const [template, plan] = bothOf(drawn, stream).map((reading) =>
          verifyReading(reading, options()).verified.map(({ principal, part, apis }) => ({
            principal,
            part,
            apis,
          })),
        );

        expect(template).not.toEqual([]);
        expect(template).toEqual(plan);
      }),
      { numRuns: 3 },
    );
  });
});
