/** The linters cannot be run on this machine, or not be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A linter ended in a way that says nothing of what it read. */
export function unreadableAnswer(linter: string, exitCode: number, output: string): UsageError {
  return new UsageError(
    `${linter} ended with ${exitCode} and no answer that could be read: run it by hand, and teach scripts/lint-modules what it says now.\n${output.slice(0, 2000)}`,
  );
}
