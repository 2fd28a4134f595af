import { describe, expect, it } from "vitest";
import { isPartition, isRegionOf, partitionOf } from "../../../lib/iam/partition.js";

describe("isPartition", () => {
  it.each([
    { value: "aws", known: true },
    { value: "aws-cn", known: true },
    { value: "aws-us-gov", known: false },
    { value: "AWS", known: false },
    { value: "", known: false },
    { value: "${var.partition}", known: false },
  ])("is $known for $value", ({ value, known }) => {
    expect(isPartition(value)).toBe(known);
  });
});

describe("isRegionOf", () => {
  it.each([
    ["aws", "us-east-1", true],
    ["aws", "eu-central-1", true],
    ["aws", "cn-north-1", false],
    ["aws", "us-gov-west-1", false],
    ["aws", "us-iso-east-1", false],
    ["aws", "eusc-de-east-1", false],
    ["aws-cn", "cn-north-1", true],
    ["aws-cn", "us-east-1", false],
    ["aws-cn", "us-east-1-cn-", false],
  ] as const)("%s, %s: %s", (partition, region, expected) => {
    expect(isRegionOf(partition, region)).toBe(expected);
  });
});

describe("partitionOf", () => {
  it.each([
    ["arn:aws:s3:::videos", "aws"],
    ["arn:aws-cn:iam::123456789012:root", "aws-cn"],
    ["arn", undefined],
    ["videos:aws", undefined],
    ["", undefined],
  ])("%s: %s", (text, expected) => {
    expect(partitionOf(text)).toBe(expected);
  });
});
