import { describe, expect, it } from "vitest";
import { shown } from "../../../lib/iam/shown.js";
import {
  checkKind,
  checkObject,
  expected,
  kindsOf,
  orNone,
  type ValueKind,
} from "../../../lib/iam/value-kind.js";

interface Example {
  readonly name: string;
  readonly size?: number;
}

const NAME = { kind: "text" } as const;
const SIZE = { kind: "number", from: 1, to: 9, unit: "metres" } as const;

const LETTERS = { subject: "a word", pattern: "^[a-z]+$", requirement: "give letters." };

describe("a declaration of an interface's props", () => {
  it("agrees with the interface, or is refused by TypeScript", () => {
    const kinds = kindsOf<Example>()({ name: NAME, size: orNone(SIZE) });
    // @ts-expect-error: a prop is left out
    kindsOf<Example>()({ name: NAME });
    // @ts-expect-error: an optional prop is not so
    kindsOf<Example>()({ name: NAME, size: SIZE });
    // @ts-expect-error: a prop is optional that is not so
    kindsOf<Example>()({ name: orNone(NAME), size: orNone(SIZE) });
    const more = { ...kinds, colour: NAME };
    // @ts-expect-error: there is no such prop, not even from elsewhere
    kindsOf<Example>()(more);

    expect(Object.keys(kinds)).toEqual(["name", "size"]);
  });
});

