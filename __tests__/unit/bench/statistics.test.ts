import { describe, expect, it } from "vitest";
import { growth, median, pairedRatio, worseThanLinear } from "../../../bench/statistics.js";

describe("the median", () => {
  it.each([
    { numbers: [3], expected: 3 },
    { numbers: [9, 1, 5], expected: 5 },
    { numbers: [4, 1, 3, 2], expected: 2.5 },
    { numbers: [10, 9, 100], expected: 10 },
  ])("of $numbers is $expected", ({ numbers, expected }) => {
    expect(median(numbers)).toBe(expected);
  });

  it("of nothing is refused", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("the paired ratio", () => {
  it("is that of the rounds, not of the medians: a slow round slows both", () => {
    expect(pairedRatio([2, 20, 200], [1, 10, 100])).toBe(2);
    expect(pairedRatio([10, 30, 2], [10, 10, 1])).toBe(2);
  });

  it("is refused where a round is missing", () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow("2 runs cannot be paired with 1.");
  });
});

describe("growth", () => {
  const costs = (cost: (size: number) => number) =>
    [1, 10, 100, 1000].map((size) => ({ size, cost: 50 + cost(size) }));

  it.each([
    { name: "linear", cost: (size: number) => 20 * size, exponent: 1 },
    { name: "quadratic", cost: (size: number) => 20 * size ** 2, exponent: 2 },
    { name: "that of a root", cost: (size: number) => 20 * size ** 0.5, exponent: 0.5 },
  ])("is told, where it is $name, without what nothing costs", ({ cost, exponent }) => {
    const steps = growth(costs(cost), 50);

    expect(steps.map(({ from, to }) => [from, to])).toEqual([
      [1, 10],
      [10, 100],
      [100, 1000],
    ]);
    for (const step of steps) {
      expect(step.exponent).toBeCloseTo(exponent, 10);
    }
  });

  it("passes over sizes that cost hardly more than nothing does", () => {
    expect(
      growth(
        costs((size) => size / 10),
        50,
      ),
    ).toEqual([{ from: 100, to: 1000, exponent: expect.closeTo(1, 10) }]);
    expect(
      growth(
        costs(() => 0),
        50,
      ),
    ).toEqual([]);
  });
});

describe("worse than linear", () => {
  const steps = (...exponents: number[]) =>
    exponents.map((exponent, index) => ({ from: 10 ** index, to: 10 ** (index + 1), exponent }));

  it.each([
    { name: "never", exponents: [0.8, 1, 1.1], from: undefined },
    { name: "only at the top", exponents: [1, 1, 1.5], from: 100 },
    { name: "from the middle on", exponents: [1, 1.3, 1.5], from: 10 },
    { name: "all the way", exponents: [2, 2, 2], from: 1 },
    { name: "at one step, which is noise", exponents: [1.9, 1, 1], from: undefined },
    { name: "of nothing", exponents: [], from: undefined },
  ])("is found: $name", ({ exponents, from }) => {
    expect(worseThanLinear(steps(...exponents))?.from).toBe(from);
  });
});
