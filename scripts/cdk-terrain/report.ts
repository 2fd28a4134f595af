import type { TerrainCheck } from "./check-terrain.js";
import { CONSTRUCTS, PACKAGES } from "./packages.js";

/** Whether the program does with CDK Terrain what it does with CDKTF. */
export function isSame({ failures, modules, stack }: TerrainCheck): boolean {
  return failures.size === 0 && modules?.patches.length === 0 && stack?.patch === undefined;
}

/** The outcome as a person reads it. */
export function terrainReport(check: TerrainCheck): string {
  const { sources, renamed, failures, modules, stack } = check;
  const title = `${PACKAGES}, with ${CONSTRUCTS.name}@${CONSTRUCTS.version} on Node.js ${process.versions.node}`;
  return [
    title,
    [`${renamed.length} of ${sources} files import CDKTF:`, ...renamed.map(indented)].join("\n"),
    ...[...failures].map(([step, said]) => `FAILED, ${step}:\n${said}`),
    ...(modules === undefined ? [] : [modulesReport(modules)]),
    ...(stack === undefined ? [] : [stackReport(stack)]),
  ].join("\n\n");
}

function modulesReport({ files, patches }: NonNullable<TerrainCheck["modules"]>): string {
  return patches.length === 0
    ? `Modules: all ${files} files are identical, byte for byte.`
    : [`Modules: ${patches.length} of ${files} files differ.`, ...patches].join("\n\n");
}

function stackReport({ known, patch }: NonNullable<TerrainCheck["stack"]>): string {
  if (patch !== undefined) {
    return `Deployable stack: differs.\n\n${patch}`;
  }
  return known.length === 0
    ? "Deployable stack: identical, byte for byte."
    : [
        "Deployable stack: identical, byte for byte, but for",
        ...known.map(({ what, why }) => indented(`${what}: ${why}`)),
      ].join("\n");
}

function indented(line: string): string {
  return `  ${line}`;
}
