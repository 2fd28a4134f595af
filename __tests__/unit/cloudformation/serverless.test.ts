import { describe, expect, it } from "vitest";
import { UnknownPart } from "../../../lib/iam/evaluate/unknown-part.js";
import { fixture, principalAt, readingOf, trusting } from "./support/template.js";

/* What `npm run refresh-templates` had SAM make of sam.yaml, and what is made of sam.yaml here. */
describe("a template of SAM", () => {
  const own = readingOf(fixture("sam.yaml")).principals;
  const transformed = readingOf(fixture("sam.transformed.json")).principals;
  const addresses = transformed.map(({ address }) => address).sort();

  it("has the roles that SAM makes", () => {
    expect(addresses).toEqual(["FlowRole", "OwnRole", "ReadRole", "RenderRole"]);
    expect(own.map(({ address }) => address).sort()).toEqual(addresses);
  });

  it.each(addresses)("has the same in %s", (at) => {
    const [here, there] = [own, transformed].map((all) =>
      all.find(({ address }) => address === at),
    );
    const byName = (one: { name: string }, other: { name: string }) =>
      one.name < other.name ? -1 : 1;
    const plain = (found: typeof here) => ({
      ...found,
      policies: found?.policies
        .map(({ name, document }) =>
          // What SAM's own template allows is not worked out.
          name === "ReadRolePolicy0" ? { name, document: "S3ReadPolicy" } : { name, document },
        )
        .sort(byName),
      unread: found?.unread.map(({ name, arn }) => ({ name, arn })).sort(byName),
    });

    expect(plain(here)).toEqual(plain(there));
  });

  it("says what one of SAM's templates of policies leaves open, which denies nothing", () => {
    const { policies } = principalAt("ReadRole", fixture("sam.yaml"));
    const policy = policies.find(({ name }) => name === "ReadRolePolicy0");
    const [statement] = Object(policy?.document).Statement;

    expect(statement.Effect).toBe("Allow");
    expect(statement.Action).toBeInstanceOf(UnknownPart);
    expect(statement.Action.cause).toBe(
      "what SAM's policy template S3ReadPolicy allows is not worked out",
    );
  });
});

describe("the trust policy in Globals", () => {
  const trustOf = (Properties: object) =>
    principalAt("FnRole", {
      Transform: "AWS::Serverless-2016-10-31",
      Globals: { Function: { AssumeRolePolicyDocument: trusting("ecs-tasks.amazonaws.com") } },
      Resources: { Fn: { Type: "AWS::Serverless::Function", Properties } },
    }).trust;

  it("is that of the role that SAM makes", () => {
    expect(trustOf({})).toEqual(trusting("ecs-tasks.amazonaws.com"));
  });

  it("is not told where the function has one, too", () => {
    const trust = trustOf({ AssumeRolePolicyDocument: trusting("lambda.amazonaws.com") });
    expect(trust).toBeInstanceOf(UnknownPart);
  });
});

/* SAM makes a role where a function has none, which a condition may choose. */
describe("a role that a condition chooses", () => {
  const OTHER = "arn:aws:iam::111111111111:role/other";
  const NONE = { Ref: "AWS::NoValue" };
  const reading = (Role: unknown, stage: object = {}, rest: object = {}) =>
    readingOf({
      Transform: "AWS::Serverless-2016-10-31",
      Parameters: { Stage: { Type: "String", ...stage } },
      Conditions: {
        Prod: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] },
        Test: { "Fn::Equals": [{ Ref: "Stage" }, "test"] },
      },
      Resources: {
        Fn: { Type: "AWS::Serverless::Function", ...rest, Properties: { Role } },
        Other: { Type: "AWS::IAM::User", Properties: { UserName: "other" } },
      },
    }).principals.filter(({ kind }) => kind === "role");
  const open = { "Fn::If": ["Prod", OTHER, NONE] };

  it.each<[string, unknown, object, string, boolean]>([
    ["none", undefined, {}, "prod", true],
    ["no value", NONE, {}, "prod", true],
    ["another one", OTHER, {}, "prod", false],
    ["another one, by a condition that holds", open, {}, "prod", false],
    ["another one, by a condition that does not hold", open, {}, "dev", true],
    ["none, by a condition that holds", { "Fn::If": ["Prod", NONE, OTHER] }, {}, "prod", true],
    ["none either way", { "Fn::If": ["Prod", NONE, NONE] }, {}, "dev", true],
    ["one of two", { "Fn::If": ["Prod", OTHER, OTHER] }, {}, "dev", false],
    [
      "none in the second of two",
      { "Fn::If": ["Prod", OTHER, { "Fn::If": ["Test", NONE, OTHER] }] },
      {},
      "test",
      true,
    ],
    [
      "another in the second of two",
      { "Fn::If": ["Prod", OTHER, { "Fn::If": ["Test", NONE, OTHER] }] },
      {},
      "dev",
      false,
    ],
    ["none, in what is not made", open, { Condition: "Prod" }, "dev", false],
    ["none, in what is made", open, { Condition: "Test" }, "test", true],
  ])("is made, or not, for a function with %s", (_what, role, rest, Default, isMade) => {
    const roles = reading(role, { Default }, rest);
    expect(roles.map(({ address, notes, runs }) => [address, notes, runs])).toEqual(
      isMade ? [["FnRole", [], ["Fn"]]] : [],
    );
  });

  it("may be made where the condition is open", () => {
    expect(reading(open).map(({ address, notes }) => [address, notes])).toEqual([
      [
        "FnRole",
        ["Whether FnRole is made, and how often, is not told: the parameter Stage has no default."],
      ],
    ]);
  });
});

