import { settled } from "../terraform-expression/convert.js";
import type { Limits } from "../terraform-expression/limits.js";
import { Unknown } from "../terraform-expression/unknown.js";
import {
  entriesOf,
  isList,
  isValueObject,
  objectOf,
  type Value,
} from "../terraform-expression/value.js";
import type { Configured, Expansion, Instance } from "./instance.js";

/** What each instance costs, in steps: it is looked at, whatever it holds. */
const STEPS_PER_INSTANCE = 20;

/**
 * Makes of a resource what its `count` or `for_each` says. Where that is not told, one instance
 * stands for all.
 *
 * @param count the value of `count`; undefined where there is none
 * @param forEach the value of `for_each`, likewise
 */
export function expand(
  configured: Configured,
  count: Value | undefined,
  forEach: Value | undefined,
  limits: Limits,
): Expansion {
  const { address } = configured;
  const instance = (suffix: string, loop: Instance["loop"], open?: string): Instance => {
    limits.spend(STEPS_PER_INSTANCE);
    return { configured, address: `${address}${suffix}`, loop, open };
  };
  const open = (reason: string): Expansion => {
    const unknown = new Unknown(reason);
    const each = objectOf([
      ["key", unknown],
      ["value", unknown],
    ]);
    const loop = new Map<"each" | "count", Value>([
      ["each", each],
      ["count", objectOf([["index", unknown]])],
    ]);
    return { kind: "open", instances: [instance("", loop, reason)] };
  };
  if (count !== undefined) {
    const number = typeof count === "string" ? Number(count) : settled(count);
    if (number instanceof Unknown) {
      return open(number.reason);
    }
    if (typeof number !== "number" || !Number.isInteger(number) || number < 0) {
      return open("its count is no whole number");
    }
    limits.spend(number * STEPS_PER_INSTANCE);
    const instances = Array.from({ length: number }, (_, index) =>
      instance(`[${index}]`, new Map([["count", objectOf([["index", index]])]])),
    );
    return { kind: "list", instances };
  }
  if (forEach !== undefined) {
    const entries = eachOf(settled(forEach));
    if (entries instanceof Unknown) {
      return open(entries.reason);
    }
    const keys = entries.map(([key]) => key);
    const instances = entries.map(([key, value]) =>
      instance(
        `[${JSON.stringify(key)}]`,
        new Map([
          [
            "each",
            objectOf([
              ["key", key],
              ["value", value],
            ]),
          ],
        ]),
      ),
    );
    return { kind: "map", keys, instances };
  }
  return { kind: "one", instances: [instance("", new Map())] };
}

/** What `for_each` goes through: a map, or a set of texts, each of which is its own key. */
function eachOf(value: Value): [string, Value][] | Unknown {
  if (value instanceof Unknown) {
    return value;
  }
  if (isValueObject(value)) {
    return entriesOf(value);
  }
  if (!isList(value)) {
    return new Unknown("its for_each is neither a map nor a set");
  }
  const entries: [string, Value][] = [];
  for (const item of value) {
    if (typeof item !== "string") {
      return item instanceof Unknown
        ? item
        : new Unknown("its for_each is a set of something else than texts");
    }
    entries.push([item, item]);
  }
  return entries;
}
