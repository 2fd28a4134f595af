/** Whose mutants are to be found out by unit tests. */
export const FOLDERS = ["lib/iam", "lib/remotion"] as const;

/** Plain data, of which a test would be a copy, each with the reason. Everything else is mutated. */
export const PLAIN_DATA: Readonly<Record<string, string>> = {
  "lib/remotion/regions.ts": "the names of regions, as Remotion's client lists them",
};

/** The least that tests are to find out of all mutants that do change something, in each folder. */
export const LEAST_RATIO = 0.95;
