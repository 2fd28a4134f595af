import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EDITIONS, EXAMPLE_NAMES, MODULE_NAMES } from "../__tests__/support/module-sources.js";
import { startMoto } from "../__tests__/support/moto.js";
import { REPOSITORY } from "../__tests__/support/repository.js";
import { forEitherEngine, runProvider } from "../__tests__/support/running-provider.js";
import { withShortSchema } from "../__tests__/support/schema-proxy.js";
import { findMoto, findTerraform } from "../__tests__/support/tools.js";
import { Workspace } from "../__tests__/support/workspace.js";
import { PUBLISHED_MODULES } from "../stacks/modules/index.js";
import { findEngines } from "./engines/engines.js";
import { enginesPage } from "./engines/page.js";
import { type Folder, type Played, playFolder, tableOf } from "./engines/play-folder.js";

// npm run engine-matrix [-- WORD…]: init, validate, test and plan of each module in both editions, and of each example,
// with every Terraform and OpenTofu in the folder that TF_ENGINES names and on the PATH; of folders with a word in
// their path alone. Without a word it writes docs/ENGINES.md, where nothing fails. Needs the AWS provider and the AWS
// mock. Ends with 1 where something fails.
const PAGE = join(REPOSITORY, "docs", "ENGINES.md");
const words = process.argv.slice(2);
const engines = findEngines();
const { provider, missing = findMoto().missing } = findTerraform();
if (provider === undefined || missing !== undefined) {
  process.stderr.write(`${missing}\n`);
  process.exit(2);
}
const folders: readonly Folder[] = [
  ...EDITIONS.flatMap((edition) =>
    MODULE_NAMES.map((name) => ({
      path: join("modules", edition === "json" ? "json" : "", name),
      inputs: PUBLISHED_MODULES.get(name)?.().toTests().inputs ?? {},
      hasTests: true,
    })),
  ),
  ...EXAMPLE_NAMES.map((name) => join("examples", name)).map((path) => ({
    path,
    inputs: {},
    hasTests: existsSync(join(REPOSITORY, path, "tests")),
  })),
].filter(({ path }) => words.length === 0 || words.some((word) => path.includes(word)));

const moto = await startMoto();
const running = await withShortSchema(await runProvider(provider, moto.environment));
const environment = forEitherEngine({ ...moto.environment, ...running.environment });
const all: Played[] = [];
for (const engine of engines) {
  for (const folder of folders) {
    const workspace = new Workspace(environment, engine.program);
    workspace.copy(join(REPOSITORY, "modules"), "modules");
    workspace.copy(join(REPOSITORY, "examples"), "examples");
    const played = await playFolder(engine, folder, workspace, folder.path);
    workspace.remove();
    all.push(played);
    process.stderr.write(
      `${engine.product} ${engine.version} ${folder.path}: ${Object.values(played.steps).join(", ")}\n${played.failure ?? ""}`,
    );
  }
}
await running.stop();
await moto.stop();
process.stdout.write(tableOf(all));
const failed = all.filter(({ failure }) => failure !== undefined);
process.stderr.write(
  `${engines.length} engines, ${folders.length} folders: ${all.length - failed.length} well, ${failed.length} failed.\n`,
);
const isWell = failed.length === 0 && all.length > 0;
if (isWell && words.length === 0) {
  writeFileSync(PAGE, enginesPage(all, provider));
}
process.exitCode = isWell ? 0 : 1;
