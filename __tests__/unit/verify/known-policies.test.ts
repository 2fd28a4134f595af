import { describe, expect, it } from "vitest";
import type { Principal } from "../../../lib/terraform/principal.js";
import { KnownPolicies } from "../../../lib/verify/known-policies.js";
import { principal } from "./support.js";

const DOCUMENT = { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" } };
const OTHER = { Statement: { Effect: "Deny", Action: "s3:GetObject", Resource: "*" } };
const ODD = { Statement: { Effect: "Allow", Action: "s3:GetObject" } };

const role = (number: number, more: Partial<Principal> = {}): Principal =>
  principal({
    kind: "role",
    name: `role-${number}`,
    address: `aws_iam_role.this[${number}]`,
    policies: [{ name: "own", address: `aws_iam_role.this[${number}]`, document: DOCUMENT }],
    ...more,
  });

const own = (number: number, name: string, document: unknown): Partial<Principal> => ({
  policies: [{ name, address: `aws_iam_role.this[${number}]`, document }],
});

describe("the policies of principals", () => {
  it("are the same for all who have the same, wherever these stand", () => {
    const known = new KnownPolicies(false);
    const limited = { boundary: { arn: "arn:aws:iam::*:policy/b", document: OTHER } };

    expect(known.attachedTo(role(1))).toBe(known.attachedTo(role(2)));
    expect(known.attachedTo(role(1, limited))).toBe(known.attachedTo(role(2, limited)));
  });

  const unread = {
    name: "a",
    arn: undefined,
    address: "",
    cause: "it is not in the file",
    give: "it",
    maybe: false,
    mayDeny: true,
  };
  it.each<{ readonly of: string; readonly more: Partial<Principal> }>([
    { of: "another document", more: own(2, "own", OTHER) },
    { of: "another name", more: own(2, "other", DOCUMENT) },
    { of: "a policy more", more: { policies: [...role(2).policies, ...role(2).policies] } },
    { of: "a boundary", more: { boundary: { arn: "arn:b", document: OTHER } } },
    {
      of: "a boundary that is not told",
      more: { boundary: { arn: "arn:b", document: undefined } },
    },
    { of: "a policy that is not read", more: { unread: [unread] } },
    { of: "one that may be there", more: { unread: [{ ...unread, maybe: true }] } },
  ])("are others where there is $of", ({ more }) => {
    const known = new KnownPolicies(false);
    const found = known.attachedTo(role(2, more));

    expect(found).not.toBe(known.attachedTo(role(1)));
    expect(found).toBe(known.attachedTo(role(3, more)));
    expect(found.names.slice(0, -1)).toEqual(role(2, more).policies.map(({ name }) => name));
  });

  it("are others where the same boundary has another ARN", () => {
    const known = new KnownPolicies(false);
    const limited = (arn: string) => role(1, { boundary: { arn, document: OTHER } });

    expect(known.attachedTo(limited("arn:a")).names).toEqual(["own", "arn:a"]);
    expect(known.attachedTo(limited("arn:b")).names).toEqual(["own", "arn:b"]);
  });

  it("say of each principal by itself what is odd about them, with the address", () => {
    const known = new KnownPolicies(false);
    const remarks = [1, 2].map((number) =>
      known.attachedTo(role(number, own(number, "own", ODD))).remarks.join(),
    );

    expect(remarks[0]).toContain("aws_iam_role.this[1]");
    expect(remarks[1]).toContain("aws_iam_role.this[2]");
  });
});
