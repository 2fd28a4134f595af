/** Whose tests are to find mutants out. */
export const TEST_FOLDERS = ["__tests__/unit/iam", "__tests__/unit/remotion"];

/** Files and tests that are left out, each with its reason. */
const LEFT_OUT: readonly RegExp[] = [
  // They compare thousands of random policies with another evaluator: seconds for each mutant, and
  // what they find is to stand in a table, too.
  /^(outside-)?(agreement|soundness)\.test\.ts$/,
  // They measure time, which counting takes a multiple of.
  /^hostile\.test\.ts$/,
  /\btakes? no time\b/,
];

/** Whether a file of tests, or a test, by its name, is run for each mutant. */
export function isPlayed(name: string): boolean {
  return !LEFT_OUT.some((pattern) => pattern.test(name));
}
