import { describe, expect, it } from "vitest";
import { parsedAtOnce } from "../../../lib/json/parsed-at-once.js";
import { items, members } from "../../../lib/json/selection.js";

describe("a text that is parsed at once", () => {
  it.each([
    { what: "all", selection: "all" as const, value: { a: [{ b: 1, c: 2 }], d: 3 } },
    { what: "nothing", selection: "nothing" as const, value: undefined },
    {
      what: "some members of each item",
      selection: members({ a: items(members({ b: "all" })) }),
      value: { a: [{ b: 1 }] },
    },
    {
      what: "what the members before it decide",
      selection: members({ a: "all", d: (before) => ("a" in before ? "nothing" : "all") }),
      value: { a: [{ b: 1, c: 2 }] },
    },
    {
      what: "the whole of what is no list and no object",
      selection: members({ a: members({ b: "all" }), d: items("nothing") }),
      value: { a: [{ b: 1, c: 2 }], d: 3 },
    },
  ])("has $what", ({ selection, value }) => {
    expect(parsedAtOnce('{"a":[{"b":1,"c":2}],"d":3}\n', selection, 3)).toEqual({ value });
  });

  it("keeps the order and the names of members", () => {
    const text = '{"b":{"__proto__":{"x":1}},"a":null}';

    expect(JSON.stringify(parsedAtOnce(text, members({}, "all"), 3)?.value)).toBe(text);
  });

  it.each([
    { what: "white space", text: '{ "a":1}' },
    { what: "a key twice", text: '{"a":1,"a":1}' },
    { what: "a key twice, written in two ways", text: '{"a":1,"\\u0061":1}' },
    { what: "two values", text: "{}{}" },
    { what: "no end", text: '{"a":[' },
    { what: "a number that is none of JavaScript's", text: "[1e999]" },
    { what: "lists that lie too deep in one another", text: "[[[[]]]]" },
  ])("is left to whoever reads it piece by piece where it has $what", ({ text }) => {
    expect(parsedAtOnce(text, "all", 3)).toBe(undefined);
  });
});
