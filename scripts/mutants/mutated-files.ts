/** Whose mutants are to be found out by unit tests. */
export const FOLDERS = ["lib/iam", "lib/remotion"] as const;

/** Files without a mutant to find out, each with its reason: plain data, of which a test would be a copy. */
export const PLAIN_DATA: Readonly<Record<string, string>> = {};

/** The least that tests are to find out of all mutants that do change something, in each folder. */
export const LEAST_RATIO = 0.95;
