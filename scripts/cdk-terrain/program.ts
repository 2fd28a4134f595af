import { type Outcome, runProgram } from "../../lib/upstream/run-program.js";

/** A program to run, and where. */
export interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Milliseconds. @default two minutes */
  readonly timeout?: number;
}

/** How a program ended. */
export interface Ending extends Outcome {
  /** Why it failed, as it says itself; `undefined` where it did not. */
  readonly failure: string | undefined;
}

/** Runs a program in our environment, without the settings of CDKTF, which lead its output elsewhere. */
export async function run(program: Program): Promise<Ending> {
  const { name, args, folder, signal, timeout = 120_000 } = program;
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([variable]) => !variable.startsWith("CDKTF_")),
  );
  const outcome = await runProgram(name, args, { folder, environment, timeout, signal });
  const { status, stdout, stderr, stopped } = outcome;
  const said = stopped ?? (stderr.trim() || stdout.trim() || `${name} ended with ${status}`);
  return { ...outcome, failure: status === 0 ? undefined : said };
}
