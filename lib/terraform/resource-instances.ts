import { type JsonObject, plainText, property, textIn } from "../json/json-value.js";
import { lastStep } from "./module-path.js";
import type { ModuleResource } from "./module-resources.js";

/** The instances of a resource or module: key → address; the key is "" where there is only one. */
export type Instances = ReadonlyMap<string, string>;

/**
 * The instances of every resource and module of a plan, by their address without a key. A plan may have a million of
 * them, and few are asked for.
 */
export class ResourceInstances {
  readonly #resources = new Map<string, JsonObject[]>();
  readonly #modules = new Map<string, Map<string, string>>();
  readonly #known = new Map<string, Instances>();

  constructor(all: Iterable<ModuleResource>) {
    const modules = new Set<string>();
    for (const { module, resource } of all) {
      modules.add(module);
      const data = textIn(resource, "mode") === "data" ? "data." : "";
      const name = `${data}${textIn(resource, "type") ?? ""}.${textIn(resource, "name") ?? ""}`;
      const path = within(module, name);
      const others = this.#resources.get(path);
      if (others === undefined) {
        this.#resources.set(path, [resource]);
      } else {
        others.push(resource);
      }
    }
    // Grows as it goes: a module without resources can call one with some.
    for (const module of modules) {
      const step = lastStep(module);
      if (step !== undefined) {
        modules.add(step.parent);
        const path = within(step.parent, `module.${step.name}`);
        const others = this.#modules.get(path) ?? new Map<string, string>();
        this.#modules.set(path, others.set(step.key ?? "", module));
      }
    }
  }

  /** The instances of a resource or module; undefined where there are none. */
  of(path: string): Instances | undefined {
    const known = this.#known.get(path) ?? this.#modules.get(path);
    const resources = this.#resources.get(path);
    if (known !== undefined || resources === undefined) {
      return known;
    }
    const found = new Map(
      resources.map((resource): [string, string] => [
        plainText(property(resource, "index") ?? ""),
        textIn(resource, "address") ?? "",
      ]),
    );
    this.#known.set(path, found);
    return found;
  }
}

function within(module: string, name: string): string {
  return module === "" ? name : `${module}.${name}`;
}
