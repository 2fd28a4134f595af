import { type Edition, moduleSource, PROVIDER } from "../../support/module-sources.js";
import type { Workspace } from "../../support/workspace.js";
import type { KeptRoot, StateResource } from "./kept-release.js";

/** Where the roots call a module of this project. */
const SOURCE = /"\.\.\/\.\.\/modules\/([a-z-]+)"/g;

/**
 * Writes one root that calls kept ones, each with its state, so that one plan tells of all: `module.NAME.` stands before
 * every address. Their modules are those of this build.
 */
export function writeJoinedRoot(
  workspace: Workspace,
  roots: readonly KeptRoot[],
  edition: Edition,
): void {
  for (const { name, configuration } of roots) {
    for (const [file, content] of Object.entries(configuration)) {
      const text = typeof content === "string" ? content : JSON.stringify(content);
      const here = text.replaceAll(SOURCE, (_source, module: string) =>
        JSON.stringify(moduleSource(module, edition)),
      );
      workspace.write(`${name}/${file}`, here);
    }
  }
  const calls = roots.map(({ name }) => `module "${name}" {\n  source = "./${name}"\n}\n`);
  workspace.write("main.tf", [PROVIDER, ...calls].join("\n"));
  const state = {
    version: 4,
    terraform_version: "1.5.0",
    serial: 1,
    lineage: "kept",
    outputs: {},
    resources: roots.flatMap(({ name, resources }) =>
      resources.map((resource) => inModule(name, resource)),
    ),
  };
  workspace.write("terraform.tfstate", JSON.stringify(state));
}

/** A resource of a state, one module further down. */
function inModule(name: string, resource: StateResource) {
  const { module } = resource;
  const path = [`module.${name}`, ...(module === undefined ? [] : [module])].join(".");
  return { ...resource, module: path };
}
