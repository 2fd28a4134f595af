import { describe, expect, it } from "vitest";
import { grantedBy } from "../../../scripts/side-by-side/granted.js";
import {
  figuresOf,
  figuresOfFolders,
  linesOf,
} from "../../../scripts/side-by-side/source-figures.js";
import type { ResourceChange } from "../../support/workspace.js";

/** A resource that is made with a policy, under the name that the attribute has. */
function made(attribute: "policy" | "assume_role_policy", ...statements: object[]): ResourceChange {
  return {
    address: "module.a.aws_iam_policy.this",
    type: "aws_iam_policy",
    change: {
      actions: ["create"],
      before: null,
      after: { [attribute]: JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
      after_unknown: {},
    },
  };
}

describe("figures of a module's files", () => {
  it("count lines, the longest, inputs and what refuses a plan", () => {
    const text =
      'variable "a" {\n  type = string\n\n  validation {\n    condition = true\n  }\n}\n# variable "b"\n';

    expect(figuresOf([text, "é = 1\n"])).toEqual({ lines: 9, longest: 20, inputs: 1, checks: 1 });
  });

  it("are none without a module", () => {
    expect(figuresOfFolders([])).toBeUndefined();
  });

  it("take no notice of how lines end", () => {
    expect(linesOf("a\r\nb\r\n")).toEqual(["a", "b"]);
  });
});

describe("what policies grant", () => {
  const statement = { Effect: "Allow", Action: ["s3:Get", "s3:Put"], Resource: ["x-a", "x-b"] };

  it("is the same however it is divided", () => {
    const others = ["x-a", "x-b"].map((Resource) =>
      made(
        "policy",
        { Effect: "Allow", Action: "s3:Put", Resource },
        { Sid: "Reading", Effect: "Allow", Action: ["s3:Get"], Resource },
      ),
    );

    expect(grantedBy(others, "x-")).toEqual(grantedBy([made("policy", statement)], "x-"));
  });

  it.each([
    ["an action", { ...statement, Action: "s3:Get" }],
    ["a resource", { ...statement, Resource: "x-a" }],
    ["an effect", { ...statement, Effect: "Deny" }],
    ["a condition", { ...statement, Condition: { StringLike: { "kms:ViaService": "s3" } } }],
  ])("differs by %s", (_what, other) => {
    expect(grantedBy([made("policy", other)], "")).not.toEqual(
      grantedBy([made("policy", statement)], ""),
    );
  });

  it("says whom a role trusts", () => {
    const trust = (Principal: object) =>
      made("assume_role_policy", { Effect: "Allow", Action: "sts:AssumeRole", Principal });

    expect(grantedBy([trust({ Service: ["ec2"] })], "")).toEqual(
      grantedBy([trust({ Service: "ec2" })], ""),
    );
    expect(grantedBy([trust({ Service: "ec2" })], "")).not.toEqual(
      grantedBy([trust({ AWS: "ec2" })], ""),
    );
  });
});
