import { expect, it } from "vitest";
import { PART, partOf, slice, TORTURE } from "../../support/part.js";

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

it("plays today's part, or all of them", () => {
  expect(partOf("numbers in the test of parts", ALL, 5)).toEqual(
    TORTURE ? ALL : slice(ALL, 5, PART),
  );
});
