import { describe, expect, it } from "vitest";
import { userPolicy } from "../../../lib/remotion/policies.js";
import type { Principal } from "../../../lib/terraform/principal.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, principal } from "./support.js";

const POLICY = userPolicy();
const FIRST_USER = "arn:aws:iam::123456789012:user/first";
const DENYING = {
  ...POLICY,
  Statement: [
    ...POLICY.Statement,
    { Sid: "NoListing", Effect: "Deny", Action: ["s3:ListAllMyBuckets"], Resource: ["*"] },
    { Sid: "Further", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::b/*"] },
  ],
};
/** Of users, it may ask about the first one only. */
const FIRST_ONLY = {
  ...POLICY,
  Statement: POLICY.Statement.map((statement) =>
    statement.Action.includes("iam:SimulatePrincipalPolicy")
      ? { ...statement, Resource: [FIRST_USER, "arn:aws:iam::123456789012:role/*"] }
      : statement,
  ),
};

const user = (name: string, document: unknown, boundary?: unknown): Principal =>
  principal({
    kind: "user",
    name,
    address: `aws_iam_user.${name}`,
    policies: [{ name: `policy-of-${name}`, address: "", document }],
    boundary: boundary === undefined ? undefined : { arn: `limit-of-${name}`, document: boundary },
  });

const verified = (...principals: Principal[]) =>
  verifyReading(
    { source: "plan", principals },
    options({ profile: "full", roleProfile: "full" }),
  ).verified.map(({ principal: name, apis, excess }) => ({
    principal: name,
    because: [
      ...new Set(
        apis.flatMap(({ calls }) =>
          calls.flatMap(({ answer, because = "" }) => (answer === "allowed" ? [] : [because])),
        ),
      ),
    ],
    excess: excess.map(({ policy }) => policy),
  }));

describe("principals with one and the same document", () => {
  it("are told which of their own policies denies or allows too much", () => {
    expect(verified(user("first", DENYING), user("second", DENYING))).toEqual(
      ["first", "second"].map((name) => ({
        principal: name,
        because: [`policy-of-${name}, statement NoListing, denies it`],
        excess: [`policy-of-${name}`],
      })),
    );
  });

  it("are told apart by what names them", () => {
    const [first, second] = verified(user("first", FIRST_ONLY), user("second", FIRST_ONLY));

    expect(first?.because).toEqual([]);
    expect(second?.because).toEqual(["it is allowed on other resources only"]);
  });

  it("are told apart by their boundaries", () => {
    const limit = { Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } };
    const [free, limited] = verified(user("free", POLICY), user("limited", POLICY, limit));

    expect(free?.because).toEqual([]);
    expect(limited?.because).toEqual(["the permissions boundary does not allow it"]);
  });
});
