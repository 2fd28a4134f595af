import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SETTINGS_SCHEMA } from "../../lib/cli/verify-settings.js";
import { bundleCommandLine } from "./command-line.js";
import { buildLibrary } from "./library.js";
import { type BundledPackage, bundledPackages, licencesOf } from "./licences.js";

/** Name of the file with the licences of what is bundled. */
const THIRD_PARTY = "THIRD-PARTY.txt";

/** Name of the JSON schema of the file with the options of `verify`. */
const OPTIONS_SCHEMA = "options.schema.json";

/**
 * Builds all that is published and not committed: the command line, the licences of what is in it, the schema
 * of its options, and the library.
 *
 * @param folder where to; what is there is removed
 * @returns the packages whose code is in the command line
 * @throws when a package in the bundle may not be, or comes without its licence
 */
export async function buildAll(folder: string): Promise<BundledPackage[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [inputs] = await Promise.all([bundleCommandLine(folder), buildLibrary(folder)]);
  const bundled = bundledPackages(inputs);
  writeFileSync(join(folder, THIRD_PARTY), licencesOf(bundled));
  writeFileSync(join(folder, OPTIONS_SCHEMA), `${JSON.stringify(SETTINGS_SCHEMA, null, 2)}\n`);
  return bundled;
}
