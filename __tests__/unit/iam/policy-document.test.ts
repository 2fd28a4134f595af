import { describe, expect, it } from "vitest";
import { policyDocument, type Statement } from "../../../lib/iam/policy-document.js";

function statement(sid: string): Statement {
  return { Sid: sid, Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] };
}

describe("policyDocument", () => {
  it("holds the statements in the order given, under the version with policy variables", () => {
    const statements = [statement("B"), statement("A")];

    expect(policyDocument(statements)).toEqual({ Version: "2012-10-17", Statement: statements });
  });

  it("begins with the version, as Remotion's policies do", () => {
    expect(Object.keys(policyDocument([]))).toEqual(["Version", "Statement"]);
  });
});
