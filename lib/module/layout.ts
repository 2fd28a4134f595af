import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.js";
import type { MainElement } from "./module-document.js";

/** The value of a local or the body of a resource. */
export function elementAt(terraform: JsonObject, address: string): JsonValue {
  const [type = "", name = ""] = address.split(".");
  const { locals = null, resource = null } = terraform;
  const byName = type === "local" ? locals : entryOf(resource, type);
  return entryOf(byName, name);
}

function entryOf(value: JsonValue, key: string): JsonValue {
  return (isJsonObject(value) ? value[key] : undefined) ?? null;
}

/**
 * The elements of one file in the order of reading: a local that resources of the file alone need stands right
 * before the first one that does, after the locals that it is made of. All others stay where they were declared.
 *
 * @param elsewhere the elements of the other files. @default none
 */
export function localsBesideUse(
  terraform: JsonObject,
  elements: readonly MainElement[],
  elsewhere: readonly MainElement[] = [],
): readonly MainElement[] {
  const locals = new Map(elements.filter(isLocal).map((element) => [element.address, element]));
  /** The locals of the file that an element is made of, and those that these are made of. */
  const needs = (element: MainElement, found = new Set<MainElement>()) => {
    for (const address of referencesIn(elementAt(terraform, element.address))) {
      const local = locals.get(address);
      if (local !== undefined && !found.has(local)) {
        needs(local, found.add(local));
      }
    }
    return found;
  };
  const resources = elements.filter((element) => !isLocal(element));
  const shared = new Set(elsewhere.flatMap((element) => [...needs(element)]));
  const waiting = new Set(
    resources.flatMap((resource) => [...needs(resource)]).filter((local) => !shared.has(local)),
  );

  const begun = new Set<MainElement>();
  const placed: MainElement[] = [];
  const place = (element: MainElement) => {
    if (begun.has(element)) {
      return;
    }
    begun.add(element);
    const before = needs(element);
    for (const local of elements.filter((each) => before.has(each))) {
      place(local);
    }
    placed.push(element);
  };
  for (const element of elements.filter((each) => !waiting.has(each))) {
    place(element);
  }
  return placed;
}

function isLocal({ address }: MainElement): boolean {
  return address.startsWith("local.");
}

/** The locals that a value refers to. */
function referencesIn(value: JsonValue): string[] {
  return JSON.stringify(value).match(/\blocal\.[A-Za-z_][\w-]*/g) ?? [];
}
