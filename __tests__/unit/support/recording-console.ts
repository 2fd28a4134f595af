import { run } from "../../../lib/cli/main.js";

/** What a call of the command line came to. */
export interface Outcome {
  readonly exitCode: number;
  /** What went to stdout. */
  readonly results: string;
  /** What went to stderr. */
  readonly notes: string;
}

/** Runs the command line in this process, with its output recorded. */
export async function runRecorded(...args: readonly string[]): Promise<Outcome> {
  const results: string[] = [];
  const notes: string[] = [];
  const exitCode = await run(args, {
    result: (text) => void results.push(text),
    note: (text) => void notes.push(text),
  });
  return { exitCode, results: results.join("\n"), notes: notes.join("\n") };
}
