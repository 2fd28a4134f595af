import { describe, expect, test } from "vitest";
import { arnParts, completedArnParts } from "../../../../lib/iam/evaluate/arn-parts.js";

describe("the parts of an ARN", () => {
  test.each([
    ["arn:aws:s3:::videos", ["arn", "aws", "s3", "", "", "videos"]],
    [
      "arn:aws:sqs:us-east-1:123456789012:jobs",
      ["arn", "aws", "sqs", "us-east-1", "123456789012", "jobs"],
    ],
    ["arn:aws:lambda:r:a:function:f:1", ["arn", "aws", "lambda", "r", "a", "function:f:1"]],
    ["arn:aws:s3:::", ["arn", "aws", "s3", "", "", ""]],
    [":::::", ["", "", "", "", "", ""]],
  ])("%s", (arn, parts) => {
    expect(arnParts(arn)).toEqual(parts);
    expect(completedArnParts(arn)).toEqual(parts);
  });

  test.each([
    ["", ["", "*", "*", "*", "*", "*"]],
    ["arn", ["arn", "*", "*", "*", "*", "*"]],
    ["arn:aws", ["arn", "aws", "*", "*", "*", "*"]],
    ["arn:aws:s3", ["arn", "aws", "s3", "*", "*", "*"]],
    ["arn:aws:s3:", ["arn", "aws", "s3", "", "*", "*"]],
    ["arn:aws:s3::", ["arn", "aws", "s3", "", "", "*"]],
  ])("%s lacks some, which a policy means anything with", (arn, parts) => {
    expect(arnParts(arn)).toBeUndefined();
    expect(completedArnParts(arn)).toEqual(parts);
  });
});

describe("a colon in a policy variable separates nothing", () => {
  test.each([
    ["arn:aws:s3:::${aws:username}/*", ["arn", "aws", "s3", "", "", "${aws:username}/*"]],
    [
      "arn:aws:iam::${aws:PrincipalAccount}:x",
      ["arn", "aws", "iam", "", "${aws:PrincipalAccount}", "x"],
    ],
    ["arn:${a:b}${c:d}:s3:::x", ["arn", "${a:b}${c:d}", "s3", "", "", "x"]],
    // What begins no variable, or ends none, is text.
    ["arn:aws:s3:$:{a:b}", ["arn", "aws", "s3", "$", "{a", "b}"]],
    ["arn:$x:s3:r:a:{b}", ["arn", "$x", "s3", "r", "a", "{b}"]],
    ["arn:x{:s3:r:a:{b}", ["arn", "x{", "s3", "r", "a", "{b}"]],
    ["arn:aws:s3:${a:b:c", ["arn", "aws", "s3", "${a", "b", "c"]],
    ["arn:${a:b}:s3:${c:d:e", ["arn", "${a:b}", "s3", "${c", "d", "e"]],
  ])("%s", (arn, parts) => {
    expect(arnParts(arn)).toEqual(parts);
  });
});
