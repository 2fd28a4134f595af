import { REGION } from "../support/render-fixture.js";
import type { Scenario } from "../support/scenario.js";

/** Simulating the caller's own permissions. */
export const PERMISSION_SCENARIOS: readonly Scenario[] = [
  {
    api: "simulatePermissions",
    situation: "any",
    variant: "as a user",
    run: ({ remotion }) => remotion.call("simulatePermissions", { region: REGION }),
  },
  {
    api: "simulatePermissions",
    situation: "any",
    variant: "as a role",
    run: (world) => {
      world.caller = "assumed-role/remotion-caller/session";
      return world.remotion.call("simulatePermissions", { region: REGION });
    },
  },
];
