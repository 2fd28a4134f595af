import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { inTemporaryFolder } from "../lib/upstream/temporary-folder.js";
import { packPackage } from "./build/pack.js";
import { checkTerrain } from "./cdk-terrain/check-terrain.js";
import { TerrainUnavailableError } from "./cdk-terrain/errors.js";
import { EXACT, newestRanges } from "./cdk-terrain/packages.js";
import { isSame, terrainReport } from "./cdk-terrain/report.js";

// npm run check-terrain [-- --newest]: whether CDK Terrain, the fork of CDKTF, generates the same. Ends with 0 where it
// does, 1 where it does not, 2 where it cannot be tried. Needs the network, so no test runs it.
// With exact versions, or with the newest that package.json takes as peers.
const repository = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({ options: { newest: { type: "boolean", default: false } } });
const successors = values.newest
  ? newestRanges(readFileSync(join(repository, "package.json"), "utf8"))
  : EXACT;
try {
  const check = await inTemporaryFolder(async (folder, signal) => {
    const note = (text: string) => process.stderr.write(`${text}\n`);
    note("Packing …");
    const { tarball } = await packPackage(join(folder, "packed"));
    return checkTerrain({ repository, tarball, successors, folder, signal, note });
  });
  process.stdout.write(`${terrainReport(check)}\n`);
  process.exitCode = isSame(check) ? 0 : 1;
} catch (error) {
  if (!(error instanceof TerrainUnavailableError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
