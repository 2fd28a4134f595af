/** Prints what a test counted, so that a check that checks nothing is seen. */
export function report(line: string): void {
  process.stderr.write(`${line}\n`);
}
