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
  const workspace = new Workspace(environment);
  const calls = twins.map(({ module, way, namePrefix }) => {
    const name = `${module}-${way}`;
    const text = readFileSync(fileOf(module, way), "utf8");
    workspace.write(
      join(name, "main.tf"),
      text.replace(/"(?:\.\.\/)+modules\/([a-z-]+)"/g, (_source, published: string) =>
        JSON.stringify(moduleSource(published, "hcl")),
      ),
    );
    return `
module "${name}" {
  source      = "./${name}"
  name_prefix = "${namePrefix}"
}
`;
  });
  return workspace.write("main.tf", [PROVIDER, ...calls].join("")).init();
}
