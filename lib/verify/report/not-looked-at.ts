/** What would have decided, too, and was not given, in one line. */
export function notLookedAtLine(kinds: readonly string[]): string {
  return `Not looked at: ${kinds.join(", ")}.`;
}
