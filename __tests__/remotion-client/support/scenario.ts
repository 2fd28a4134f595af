import type { World } from "./world.js";

/** One way of using Remotion, recorded by itself in an account where nothing is deployed. */
export interface Scenario {
  /** Exported function, or `remotion lambda …` command. */
  readonly api: string;
  /** Row of the table that the scenario belongs to. */
  readonly situation: string;
  /** What is special about it among the scenarios of its row. */
  readonly variant: string;
  /** Brings about what was there before. Not recorded. */
  readonly prepare?: (world: World) => Promise<unknown>;
  /** Gives what Remotion gave: a value, or what a command printed. */
  readonly run: (world: World) => Promise<unknown>;
  /** Part of what the error says, where an error is what the scenario is about. */
  readonly fails?: string;
}
