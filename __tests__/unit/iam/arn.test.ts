import { describe, expect, it } from "vitest";
import { bucketArn, objectsArn, policyArn, roleArn } from "../../../lib/iam/arn.js";

describe("roleArn", () => {
  it.each([
    {
      case: "of any account by default",
      role: { partition: "aws", name: "r" },
      arn: "arn:aws:iam::*:role/r",
    },
    {
      case: "in one account",
      role: { partition: "aws", account: "123456789012", name: "r" },
      arn: "arn:aws:iam::123456789012:role/r",
    },
    {
      case: "under a path",
      role: { partition: "aws-cn", path: "/video/", name: "r" },
      arn: "arn:aws-cn:iam::*:role/video/r",
    },
  ])("names the role $case", ({ role, arn }) => {
    expect(roleArn(role)).toBe(arn);
  });
});

describe("bucketArn and objectsArn", () => {
  it.each([
    { what: "a bucket", arn: bucketArn("aws", "b"), expected: "arn:aws:s3:::b" },
    { what: "a bucket in China", arn: bucketArn("aws-cn", "b"), expected: "arn:aws-cn:s3:::b" },
    { what: "all objects", arn: objectsArn("aws", "b"), expected: "arn:aws:s3:::b/*" },
    {
      what: "a folder's objects",
      arn: objectsArn("aws", "b", "v/"),
      expected: "arn:aws:s3:::b/v/*",
    },
  ])("name $what", ({ arn, expected }) => {
    expect(arn).toBe(expected);
  });
});

describe("policyArn", () => {
  it("names a managed policy by its account and its path", () => {
    const policy = { partition: "aws-cn", account: "123456789012", path: "/video/", name: "p" };

    expect(policyArn(policy)).toBe("arn:aws-cn:iam::123456789012:policy/video/p");
  });
});
