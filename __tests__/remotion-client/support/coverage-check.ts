import type { RemotionCommands } from "./remotion-commands.js";
import type { RemotionExports } from "./remotion-exports.js";
import { UNRECORDED_EXPORTS } from "./unrecorded-exports.js";

/** A sentence for each exported function and command that was overlooked, or wrongly excused. */
export function coverageProblems(exports: RemotionExports, commands: RemotionCommands): string[] {
  const uncalled = exports.uncalled();
  const overlooked = uncalled.filter(({ name }) => UNRECORDED_EXPORTS[name] === undefined);
  const excused = new Set(uncalled.map(({ name }) => name));
  return [
    ...overlooked.map(({ from, name }) => `${name} of ${from}: no scenario calls it.`),
    ...Object.keys(UNRECORDED_EXPORTS)
      .filter((name) => !excused.has(name))
      .map((name) => `${name}: excused, but gone or called by a scenario.`),
    ...commands.notRun().map((command) => `remotion lambda ${command}: no scenario runs it.`),
  ];
}
