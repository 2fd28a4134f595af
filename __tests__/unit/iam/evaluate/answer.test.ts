import { describe, expect, test } from "vitest";
import {
  type Answer,
  both,
  type Doubt,
  either,
  eitherWay,
  joined,
  MAX_DOUBTS,
  not,
} from "../../../../lib/iam/evaluate/answer.js";

const doubt = (name: string): Doubt => ({ cause: name, give: `more of ${name}` });
const A = [doubt("a")];
const B = [doubt("b")];
const AB = [doubt("a"), doubt("b")];

describe("two answers together", () => {
  test.each<[one: Answer, other: Answer, both: Answer, either: Answer]>([
    [true, true, true, true],
    [true, false, false, true],
    [false, true, false, true],
    [false, false, false, false],
    [true, A, A, true],
    [A, true, A, true],
    [false, A, false, A],
    [A, false, false, A],
    [A, B, AB, AB],
  ])("%j and %j", (one, other, ofBoth, ofEither) => {
    expect(both(one, other)).toEqual(ofBoth);
    expect(either(one, other)).toEqual(ofEither);
  });
});

test.each<[Answer, Answer]>([
  [true, false],
  [false, true],
  [A, A],
])("the opposite of %j is %j", (answer, expected) => {
  expect(not(answer)).toEqual(expected);
});

test.each<[one: Answer, other: Answer, expected: Answer]>([
  [true, true, true],
  [false, false, false],
  [true, false, B],
  [A, true, B],
  [A, A, B],
])("whether %j or %j: what is the same either way is told", (one, other, expected) => {
  expect(eitherWay(one, other, B)).toEqual(expected);
});

describe("reasons are joined", () => {
  const many = ["1", "2", "3", "4", "5", "6"].map(doubt);
  const alike: Doubt = { cause: "a", give: "something else" };
  test.each<
    [
      name: string,
      one: readonly Doubt[] | undefined,
      other: readonly Doubt[],
      expected: readonly Doubt[],
    ]
  >([
    ["none with some", undefined, A, A],
    ["some with none", A, [], A],
    ["two", A, B, AB],
    ["each once", AB, B, AB],
    ["each once, in their order", AB, [doubt("b"), doubt("c")], [...AB, doubt("c")]],
    ["what has another cause or gives something else apart", A, [alike], [...A, alike]],
    [
      "what gives the same, too",
      A,
      [{ ...doubt("a"), cause: "z" }],
      [...A, { ...doubt("a"), cause: "z" }],
    ],
    ["no more than help", A, many, [...A, ...many.slice(0, MAX_DOUBTS - 1)]],
    ["those that are there, where they are enough", many, A, many],
  ])("%s", (_, one, other, expected) => {
    expect(joined(one, other)).toEqual(expected);
  });

  test("without a copy, where they are the same", () => {
    expect(joined(A, A)).toBe(A);
  });
});
