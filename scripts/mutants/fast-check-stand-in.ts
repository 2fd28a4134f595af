import fastCheck from "fast-check";

/** Has properties be tried with the same values each time: a mutant is found out always, or never. */
const SEED = 20_261_130;

/** Of values that a property is tried with, in place of up to 20,000: survivors meet them all. */
const MOST_RUNS = 100;

export * from "fast-check";

/** fast-check with fewer runs of each property, the same ones each time. */
const fewerRuns: typeof fastCheck = {
  ...fastCheck,
  assert: (property, parameters) =>
    fastCheck.assert(
      property as never,
      {
        ...parameters,
        seed: SEED,
        numRuns: Math.min(parameters?.numRuns ?? MOST_RUNS, MOST_RUNS),
      } as never,
    ) as never,
};

export default fewerRuns;
