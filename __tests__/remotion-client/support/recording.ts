import { distinctPermissions, type Permission } from "./permission.js";
import type { RecordedRequest } from "./recording-endpoint.js";
import type { Scenario } from "./scenario.js";
import type { World } from "./world.js";

/** What a scenario was seen to need. */
export interface Recording {
  readonly api: string;
  readonly situation: string;
  readonly variant: string;
  readonly requests: readonly RecordedRequest[];
  readonly permissions: readonly Permission[];
}

/** Plays a scenario in an account where nothing is deployed, and writes down what it asks of AWS. */
export async function recordScenario(scenario: Scenario, world: World): Promise<Recording> {
  const { api, situation, variant } = scenario;
  try {
    await world.reset();
    await scenario.prepare?.(world);
    const requests = await world.endpoint.record(() => scenario.run(world));
    const permissions = distinctPermissions(requests.flatMap((request) => request.permissions));
    return { api, situation, variant, requests, permissions };
  } catch (error) {
    throw new Error(`${title(scenario)} failed.`, { cause: error });
  }
}

/** A scenario's name, for messages. */
export function title({
  api,
  situation,
  variant,
}: Pick<Scenario, "api" | "situation" | "variant">): string {
  return `${api} (${situation}; ${variant})`;
}
