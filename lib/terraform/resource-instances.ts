import { type JsonObject, plainText, property, textIn } from "../json/json-value.js";
import { lastStep } from "./module-path.js";
import { type ModuleResource, nameInModule } from "./module-resources.js";
import type { Instances, UnreadInstances } from "./unread-instances.js";

/** The instances of every resource and module of a plan, by their address without a key. Few are asked for. */
export class ResourceInstances {
  readonly #resources = new Map<string, JsonObject[]>();
  readonly #modules = new Map<string, Map<string, string>>();
  readonly #known = new Map<string, Instances>();
  readonly #unread: UnreadInstances;

  /** @param unread further instances */
  constructor(all: Iterable<ModuleResource>, unread: UnreadInstances) {
    this.#unread = unread;
    const modules = new Set(unread.modules);
    for (const { module, resource } of all) {
      modules.add(module);
      const path = within(module, nameInModule(resource));
      const others = this.#resources.get(path);
      if (others === undefined) {
        this.#resources.set(path, [resource]);
      } else {
        others.push(resource);
      }
    }
    // In an order that does not depend on what is read. Grows as it goes: a module without resources can call one with some.
    const sorted = new Set([...modules].sort());
    for (const module of sorted) {
      const step = lastStep(module);
      if (step !== undefined) {
        sorted.add(step.parent);
        const path = within(step.parent, `module.${step.name}`);
        const others = this.#modules.get(path) ?? new Map<string, string>();
        this.#modules.set(path, others.set(step.key ?? "", module));
      }
    }
  }

  /** The instances of a resource or module; undefined where there are none. */
  of(path: string): Instances | undefined {
    const known = this.#known.get(path) ?? this.#modules.get(path);
    if (known !== undefined) {
      return known;
    }
    const found = this.#all(path);
    if (found !== undefined) {
      this.#known.set(path, found);
    }
    return found;
  }

  #all(path: string): Instances | undefined {
    const unread = this.#unread.of(path);
    const resources = this.#resources.get(path);
    if (resources === undefined) {
      return unread;
    }
    const all = new Map(unread?.entries());
    for (const resource of resources) {
      all.set(plainText(property(resource, "index") ?? ""), textIn(resource, "address") ?? "");
    }
    return all;
  }
}

function within(module: string, name: string): string {
  return module === "" ? name : `${module}.${name}`;
}
