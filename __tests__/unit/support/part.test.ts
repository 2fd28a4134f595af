import { describe, expect, it } from "vitest";
import { readRecords } from "../../../scripts/torture/record.js";
import { countOf, partOf, slice, unlessTorture, wholeOf } from "../../support/part.js";

const ALL = Array.from({ length: 23 }, (_, index) => index);

it.each([1, 2, 5, 23])(
  "plays all in %i days, whichever is the first, and nothing twice",
  (parts) => {
    const first = 20_000;
    const days = Array.from({ length: parts }, (_, day) => slice(ALL, parts, first + day));

    expect(days.flat().toSorted((one, other) => one - other)).toEqual(ALL);
    expect(days.every((played) => played.length > 0)).toBe(true);
  },
);

describe("what torture plays", () => {
  it("is named by a row, or else nobody would read of it", () => {
    const what = "numbers in the test of parts";
    const says = `scripts/torture/parts.ts has no row for "${what}".`;

    expect(() => partOf(what, ALL, 5)).toThrow(says);
    expect(() => countOf(what, { each: 1, all: 23 })).toThrow(says);
    expect(() => unlessTorture(what, 23)).toThrow(says);
  });

  const [played] = readRecords().flatMap(({ part, played: rows }) =>
    Object.entries(rows).map(([what, { cases }]) => ({ part, what, cases })),
  );

  it("is compared with what was played", () => {
    const { part, what, cases } = played ?? { part: "", what: "", cases: 0 };

    expect(() => wholeOf(what, cases)).not.toThrow();
    expect(() => wholeOf(what, cases + 1)).toThrow(
      `docs/reliability.md says that ${cases} ${what} were played, and there are ${cases + 1}: npm run torture -- ${part} plays them.`,
    );
    expect(() => wholeOf(what, cases + 1, 1)).not.toThrow();
  });
});
