import { describe, expect, it } from "vitest";
import { bestOf, compareRatios, isDrop, type Ratio, worstOf } from "../../../bench/ratios.js";

const ratio = (changes: Partial<Ratio> = {}): Ratio => ({
  name: "a / b",
  value: 2,
  better: "lower",
  steady: true,
  ...changes,
});

describe("a ratio against the committed one", () => {
  it.each([
    { now: ratio(), committed: 2, verdict: "as before", drop: false },
    { now: ratio({ value: 2.19 }), committed: 2, verdict: "as before", drop: false },
    { now: ratio({ value: 2.21 }), committed: 2, verdict: "worse", drop: true },
    { now: ratio({ value: 1.7 }), committed: 2, verdict: "better", drop: false },
    { now: ratio({ better: "higher", value: 1.7 }), committed: 2, verdict: "worse", drop: true },
    { now: ratio({ better: "higher", value: 2.3 }), committed: 2, verdict: "better", drop: false },
    { now: ratio(), committed: undefined, verdict: "not committed", drop: true },
    { now: ratio({ value: 0 }), committed: 0, verdict: "as before", drop: false },
    { now: ratio({ value: 1 }), committed: 0, verdict: "worse", drop: true },
    { now: ratio({ limit: 2 }), committed: 2, verdict: "as before", drop: false },
    { now: ratio({ limit: 1.99 }), committed: 2, verdict: "beyond its limit", drop: true },
    {
      now: ratio({ better: "higher", limit: 2.5 }),
      committed: 2,
      verdict: "beyond its limit",
      drop: true,
    },
    { now: ratio({ value: 1, limit: 0 }), committed: 1, verdict: "beyond its limit", drop: true },
  ])(
    "$now.value, $now.better is better, limit $now.limit, committed $committed: $verdict",
    ({ now, committed, verdict, drop }) => {
      const [comparison] = compareRatios(
        [now],
        committed === undefined ? {} : { "a / b": committed },
      );

      expect(comparison?.verdict).toBe(verdict);
      expect(comparison !== undefined && isDrop(comparison)).toBe(drop);
    },
  );

  it("is left out where it is not steady, unless it has a limit", () => {
    const unsteady = ratio({ steady: false, value: 100 });

    expect(compareRatios([unsteady], { "a / b": 1 })).toEqual([]);
    expect(compareRatios([{ ...unsteady, limit: 200 }], { "a / b": 1 })[0]?.verdict).toBe(
      "as before",
    );
    expect(compareRatios([{ ...unsteady, limit: 99 }], {})[0]?.verdict).toBe("beyond its limit");
  });
});

describe("of two measurements", () => {
  const first = [ratio({ name: "l" }), ratio({ name: "h", better: "higher" }), ratio()];
  const second = [ratio({ name: "l", value: 1 }), ratio({ name: "h", better: "higher", value: 1 })];
  const valuesOf = (ratios: readonly Ratio[]) => ratios.map(({ value }) => value);

  it("the best is the lower one, or the higher one where that is better", () => {
    expect(valuesOf(bestOf(first, second))).toEqual([1, 2, 2]);
  });

  it("the worst is the other one", () => {
    expect(valuesOf(worstOf(first, second))).toEqual([2, 1, 2]);
  });
});
