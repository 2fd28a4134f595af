/** How many names a sentence holds. */
const MOST = 5;

/**
 * Names in one sentence: some, and how many there are besides.
 *
 * @param most how many are named @default 5
 * @param separator what stands between them, for names that have commas @default ", "
 */
export function listed(names: readonly string[], most = MOST, separator = ", "): string {
  const further = names.length - most;
  return further > 0
    ? `${names.slice(0, most).join(separator)} and ${further} more`
    : names.join(separator);
}
