import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SCENARIOS } from "../__tests__/remotion-client/scenarios/index.js";
import { findRemotion } from "../__tests__/remotion-client/support/packages-cache.js";
import { RECORDED_VERSION } from "../__tests__/remotion-client/support/packages-manifest.js";
import { API_ROWS } from "../lib/remotion/api-calls.js";
import { openPlayers } from "./record-tolerated/players.js";
import { recordedVerdicts } from "./record-tolerated/recorded-verdicts.js";
import { summary, toleratedTable } from "./record-tolerated/tolerated-table.js";

// npm run record-tolerated: refuses each call of Remotion Lambda by itself, and writes down which ones it
// does without. Takes minutes, and the AWS mock. Ends with 0 where it is written, 1 where a result differs
// and nobody has said how, 2 where Remotion's packages cannot be had.
const note = (text: string) => process.stderr.write(`${text}\n`);
const packages = await findRemotion(RECORDED_VERSION);
if ("missing" in packages) {
  note(packages.missing);
  process.exit(2);
}
const players = openPlayers(packages.folder);
try {
  const { verdicts, problems } = await recordedVerdicts(API_ROWS, SCENARIOS, players, note);
  note(summary(verdicts));
  if (problems.length > 0) {
    note(`Recorded nothing:\n${problems.join("\n")}`);
    process.exitCode = 1;
  } else {
    const target = new URL("../lib/remotion/tolerated-calls.json", import.meta.url);
    const table = toleratedTable(RECORDED_VERSION, verdicts);
    writeFileSync(fileURLToPath(target), `${JSON.stringify(table, null, 2)}\n`);
    note(`Recorded ${table.calls.length} calls that Remotion ${RECORDED_VERSION} does without.`);
  }
} finally {
  await players.close();
}
