import { describe, expect, test } from "vitest";
import { MAX_DOUBTS } from "../../../../lib/iam/evaluate/answer.js";
import { placed, UntoldCauses } from "../../../../lib/iam/evaluate/deciding-statement.js";
import { both, either, type Told, toldOf } from "../../../../lib/iam/evaluate/told.js";

/** Causes by their names. */
function causes(...names: readonly string[]): UntoldCauses {
  const all = new UntoldCauses();
  for (const cause of names) {
    all.add({ policy: "p", cause, give: "more" });
  }
  return all;
}

const read = (told: Told): unknown =>
  typeof told === "boolean" ? told : told.list.map(({ cause }) => cause);

const A = causes("a");
const B = causes("b");

describe("what two policies say together", () => {
  test.each<[one: Told, other: Told, both: unknown, either: unknown]>([
    [true, true, true, true],
    [true, false, false, true],
    [false, true, false, true],
    [false, false, false, false],
    [true, A, ["a"], true],
    [A, true, ["a"], true],
    [false, A, false, ["a"]],
    [A, false, false, ["a"]],
    [A, B, ["a", "b"], ["a", "b"]],
  ])("%o and %o", (one, other, ofBoth, ofEither) => {
    expect(read(both(one, other))).toEqual(ofBoth);
    expect(read(either(one, other))).toEqual(ofEither);
  });

  test("leaves what each says as it is", () => {
    both(A, B);
    either(A, B);

    expect([read(A), read(B)]).toEqual([["a"], ["b"]]);
  });

  test.each<[allowing: object | undefined, open: UntoldCauses, expected: unknown]>([
    [{}, causes(), true],
    [{}, A, true],
    [undefined, causes(), false],
    [undefined, A, ["a"]],
  ])("an allowing statement %o beside open ones", (allowing, open, expected) => {
    expect(read(toldOf(allowing, open))).toEqual(expected);
  });
});

describe("what leaves an evaluation in doubt", () => {
  const doubt = { cause: "a", give: "more" };

  test("is told once for each statement", () => {
    const all = new UntoldCauses();
    all.addOf({ name: "p" }, { index: 0 }, [doubt, doubt]);
    all.addOf({ name: "p" }, { index: 1, sid: "B" }, [doubt]);
    all.addOf({ name: "q", kind: "key policy" }, { index: 0 }, [{ ...doubt, key: "aws:x" }]);
    all.addOf({ name: "q", kind: "key policy" }, { index: 0 }, [{ ...doubt, give: "less" }]);

    expect(all.list).toStrictEqual([
      { policy: "p", index: 0, cause: "a", give: "more" },
      { policy: "p", index: 1, sid: "B", cause: "a", give: "more" },
      { policy: "q", kind: "key policy", index: 0, cause: "a", give: "more", key: "aws:x" },
      { policy: "q", kind: "key policy", index: 0, cause: "a", give: "less" },
    ]);
  });

  test("is no more than helps", () => {
    const names = Array.from({ length: MAX_DOUBTS + 3 }, (_, index) => `${index}`);
    const all = causes(...names);
    all.addOf({ name: "p" }, { index: 9 }, [doubt]);
    all.addAll(A);

    expect(read(all)).toEqual(names.slice(0, MAX_DOUBTS));
  });
});

test.each([
  [placed({ name: "p" }, { index: 2 }), { policy: "p", index: 2 }],
  [placed({ name: "p" }, { index: 0, sid: "A" }), { policy: "p", index: 0, sid: "A" }],
  [
    placed({ name: "p", kind: "bucket policy" }, { index: 0 }),
    { policy: "p", index: 0, kind: "bucket policy" },
  ],
])("the place of a statement is %o", (place, expected) => {
  expect(place).toStrictEqual(expected);
});
