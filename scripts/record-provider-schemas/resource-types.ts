import { MODULE_NAMES, moduleConfiguration } from "../../__tests__/support/module-sources.js";

/** Arguments of Terraform's own, which no provider has. */
const META = ["count", "for_each", "depends_on", "lifecycle", "provider"];

/** Type of a resource → label → arguments. */
type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** Type of a resource → the arguments that some module gives it, sorted. */
export function usedInputs(): Record<string, string[]> {
  const used = new Map<string, Set<string>>();
  for (const module of MODULE_NAMES) {
    const resources = (moduleConfiguration(module)["resource"] ?? {}) as Resources;
    for (const [type, blocks] of Object.entries(resources)) {
      const names = Object.values(blocks)
        .flatMap((block) => Object.keys(block))
        .filter((name) => !META.includes(name));
      used.set(type, new Set([...(used.get(type) ?? []), ...names]));
    }
  }
  return Object.fromEntries([...used].sort().map(([type, names]) => [type, [...names].sort()]));
}

/** The types of resources that the modules make, sorted. */
export function resourceTypes(): string[] {
  return Object.keys(usedInputs());
}
