import { describe, expect, it } from "vitest";
import { policySize, QUOTAS } from "../../../lib/iam/quotas.js";
import { userPolicy } from "../../../lib/remotion/policies.js";
import type { Verification } from "../../../lib/verify/answer.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options } from "../verify/support.js";
import { allowing, readingOf } from "./support/template.js";

/* What IAM takes no more of, in templates: policies stand in who has them, or are resources of their own. */

const BUCKET = "arn:aws:s3:::";
const SHORTEST = JSON.stringify(allowing(BUCKET)).length;
const long = (size: number) => allowing(`${BUCKET}${"x".repeat(size - SHORTEST)}`);
const own = (PolicyName: string, PolicyDocument: object) => ({ PolicyName, PolicyDocument });
const User = (...Policies: readonly object[]) => ({
  Type: "AWS::IAM::User",
  Properties: { UserName: "remotion-user", Policies },
});
const Inline = (PolicyName: string, PolicyDocument: object) => ({
  Type: "AWS::IAM::Policy",
  Properties: { PolicyName, PolicyDocument, Users: [{ Ref: "User" }] },
});
const Managed = (ManagedPolicyName: string, PolicyDocument: object) => ({
  Type: "AWS::IAM::ManagedPolicy",
  Properties: { ManagedPolicyName, PolicyDocument, Users: [{ Ref: "User" }] },
});
const Group = (PolicyDocument: object) => ({
  Group: {
    Type: "AWS::IAM::Group",
    Properties: { GroupName: "group", Policies: [own("g", PolicyDocument)] },
  },
  In: {
    Type: "AWS::IAM::UserToGroupAddition",
    Properties: { GroupName: "group", Users: [{ Ref: "User" }] },
  },
});

function verified(Resources: object): Verification {
  const named = [{ name: "remotion-user", actor: "user" }] as const;
  const { verified: all } = verifyReading(
    readingOf({ Resources }),
    options({ named, fixes: true }),
  );
  const [first] = all;
  if (first === undefined) {
    throw new Error("Nobody in the template has to do with Remotion.");
  }
  return first;
}

const refused = (what: string, size: number, most: number) =>
  `AWS refuses ${what}, of ${size} characters without white space: ${most} at most.`;

describe("policies that are longer than AWS takes them", () => {
  it.each<[string, object, string | undefined]>([
    ["as long as that, in a user", { User: User(own("p", long(2048))) }, undefined],
    ["in a user", { User: User(own("p", long(2049))) }, refused("its inline policies", 2049, 2048)],
    [
      "in a user and beside it",
      { User: User(own("p", long(1000))), P: Inline("q", long(1049)) },
      refused("its inline policies", 2049, 2048),
    ],
    ["in a group", { User: User(), ...Group(long(5000)) }, undefined],
    ["as long as that, managed", { User: User(), M: Managed("m", long(6144)) }, undefined],
    [
      "managed",
      { User: User(), M: Managed("m", long(6145)) },
      refused("the managed policy m", 6145, 6144),
    ],
  ])("%s", (_what, Resources, sentence) => {
    expect(verified(Resources).notes).toEqual(sentence === undefined ? [] : [sentence]);
  });
});

describe("what is missing fits into what is left", () => {
  const { Statement, Version } = userPolicy({ profile: "render" });
  const lacking = { Version, Statement: Statement.slice(1) };
  const left = QUOTAS.inlinePoliciesOfUser - policySize(lacking);

  it.each<[string, object]>([
    ["of the policies in a user", { User: User(own("p", lacking)) }],
    ["of the policies beside a user", { User: User(), P: Inline("p", lacking) }],
    ["where a group has more", { User: User(own("p", lacking)), ...Group(long(3000)) }],
  ])("%s", (_what, Resources) => {
    expect(verified(Resources).fix).toMatchObject({ as: "inline policy", most: left });
  });
});
