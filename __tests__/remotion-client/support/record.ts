import { API_ROWS } from "../../../lib/remotion/api-calls.js";
import { DISPENSABLE_CALLS, UNSEEN_CALLS } from "./api-calls.js";
import { coverageProblems } from "./coverage-check.js";
import { denialProblems } from "./denial-check.js";
import { type Recording, recordScenario } from "./recording.js";
import type { Scenario } from "./scenario.js";
import { tableProblems } from "./table-check.js";
import { openWorld } from "./world.js";

/** What came of recording Remotion's client. */
export interface Result {
  readonly recordings: readonly Recording[];
  /** Sentences, by what was looked at; none when the table says what the client does. */
  readonly problems: {
    /** Exported functions and commands that no scenario uses. */
    readonly coverage: readonly string[];
    /** Calls that are missing in the table, or wrongly there. */
    readonly table: readonly string[];
    /** Calls that an API cannot do without after all. */
    readonly denials: readonly string[];
  };
}

/**
 * Calls everything that Remotion's packages offer, and compares what they ask of AWS with the table.
 *
 * @param packages a folder whose `node_modules` holds Remotion's packages
 */
export async function recordClient(
  packages: string,
  version: string,
  scenarios: readonly Scenario[],
): Promise<Result> {
  const world = await openWorld(packages, version);
  try {
    const recordings: Recording[] = [];
    for (const scenario of scenarios) recordings.push(await recordScenario(scenario, world));
    return {
      recordings,
      problems: {
        coverage: coverageProblems(world.remotion, world.commands),
        table: tableProblems(API_ROWS, recordings, UNSEEN_CALLS),
        denials: await denialProblems(API_ROWS, DISPENSABLE_CALLS, scenarios, recordings, world),
      },
    };
  } finally {
    await world.close();
  }
}
