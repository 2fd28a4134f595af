import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Names the folder that all workers of a run share, and that goes when the run is over. */
export const RUN_FOLDER = "TEST_RUN_FOLDER";

/**
 * A folder with what takes long to make, once for all workers of a run: whoever comes first makes it, and
 * the others wait. Without workers, as in the benchmarks, it is made for this process.
 *
 * @param name of the folder
 * @param make fills the folder
 */
export async function oncePerRun(
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const shared = process.env[RUN_FOLDER];
  if (shared === undefined) {
    const own = mkdtempSync(join(tmpdir(), `${name}-`));
    process.once("exit", () => rmSync(own, { recursive: true, force: true }));
    await make(own);
    return own;
  }
  const folder = join(shared, name);
  const [made, failed] = [`${folder}.made`, `${folder}.failed`];
  if (isFirst(folder)) {
    try {
      await make(folder);
    } catch (error) {
      mkdirSync(failed);
      throw error;
    }
    mkdirSync(made);
  }
  while (!existsSync(made)) {
    if (existsSync(failed)) {
      throw new Error(`${name} could not be made; the test that tried says why.`);
    }
    await sleep(100);
  }
  return folder;
}

/** Of several that make a folder, one succeeds. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}
