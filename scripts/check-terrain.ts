import { fileURLToPath } from "node:url";
import { inTemporaryFolder } from "../lib/upstream/temporary-folder.js";
import { checkTerrain } from "./cdk-terrain/check-terrain.js";
import { TerrainUnavailableError } from "./cdk-terrain/errors.js";
import { isSame, terrainReport } from "./cdk-terrain/report.js";

// npm run check-terrain: whether CDK Terrain, the fork of CDKTF, generates the same. Ends with 0 where it
// does, 1 where it does not, 2 where it cannot be tried. Needs the network, so no test runs it.
const repository = fileURLToPath(new URL("..", import.meta.url));
try {
  const check = await inTemporaryFolder((folder, signal) =>
    checkTerrain(repository, folder, signal, (text) => process.stderr.write(`${text}\n`)),
  );
  process.stdout.write(`${terrainReport(check)}\n`);
  process.exitCode = isSame(check) ? 0 : 1;
} catch (error) {
  if (!(error instanceof TerrainUnavailableError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
