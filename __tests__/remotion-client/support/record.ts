import { API_ROWS } from "../../../lib/remotion/api-calls.js";
import { UNSEEN_CALLS } from "./api-calls.js";
import { coverageProblems } from "./coverage-check.js";
import { checkDenials, type DenialCheck, type DenialChoice } from "./denial-check.js";
import { type Recording, recordScenario } from "./recording.js";
import type { Scenario } from "./scenario.js";
import { tableProblems } from "./table-check.js";
import { openWorld } from "./world.js";

/** What came of recording Remotion's client. */
export interface Result {
  readonly recordings: readonly Recording[];
  /** Sentences about exported functions and commands that no scenario uses. */
  readonly coverage: readonly string[];
  /** Sentences about calls that are missing in the table, or wrongly there. */
  readonly table: readonly string[];
  readonly denials: DenialCheck;
}

/**
 * Calls everything that Remotion's packages offer, and compares what they ask of AWS with the table,
 * and what becomes of them without it with what is said of that.
 *
 * @param packages a folder whose `node_modules` holds Remotion's packages
 */
export async function recordClient(
  packages: string,
  version: string,
  scenarios: readonly Scenario[],
  denials: DenialChoice,
): Promise<Result> {
  const world = await openWorld(packages, version);
  try {
    const recordings: Recording[] = [];
    for (const scenario of scenarios) recordings.push(await recordScenario(scenario, world));
    return {
      recordings,
      coverage: coverageProblems(world.remotion, world.commands),
      table: tableProblems(API_ROWS, recordings, UNSEEN_CALLS),
      denials: await checkDenials(API_ROWS, denials, scenarios, recordings, world),
    };
  } finally {
    await world.close();
  }
}
