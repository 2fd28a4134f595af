import { shown } from "../../json/shown.js";
import { settled, toBoolean } from "../convert.js";
import { areEqual } from "../equality.js";
import { Failure } from "../failure.js";
import type { Limits } from "../limits.js";
import { plain } from "../operators.js";
import { Unknown } from "../unknown.js";
import { attributeOf, entriesOf, isList, objectOf, type Value } from "../value.js";
import {
  ANY_NUMBER,
  type Functions,
  isUnknownText,
  listArg,
  mapArg,
  numberArg,
  outer,
  passing,
  textArg,
  whole,
} from "./function.js";
import { distinct, keyOf, setOf } from "./sets.js";

/** As many values as Terraform's own `range()` makes. */
const MAX_RANGE = 1024;

/** Functions of lists, sets and maps. */
export const COLLECTION_FUNCTIONS: Functions = {
  alltrue: outer([1, 1], ([list]) => truth(listArg(list), false)),
  anytrue: outer([1, 1], ([list]) => truth(listArg(list), true)),
  coalescelist: outer([1, ANY_NUMBER], (lists) => {
    const filled = lists.find((list) => listArg(list).length > 0);
    return filled ?? fail("coalescelist() has no list that holds anything");
  }),
  compact: outer([1, 1], ([list]) => {
    const kept = listArg(list).filter((item) => item !== null && item !== "");
    return kept.find((item) => item instanceof Unknown && !isUnknownText(item)) ?? kept;
  }),
  concat: outer([1, ANY_NUMBER], (lists) => lists.flatMap((list) => listArg(list))),
  contains: outer([2, 2], ([list, item], limits) => contains(listArg(list), item ?? null, limits)),
  distinct: whole([1, 1], ([list], limits) => distinct(listArg(list), limits)),
  element: outer([2, 2], ([list, index]) => {
    const items = listArg(list);
    const position = numberArg(index);
    // Beyond the end it begins anew.
    const item = items[((position % items.length) + items.length) % items.length];
    return item ?? (item === null ? null : fail("element() is asked of an empty list"));
  }),
  flatten: outer([1, 1], ([list], limits) => {
    const items = flat(listArg(list), limits);
    return items.find((item) => item instanceof Unknown && !isUnknownText(item)) ?? items;
  }),
  index: whole([2, 2], ([list, item], limits) => {
    const position = listArg(list).findIndex(
      (other) => areEqual(other, item ?? null, limits) === true,
    );
    return position === -1 ? fail("index() does not find the item") : position;
  }),
  keys: outer([1, 1], ([map]) => entriesOf(mapArg(map)).map(([key]) => key)),
  length: outer([1, 1], ([value]) => {
    if (typeof value === "string") {
      return [...value].length;
    }
    return isList(value ?? null) ? listArg(value).length : Object.keys(mapArg(value)).length;
  }),
  lookup: passing([2, 3], ([map, key, otherwise]) => {
    const unknown = [map, key].find((value) => value instanceof Unknown);
    if (unknown !== undefined) {
      return unknown;
    }
    const found = attributeOf(mapArg(map), textArg(key)) ?? otherwise;
    return found === undefined ? fail(`lookup() does not find ${shown(textArg(key))}`) : found;
  }),
  merge: outer([0, ANY_NUMBER], (maps) =>
    objectOf(maps.flatMap((map) => (map === null ? [] : entriesOf(mapArg(map))))),
  ),
  one: outer([1, 1], ([list]) => {
    const items = list === null ? [] : listArg(list);
    return items.length > 1 ? fail(`one() is given ${items.length} items`) : (items[0] ?? null);
  }),
  range: whole([1, 3], (args) => {
    const [first = 0, second, third] = args.map(numberArg);
    const [start, end] = second === undefined ? [0, first] : [first, second];
    const step = third ?? (end < start ? -1 : 1);
    const count = Math.max(0, Math.ceil((end - start) / step));
    if (!(count <= MAX_RANGE)) {
      throw new Failure(`range() would make more than ${MAX_RANGE} numbers`);
    }
    return Array.from({ length: count }, (_, index) => start + index * step);
  }),
  reverse: outer([1, 1], ([list]) => [...listArg(list)].reverse()),
  setintersection: whole([1, ANY_NUMBER], (lists, limits) => {
    const [first, ...others] = lists.map((list) => setOf(listArg(list), limits));
    const sets = others.map((set) => new Set(set.map((item) => keyOf(item, limits))));
    return (first ?? []).filter((item) => sets.every((set) => set.has(keyOf(item, limits))));
  }),
  setproduct: outer([2, ANY_NUMBER], (lists, limits) =>
    lists.reduce<Value[][]>(
      (tuples, list) => {
        const items = listArg(list);
        limits.spend(tuples.length * items.length * ((tuples[0]?.length ?? 0) + 1));
        return tuples.flatMap((tuple) => items.map((item) => [...tuple, item]));
      },
      [[]],
    ),
  ),
  setsubtract: whole([2, 2], ([list, less], limits) => {
    const gone = new Set(listArg(less).map((item) => keyOf(item, limits)));
    return setOf(listArg(list), limits).filter((item) => !gone.has(keyOf(item, limits)));
  }),
  setunion: whole([1, ANY_NUMBER], (lists, limits) =>
    setOf(
      lists.flatMap((list) => listArg(list)),
      limits,
    ),
  ),
  slice: outer([3, 3], ([list, start, end]) => {
    const items = listArg(list);
    const [from, to] = [numberArg(start), numberArg(end)];
    if (!(from >= 0 && from <= to && to <= items.length)) {
      throw new Failure(`slice() is asked for ${from} to ${to} of ${items.length} items`);
    }
    return items.slice(from, to);
  }),
  sort: whole([1, 1], ([list]) => listArg(list).map(textArg).sort()),
  values: outer([1, 1], ([map]) => entriesOf(mapArg(map)).map(([, value]) => value)),
  zipmap: outer([2, 2], ([keys, values]) => {
    const items = listArg(values);
    const names = listArg(keys).map(textArg);
    if (names.length !== items.length) {
      throw new Failure(`zipmap() is given ${names.length} keys and ${items.length} values`);
    }
    return objectOf(names.map((name, index) => [name, items[index] ?? null]));
  }),
};

function fail(message: string): never {
  throw new Failure(message);
}

/** Whether one item is true (`settling`), or all of them are: one that settles it is enough. */
function truth(list: readonly Value[], settling: boolean): Value {
  const items = list.map((item) => (item === null ? false : toBoolean(settled(item))));
  const unknown = items.find((item) => item instanceof Unknown);
  return items.includes(settling) ? settling : unknown === undefined ? !settling : plain(unknown);
}

function contains(list: readonly Value[], item: Value, limits: Limits): Value {
  let result: boolean | Unknown = false;
  for (const other of list) {
    const equal = areEqual(other, item, limits);
    if (equal === true) {
      return true;
    }
    result = equal === false ? result : plain(equal);
  }
  return result;
}

function flat(list: readonly Value[], limits: Limits): Value[] {
  return limits.nested(() => {
    limits.spend(list.length);
    const items: Value[] = [];
    for (const item of list) {
      // Not push(...): a long list is more arguments than the stack holds.
      for (const inner of isList(item) ? flat(item, limits) : [item]) {
        items.push(inner);
      }
    }
    limits.spend(items.length);
    return items;
  });
}
