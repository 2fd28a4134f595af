/** Where a command writes: results to stdout, everything else to stderr. */
export interface Console {
  readonly result: (text: string) => void;
  readonly note: (text: string) => void;
}

/** The console of this process. */
export const PROCESS_CONSOLE: Console = {
  result: (text) => void process.stdout.write(`${text}\n`),
  note: (text) => void process.stderr.write(`${text}\n`),
};