describe("a value", () => {
  it.each<[kind: ValueKind, value: unknown, says: string]>([
    [NAME, 7, "it is 7: give a string."],
    [NAME, null, "it is null: give a string."],
    [{ kind: "text", rule: LETTERS }, "a1", 'it is "a1", which is not a word: give letters.'],
    [{ kind: "text", rule: LETTERS }, 7, "it is 7, which is not a word: give letters."],
    [{ kind: "choice", choices: ["a", "b"] }, "c", 'it is "c": give "a" or "b".'],
    [{ kind: "choice", choices: ["a"] }, ["a"], 'it is ["a"]: give "a".'],
    [SIZE, 0, "it is 0: give a whole number from 1 to 9."],
    [SIZE, 1.5, "it is 1.5: give a whole number from 1 to 9."],
    [SIZE, "5", 'it is "5": give a whole number from 1 to 9.'],
    [{ kind: "list", items: SIZE }, [1, 10], "it[1] is 10: give a whole number"],
    [{ kind: "list", items: SIZE }, { 0: 1 }, "it is { 0: 1 }: give a list of"],
    [
      { kind: "map", values: NAME },
      [],
      "it is []: give an object of strings by keys of your choice.",
    ],
    [{ kind: "map", values: NAME, keys: LETTERS }, { a1: "x" }, 'it is "a1", which is not a word'],
    [{ kind: "map", values: NAME }, { a: 1 }, "it.a is 1: give a string."],
    [SIZE, 10, "it is 10: give a whole number from 1 to 9."],
    [
      { kind: "list", items: SIZE },
      "a",
      'it is "a": give a list of values, each a whole number of',
    ],
    [{ kind: "map", values: SIZE, most: 1 }, { a: 1, b: 2 }, "it has 2 tags, and AWS allows 1 on"],
    [{ kind: "map", values: { kind: "flag" } }, { a: 1 }, "it.a is 1: give true or false."],
    [{ kind: "other", is: () => false, expected: "nothing" }, 1, "it is 1: give nothing."],
  ])("that is not %o is refused: %o", (kind, value, says) => {
    expect(() => checkKind(kind, "it", value)).toThrow(says);
  });

  it.each<[kind: ValueKind, value: unknown]>([
    [NAME, ""],
    [{ kind: "text", rule: LETTERS }, "abc"],
    [{ kind: "choice", choices: ["a", "b"] }, "b"],
    [{ kind: "flag" }, false],
    [SIZE, 1],
    [SIZE, 9],
    [{ kind: "list", items: SIZE }, []],
    [{ kind: "list", items: SIZE }, [1, 2]],
    [{ kind: "map", values: NAME, keys: LETTERS, most: 1 }, { a: "x" }],
    [{ kind: "map", values: NAME }, {}],
    [{ kind: "object", props: { a: orNone(NAME) } }, {}],
    [{ kind: "other", is: (value) => value === 7, expected: "seven" }, 7],
  ])("that is %o is taken: %o", (kind, value) => {
    expect(() => checkKind(kind, "it", value)).not.toThrow();
  });

  const NESTED: ValueKind = {
    kind: "object",
    props: {
      sizes: orNone({ kind: "list", items: SIZE }),
      names: orNone({ kind: "map", values: NAME }),
      inner: orNone({ kind: "object", props: { size: SIZE } }),
    },
  };
  it.each<[value: unknown, says: string]>([
    [7, "Role: props is 7: give an object { sizes, names, inner }."],
    [{ sizes: 7 }, "Role: sizes is 7: give a list of"],
    [{ sizes: [0] }, "Role: sizes[0] is 0: give"],
    [{ names: 7 }, "Role: names is 7: give"],
    [{ names: { a: 7 } }, "Role: names.a is 7: give"],
    [{ inner: 7 }, "Role: inner is 7: give an object { size }."],
    [{ inner: {} }, "Role: inner.size is undefined: give"],
    [
      { inner: { size: 1, sise: 2 } },
      "Role: inner.sise is 2, and there is no such prop: there are size.",
    ],
    [{ nmae: 1 }, "Role: nmae is 1, and there is no such prop: there are sizes, names, inner."],
  ])("is named by its path: %o", (value, says) => {
    expect(() => checkObject(NESTED, "", value, { where: "Role: " })).toThrow(says);
  });

  it("that is a whole has a name of its own", () => {
    const whole = "scope";

    expect(() => checkObject(NESTED, "", 7, { whole })).toThrow("scope is 7: give");
    expect(() => checkObject(NESTED, "", 7)).toThrow(/^props is 7: give/);
    expect(() => checkObject(NESTED, "it", 7, { whole })).toThrow(/^it is 7: give/);
    expect(() => checkKind({ kind: "list", items: SIZE }, "it", 7)).toThrow(/^it is 7: give/);
    expect(() => checkKind({ kind: "map", values: SIZE }, "it", 7)).toThrow(/^it is 7: give/);
    expect(() => checkKind(NAME, "it", 7)).toThrow(/^it is 7: give/);
  });

  it("that is not known yet is taken by whoever knows it", () => {
    const seen: unknown[] = [];
    const takesUnknown = (kind: ValueKind, path: string, value: unknown) => {
      seen.push([kind, path, value]);
      return value === "token";
    };

    expect(() => checkKind(SIZE, "it", "token", { takesUnknown })).not.toThrow();
    expect(() => checkKind(SIZE, "it", "text", { takesUnknown })).toThrow("it is");
    expect(seen).toEqual([
      [SIZE, "it", "token"],
      [SIZE, "it", "text"],
    ]);
  });

  it.each<[kind: ValueKind, text: string]>([
    [NAME, "a string"],
    [{ kind: "choice", choices: ["a", "b"] }, '"a" or "b"'],
    [{ kind: "flag" }, "true or false"],
    [SIZE, "a whole number of metres from 1 to 9"],
    [{ kind: "list", items: NAME }, "a list of strings"],
    [{ kind: "list", items: { kind: "flag" } }, "a list of values, each true or false"],
    [
      { kind: "list", items: { kind: "object", props: { a: NAME, b: NAME } } },
      "a list of objects { a, b }",
    ],
    [{ kind: "map", values: NAME }, "an object of strings by keys of your choice"],
    [{ kind: "object", props: { a: NAME, b: NAME } }, "an object { a, b }"],
    [{ kind: "other", is: () => true, expected: "a Role" }, "a Role"],
  ])("of the kind %o is asked for as %s", (kind, text) => {
    expect(expected(kind)).toBe(text);
  });

  it("that may be left out may be undefined, and not null", () => {
    expect(() => checkKind(orNone(NAME), "it", undefined)).not.toThrow();
    expect(() => checkKind(orNone(NAME), "it", null)).toThrow("it is null: give a string.");
    expect(() => checkKind(NAME, "it", undefined)).toThrow("it is undefined: give a string.");
  });
});

describe("a value in a message", () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;

  it.each<[value: unknown, text: string]>([
    ["a", '"a"'],
    [undefined, "undefined"],
    [null, "null"],
    [Number.NaN, "NaN"],
    [5n, "5"],
    [Symbol("a"), "Symbol(a)"],
    [() => 1, "a function"],
    [new Map(), "an object of the class Map"],
    [Object.create(null), "{}"],
    [circle, "{ self: {…} }"],
    [new Array(1), "[undefined]"],
    [[["a"], "b"], '[[…], "b"]'],
    [Array.from({ length: 99 }, () => "ab"), `[${'"ab", '.repeat(20).slice(0, -1)}…`],
  ])("%o is %s", (value, text) => {
    expect(shown(value)).toBe(text);
  });
});
