import { describe, expect, it } from "vitest";
import { isPartition } from "../../../lib/iam/partition.js";

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
