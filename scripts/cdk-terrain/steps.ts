import { failedBefore } from "./errors.js";
import { type Program, run } from "./program.js";

/** A step without which there is nothing to compare with. */
export async function before(step: string, program: Program) {
  const ending = await run(program);
  if (ending.failure !== undefined) {
    throw failedBefore(step, ending.failure);
  }
  return ending;
}

/** Runs steps of Node.js one after the other, whatever comes of those before. */
export async function failuresOf(
  folder: string,
  signal: AbortSignal,
  steps: Readonly<Record<string, readonly string[]>>,
): Promise<Map<string, string>> {
  const failures = new Map<string, string>();
  for (const [step, args] of Object.entries(steps)) {
    const { failure } = await run({ name: process.execPath, args, folder, signal });
    if (failure !== undefined) {
      failures.set(step, failure);
    }
  }
  return failures;
}
