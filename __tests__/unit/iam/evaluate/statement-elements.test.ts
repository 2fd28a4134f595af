import { describe, expect, test } from "vitest";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";
import {
  effectOf,
  inDoubt,
  oneOf,
  statementId,
  textsOf,
} from "../../../../lib/iam/evaluate/statement-elements.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const OPEN = new UnknownPart("it is open", "more");
const OTHER = [{ cause: "another", give: "more" }];

test.each([
  ["Allow", { effect: "Allow", doubt: undefined }],
  ["Deny", { effect: "Deny", doubt: undefined }],
  [OPEN, { effect: "Allow or Deny", doubt: OPEN }],
])("the effect %o is %o", (value, expected) => {
  expect(effectOf(value, "Effect")).toEqual(expected);
});

test.each([
  ["A", "A"],
  ["Reading2", "Reading2"],
  ["", undefined],
  [undefined, undefined],
  [OPEN, undefined],
])("the id %o is %o", (value, expected) => {
  expect(statementId(value, "Sid")).toBe(expected);
});

test.each(["a b", " a", "a ", "a-b", "ä", 7, null, []])("the id %j is refused", (value) => {
  expect(() => statementId(value, "Sid")).toThrow(PolicyError);
});

test.each<[statement: Record<string, unknown>, expected: object]>([
  [{ Action: "a" }, { texts: ["a"], negated: false, where: "S.Action" }],
  [{ NotAction: ["a", OPEN] }, { texts: ["a", OPEN], negated: true, where: "S.NotAction" }],
])("of %o the one of two elements is %o", (statement, expected) => {
  expect(oneOf(statement, "Action", "NotAction", "S")).toEqual(expected);
});

test.each([[], [7], ["a", null], [["a"]]])("no list of texts is %j", (...list) => {
  expect(() => textsOf(list, "Action")).toThrow(PolicyError);
});

describe("an answer in doubt", () => {
  test.each([
    [false, false],
    [true, [OPEN]],
    [OTHER, [OPEN, ...OTHER]],
  ])("%j is %j", (answer, expected) => {
    expect(inDoubt(answer, OPEN)).toEqual(expected);
  });
});
