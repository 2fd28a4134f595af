import type { TerrainCheck } from "./check-terrain.js";
import type { TextComparison } from "./compare.js";
import { MODULE_SYSTEMS } from "./constructs-app.js";
import { CONSTRUCTS, namesOf } from "./packages.js";

/** Whether the program does with CDK Terrain what it does with CDKTF. */
export function isSame({ failures, modules, stack, constructs }: TerrainCheck): boolean {
  return (
    failures.size === 0 &&
    modules?.patches.length === 0 &&
    stack?.patch === undefined &&
    constructs.failures.size === 0 &&
    constructs.stacks.size === MODULE_SYSTEMS.length &&
    [...constructs.stacks.values()].every(({ patch }) => patch === undefined)
  );
}

/** The outcome as a person reads it. */
export function terrainReport(check: TerrainCheck): string {
  const { installed, sources, renamed, failures, modules, stack, constructs } = check;
  const title = `${namesOf(installed)}, with ${CONSTRUCTS.name}@${CONSTRUCTS.version} on Node.js ${process.versions.node}`;
  return [
    title,
    [`${renamed.length} of ${sources} files import CDKTF:`, ...renamed.map(indented)].join("\n"),
    ...[...failures, ...constructs.failures].map(([step, said]) => `FAILED, ${step}:\n${said}`),
    ...(modules === undefined ? [] : [modulesReport(modules)]),
    ...(stack === undefined ? [] : [stackReport("Deployable stack", stack)]),
    ...[...constructs.stacks].map(([system, comparison]) =>
      stackReport(`App with remotion-lambda-terraform/cdktn, ${system}`, comparison),
    ),
  ].join("\n\n");
}

function modulesReport({ files, patches }: NonNullable<TerrainCheck["modules"]>): string {
  return patches.length === 0
    ? `Modules: all ${files} files are identical, byte for byte.`
    : [`Modules: ${patches.length} of ${files} files differ.`, ...patches].join("\n\n");
}

function stackReport(name: string, { known, patch }: TextComparison): string {
  if (patch !== undefined) {
    return `${name}: differs.\n\n${patch}`;
  }
  return known.length === 0
    ? `${name}: identical, byte for byte.`
    : [
        `${name}: identical, byte for byte, but for`,
        ...known.map(({ what, why }) => indented(`${what}: ${why}`)),
      ].join("\n");
}

function indented(line: string): string {
  return `  ${line}`;
}
