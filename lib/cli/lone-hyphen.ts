/** Stands for a lone hyphen while yargs parses. No argument of a process can have this character. */
const STAND_IN = "\u0000";

/** Takes lone hyphens, which are standard input to us, out of sight of yargs: to it they are nothing. */
export function hideHyphens(args: readonly string[]): string[] {
  return args.map((argument) =>
    argument === "-" ? STAND_IN : argument.replace(/^(--[^=]+=)-$/, `$1${STAND_IN}`),
  );
}

/** Puts the hyphens back into what yargs has parsed. */
export function showHyphens(argv: Record<string, unknown>): void {
  const shown = (value: unknown) => (value === STAND_IN ? "-" : value);
  for (const [name, value] of Object.entries(argv)) {
    argv[name] = Array.isArray(value) ? value.map(shown) : shown(value);
  }
}