describe("a policy that a condition chooses", () => {
  const own = (Sid: string) => ({
    Version: "2012-10-17",
    Statement: [{ Sid, Effect: "Allow", Action: "s3:*", Resource: "*" }],
  });
  const NONE = { Ref: "AWS::NoValue" };
  const policiesOf = (Policies: unknown, stage: object) =>
    principalAt("FnRole", {
      Transform: "AWS::Serverless-2016-10-31",
      Parameters: { Stage: { Type: "String", ...stage } },
      Conditions: { Prod: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] } },
      Resources: { Fn: { Type: "AWS::Serverless::Function", Properties: { Policies } } },
    });
  const sidsOf = (Policies: unknown, Default: string) =>
    policiesOf(Policies, { Default }).policies.flatMap(({ document }) =>
      Object(document).Statement.map(({ Sid }: { Sid?: string }) => Sid),
    );

  it.each<[string, unknown, string, readonly string[]]>([
    ["one, or none", [{ "Fn::If": ["Prod", own("A"), NONE] }], "prod", ["A"]],
    ["none, or one", [{ "Fn::If": ["Prod", NONE, own("A")] }], "prod", []],
    ["one of two", [own("A"), { "Fn::If": ["Prod", own("B"), own("C")] }], "dev", ["A", "C"]],
    ["outside of a list", { "Fn::If": ["Prod", own("A"), NONE] }, "prod", ["A"]],
    [
      "of three",
      [{ "Fn::If": ["Prod", own("A"), { "Fn::If": ["Prod", own("B"), own("C")] }] }],
      "dev",
      ["C"],
    ],
  ])("is %s", (_title, policies, stage, sids) => {
    // AWSLambdaBasicExecutionRole has no Sid.
    expect(sidsOf(policies, stage).filter((sid) => sid !== undefined)).toEqual(sids);
  });

  it("may be one of SAM's templates", () => {
    const template = { S3ReadPolicy: { BucketName: "b" } };
    const { policies } = policiesOf([{ "Fn::If": ["Prod", template, NONE] }], { Default: "prod" });
    const open = policies.find(({ name }) => name === "FnRolePolicy0");

    expect(Object(open?.document).Statement[0].Action.cause).toBe(
      "what SAM's policy template S3ReadPolicy allows is not worked out",
    );
  });

  it("is in doubt where the condition is open", () => {
    const { policies } = policiesOf([{ "Fn::If": ["Prod", own("A"), own("B")] }], {});
    const chosen = policies.filter(({ name }) => name === "FnRolePolicy0");

    expect(chosen.length).toBeGreaterThan(0);
    for (const { document } of chosen) {
      expect(Object(document).Statement[0].Condition).toBeInstanceOf(UnknownPart);
    }
  });

  it("may be one of AWS's own, by its name", () => {
    const { unread, policies } = policiesOf([{ "Fn::If": ["Prod", "AmazonS3FullAccess", NONE] }], {
      Default: "prod",
    });

    expect(unread).toEqual([]);
    expect(policies.map(({ name }) => name)).toContain("AmazonS3FullAccess");
  });

  it("is not told where it is one of a text and a document", () => {
    const { unread } = policiesOf([{ "Fn::If": ["Prod", own("A"), "AmazonS3FullAccess"] }], {
      Default: "prod",
    });

    expect(unread).toHaveLength(1);
  });
});
