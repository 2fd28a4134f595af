import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What ends a run from outside. */
const INTERRUPTIONS = ["SIGINT", "SIGTERM"] as const;

/**
 * Gives work a folder of its own, and removes it when the work is done, has failed, or is
 * interrupted.
 *
 * @param work gets the folder, and a signal that tells it to stop
 */
export async function inTemporaryFolder<T>(
  work: (folder: string, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "remotion-policies-")));
  const abort = new AbortController();
  let interruption: NodeJS.Signals | undefined;
  const interrupt = (signal: NodeJS.Signals) => {
    interruption = signal;
    abort.abort();
  };
  for (const signal of INTERRUPTIONS) {
    process.once(signal, interrupt);
  }
  try {
    return await work(folder, abort.signal);
  } finally {
    for (const signal of INTERRUPTIONS) {
      process.off(signal, interrupt);
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    if (interruption !== undefined) {
      // End as if there had been nothing to clean up.
      process.kill(process.pid, interruption);
    }
  }
}
