import type { ApiRow } from "../../../lib/remotion/api-calls.js";
import { type DispensableCall, isCallOf } from "./api-calls.js";
import { accessDenied } from "./aws-answer.js";
import type { AwsRequest } from "./aws-request.js";
import { type Recording, recordScenario, title } from "./recording.js";
import { requestPermissions } from "./request-permissions.js";
import type { Scenario } from "./scenario.js";
import { callOf } from "./table-check.js";
import type { World } from "./world.js";

/**
 * Plays scenarios again without a permission that they are said to be able to do without, and gives a
 * sentence for each that cannot, and for each permission that is not in the table.
 */
export async function denialProblems(
  rows: readonly ApiRow[],
  dispensable: readonly DispensableCall[],
  scenarios: readonly Scenario[],
  recordings: readonly Recording[],
  world: World,
): Promise<string[]> {
  const problems = dispensable
    .filter((name) => !rows.some((row) => row.calls.some((call) => isCallOf(name, row, call))))
    .map((name) => `if-denied.json: ${name.api} has no call ${name.action} in the table.`);
  for (const row of rows) {
    const named = row.calls.filter((call) => dispensable.some((name) => isCallOf(name, row, call)));
    for (const call of named) {
      const index = recordings.findIndex(
        (recording) =>
          recording.api === row.api &&
          recording.situation === row.situation &&
          recording.permissions.some((permission) => callOf(row, permission) === call),
      );
      const scenario = scenarios[index];
      if (scenario === undefined) continue;
      const isCall = (request: AwsRequest) =>
        requestPermissions(request, 200).some((permission) => callOf(row, permission) === call);
      try {
        await recordScenario(denying(scenario, isCall), world);
      } catch (error) {
        problems.push(`${title(scenario)} ends without ${call.action}: ${error}`);
      }
    }
  }
  return problems;
}

function denying(scenario: Scenario, isCall: (request: AwsRequest) => boolean): Scenario {
  return {
    ...scenario,
    run: async (world) => {
      world.intervene = (request) =>
        isCall(request) ? accessDenied(request.signature.service) : undefined;
      await scenario.run(world);
    },
  };
}
