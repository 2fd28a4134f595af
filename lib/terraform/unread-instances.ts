import { isObject, property, textIn } from "../json/json-value.js";
import { nameInModule } from "./module-resources.js";

/** The instances of a resource or module: key → address; the key is "" where there is only one. */
export interface Instances {
  readonly size: number;
  get(key: string): string | undefined;
  values(): Iterable<string>;
  entries(): Iterable<[string, string]>;
}

/** What tells the instances of a resource apart: a text, or a number. */
type Key = string | number;

/** How many keys are put into one text. */
const KEYS_PER_TEXT = 64;

/**
 * The instances of resources that are not read: a plan refers to them, by their addresses. It may have a million of
 * them, most of few resources, so that their keys are held, and these as text: ten bytes in place of three hundred.
 */
export class UnreadInstances {
  /** Address without a key → the key of its instance, undefined where that has none; or the keys of several. */
  readonly #keys = new Map<string, Key | PackedKeys | undefined>();
  readonly #modules = new Set<string>();

  /**
   * @param resource an instance as `terraform show -json` has it in the values of a module
   * @returns whether it is held: an address is held that says no more than the module, type, name and key
   */
  add(resource: unknown): boolean {
    const key = property(resource, "index");
    const address = textIn(resource, "address");
    if (!isObject(resource) || address === undefined || !isKey(key)) {
      return false;
    }
    const suffix = suffixOf(key);
    const path = address.slice(0, address.length - suffix.length);
    const name = nameInModule(resource);
    const start = path.length - name.length;
    const isInModule = start > 0 && address.startsWith("module.") && path[start - 1] === ".";
    if (!address.endsWith(suffix) || !path.endsWith(name) || !(start === 0 || isInModule)) {
      return false;
    }
    const known = this.#keys.get(path);
    if (known === undefined || key === undefined) {
      if (this.#keys.has(path)) {
        return false;
      }
      this.#keys.set(path, key);
      this.#modules.add(path.slice(0, Math.max(0, start - 1)));
    } else if (known instanceof PackedKeys) {
      known.add(key);
    } else {
      this.#keys.set(path, new PackedKeys(known, key));
    }
    return true;
  }

  /** Addresses of the modules that they are in. */
  get modules(): Iterable<string> {
    return this.#modules;
  }

  /** Those of a resource, by its address without a key; undefined where there are none. */
  of(path: string): Instances | undefined {
    const found = this.#keys.get(path);
    if (found instanceof PackedKeys) {
      return new KeyedInstances(path, found.all());
    }
    return this.#keys.has(path)
      ? new Map([[String(found ?? ""), `${path}${suffixOf(found)}`]])
      : undefined;
  }
}

/** The instances of one resource, whose addresses are made where they are asked for. */
class KeyedInstances implements Instances {
  readonly #path: string;
  readonly #keys = new Map<string, Key>();

  constructor(path: string, keys: Iterable<Key>) {
    this.#path = path;
    for (const key of keys) {
      this.#keys.set(String(key), key);
    }
  }

  get size(): number {
    return this.#keys.size;
  }

  get(key: string): string | undefined {
    const found = this.#keys.get(key);
    return found === undefined ? undefined : this.#addressOf(found);
  }

  *values(): Generator<string> {
    for (const key of this.#keys.values()) {
      yield this.#addressOf(key);
    }
  }

  *entries(): Generator<[string, string]> {
    for (const [text, key] of this.#keys) {
      yield [text, this.#addressOf(key)];
    }
  }

  #addressOf(key: Key): string {
    return `${this.#path}${suffixOf(key)}`;
  }
}

/** Keys in their order. */
class PackedKeys {
  /** Lists of them in JSON. */
  readonly #texts: string[] = [];
  /** Those that came last. */
  #last: Key[];

  constructor(...first: Key[]) {
    this.#last = first;
  }

  add(key: Key): void {
    this.#last.push(key);
    if (this.#last.length === KEYS_PER_TEXT) {
      this.#texts.push(JSON.stringify(this.#last));
      this.#last = [];
    }
  }

  *all(): Generator<Key> {
    for (const text of this.#texts) {
      yield* JSON.parse(text) as Key[];
    }
    yield* this.#last;
  }
}

function isKey(value: unknown): value is Key | undefined {
  return value === undefined || typeof value === "string" || typeof value === "number";
}

/** What an address has after the resource's. Terraform writes few keys in another way than JSON. */
function suffixOf(key: Key | undefined): string {
  return key === undefined ? "" : `[${JSON.stringify(key)}]`;
}
