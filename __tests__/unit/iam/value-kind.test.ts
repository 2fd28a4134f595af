import { describe, expect, it } from "vitest";
import { shown } from "../../../lib/iam/shown.js";
import { checkKind, kindsOf, orNone, type ValueKind } from "../../../lib/iam/value-kind.js";

interface Example {
  readonly name: string;
  readonly size?: number;
}

const NAME = { kind: "text" } as const;
const SIZE = { kind: "number", from: 1, to: 9, unit: "metres" } as const;

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
