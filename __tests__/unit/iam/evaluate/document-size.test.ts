import { expect, test } from "vitest";
import { checkSize } from "../../../../lib/iam/evaluate/document-size.js";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const HALF = "x".repeat(500_000);

test.each<[what: string, document: object]>([
  ["nothing", {}],
  ["as much as it may", { Statement: [{ Sid: HALF }, { Sid: HALF }] }],
  ["numbers, null and truth values", { a: [1, null, true, undefined] }],
  ["what is not told, whatever is known of it", { a: new UnknownPart("", "", [HALF, HALF, HALF]) }],
])("a policy with %s is taken", (_, document) => {
  expect(() => checkSize(document, "Policy")).not.toThrow();
});

test.each<[what: string, document: object]>([
  ["in one text", { a: `${HALF}${HALF}x` }],
  ["in several", { a: HALF, b: { c: [HALF] }, d: ["x"] }],
  ["in a list", [HALF, HALF, "x"]],
  ["before what is undefined", { a: [HALF, HALF, "x"], b: undefined }],
])("a policy with more text than any has is refused: %s", (_, document) => {
  expect(() => checkSize(document, "Policy")).toThrow(PolicyError);
  expect(() => checkSize(document, "Policy")).toThrow("Policy has more than 1000000 characters");
});
