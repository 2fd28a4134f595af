import { SCENARIOS } from "../../__tests__/remotion-client/scenarios/index.js";
import { denialOf } from "../../__tests__/remotion-client/support/denial.js";
import { RECORDED_VERSION } from "../../__tests__/remotion-client/support/packages-manifest.js";
import { play, recordScenario } from "../../__tests__/remotion-client/support/recording.js";
import { openWorld, type World } from "../../__tests__/remotion-client/support/world.js";
import { API_ROWS } from "../../lib/remotion/api-calls.js";
import type { Answer, Task } from "./task.js";

// A process that plays scenarios, one at a time, in a world of its own: Remotion's packages change the
// process that they run in. It ends with what it is asked for, and where a play comes to no end.
const ONE_MINUTE = 60_000;

const [, , folder = ""] = process.argv;
// Remotion's own warnings, about what the scenarios are for.
Object.assign(console, { log: () => {}, warn: () => {}, error: () => {} });
const world = await openWorld(folder, RECORDED_VERSION);
process.on("message", (task: Task) => void answer(task));
process.once("disconnect", () => {
  world.commands.stop();
  void world.close().then(() => process.exit());
});
process.send?.("ready");

async function answer(task: Task): Promise<void> {
  const given = await done(task, world).catch((error: unknown) => ({
    error: `${error}: ${error instanceof Error ? error.cause : ""}`,
  }));
  process.send?.(given);
}

async function done(task: Task, world: World): Promise<Answer> {
  const scenario = SCENARIOS[task.scenario];
  if (scenario === undefined) throw new Error(`There is no scenario ${task.scenario}.`);
  if (task.denied === undefined) {
    const { requests: _requests, ...recording } = await recordScenario(scenario, world);
    return { recording: { ...recording, requests: [] } };
  }
  const row = API_ROWS[task.denied.row];
  if (row === undefined) throw new Error(`There is no row ${task.denied.row}.`);
  const calls = row.calls.filter((_call, index) => task.denied?.calls.includes(index));
  const deny = denialOf(row, calls);
  const { outcome } = await play(scenario, world, { deny, limit: ONE_MINUTE });
  return { outcome };
}
