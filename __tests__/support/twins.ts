import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MODULE_NAMES, moduleSource, PROVIDER } from "./module-sources.js";
import { REPOSITORY } from "./repository.js";
import { Workspace } from "./workspace.js";

/** The two ways to the same resources: plain HCL as a careful author writes it, and a published module. */
export const WAYS = ["by-hand", "with-module"] as const;

/** One of the ways. */
export type Way = (typeof WAYS)[number];

/** A way to what a module makes, and what goes before every name. */
export interface Twin {
  readonly module: string;
  readonly way: Way;
  readonly namePrefix: string;
}

const fileOf = (module: string, way: Way) =>
  join(REPOSITORY, "bench", "twins", module, way, "main.tf");

/** The published modules that nobody has written by hand yet: each of them needs it. */
export function modulesWithoutTwin(): string[] {
  return MODULE_NAMES.filter((module) => WAYS.some((way) => !existsSync(fileOf(module, way))));
}

/** A root module with some of them, initialized. */
export function workspaceWith(
  twins: readonly Twin[],
  environment: Readonly<Record<string, string>>,
): Promise<Workspace> {
  return workspaceOf(
    twins.map(({ module, way, namePrefix }) => ({
      name: `${module}-${way}`,
      text: withOurModules(readFileSync(fileOf(module, way), "utf8")),
      namePrefix,
    })),
    environment,
  );
}

/** A module that takes what goes before every name. */
export interface Part {
  /** What the root calls it. */
  readonly name: string;
  readonly text: string;
  readonly namePrefix: string;
}

/** A root module of such parts, initialized. */
export function workspaceOf(
  parts: readonly Part[],
  environment: Readonly<Record<string, string>>,
): Promise<Workspace> {
  const workspace = new Workspace(environment);
  for (const { name, text } of parts) {
    workspace.write(join(name, "main.tf"), text);
  }
  return workspace.write("main.tf", rootOf(parts)).init();
}

/** The text of the root that calls the parts. */
export function rootOf(parts: readonly Part[]): string {
  const calls = parts.map(
    ({ name, namePrefix }) => `
module "${name}" {
  source      = "./${name}"
  name_prefix = "${namePrefix}"
}
`,
  );
  return [PROVIDER, ...calls].join("");
}

/** A text with the published modules from where they are. */
export function withOurModules(text: string): string {
  return text.replace(/"(?:\.\.\/)+modules\/([a-z-]+)"/g, (_source, published: string) =>
    JSON.stringify(moduleSource(published, "hcl")),
  );
}
