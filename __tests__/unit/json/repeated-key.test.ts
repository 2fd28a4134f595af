import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repeatedKeyIn, repeatedKeysIn } from "../../../lib/json/repeated-key.js";
import { processorTimer } from "../../support/processor-time.js";

/** Where a key stands twice: the object as JSON.parse has it → the key. */
function found(json: string): [unknown, string][] {
  return [...repeatedKeysIn(json, JSON.parse(json))];
}

describe("keys that stand twice", () => {
  it.each<[string, [unknown, string][]]>([
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}', []],
    ['["a","a"]', []],
    ['{"a":"{\\"b\\":1,\\"b\\":2}"}', []],
    ['{"a":"x,\\"a\\":"}', []],
    ['{"a":1,"a":2}', [[{ a: 2 }, "a"]]],
    ['{"a":1,"\\u0061":2}', [[{ a: 2 }, "a"]]],
    ['{"a":1,"a":2,"b":1,"b":2}', [[{ a: 2, b: 2 }, "a"]]],
    ['{"":1,"":2}', [[{ "": 2 }, ""]]],
    ['[1,[2],{"x":[0,{"b":1,"b":1}]}]', [[{ b: 1 }, "b"]]],
    // What was lost is told of what took its place, and of what is around both.
    [
      '{"a":{"b":1,"b":1},"a":{"c":1}}',
      [
        [{ c: 1 }, "b"],
        [{ a: { c: 1 } }, "a"],
      ],
    ],
    ['{"a":{"b":1,"b":1},"a":3}', [[{ a: 3 }, "a"]]],
    [
      '[{"a":1,"a":1},{"a":1},{"b":1,"b":1}]',
      [
        [{ a: 1 }, "a"],
        [{ b: 1 }, "b"],
      ],
    ],
  ])("in %s", (json, expected) => {
    expect(found(json)).toEqual(expected);
    expect(repeatedKeyIn(json, JSON.parse(json)) !== undefined).toBe(expected.length > 0);
  });

  it("stand in the object that has them, not in one like it", () => {
    const json = '[{"a":1},{"a":0,"a":1},{"a":1}]';
    const value = JSON.parse(json) as readonly object[];
    const keys = repeatedKeysIn(json, value);

    expect(value.map((item) => keys.has(item))).toEqual([false, true, false]);
  });

  it("are told of a key that JavaScript has a meaning for", () => {
    expect(found('{"__proto__":1,"__proto__":2}')).toHaveLength(1);
    expect(found('{"constructor":1,"x":{"__proto__":{}}}')).toEqual([]);
  });

  it("are found wherever one is put into JSON, and nowhere else", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.nat(), (json, place) => {
        expect(found(json)).toEqual([]);

        const spread = JSON.stringify(JSON.parse(json), null, 2);
        const starts = [...spread.matchAll(/^\s*("(?:[^"\\]|\\.)*"): /gm)];
        const start = starts[place % (starts.length || 1)];
        if (start !== undefined) {
          const [line, key = ""] = start;
          const at = (start.index ?? 0) + line.length;
          const twice = `${spread.slice(0, at - line.length)}${key}:0,${spread.slice(at - line.length)}`;
          expect(found(twice).map(([, name]) => name)).toEqual([JSON.parse(key)]);
        }
      }),
    );
  });

  it("are looked for in a time that grows with the text", () => {
    const value = Array.from({ length: 50_000 }, (_, index) => ({ a: index, b: { c: ["x:,{"] } }));
    const json = JSON.stringify(value, null, 4);
    const half = json.length / 2;
    const twice = `${json.slice(0, json.lastIndexOf("}", half))},"b":1${json.slice(json.lastIndexOf("}", half))}`;
    const timer = processorTimer();

    expect(repeatedKeysIn(json, value).size).toBe(0);
    expect(repeatedKeysIn(twice, JSON.parse(twice)).size).toBe(1);
    expect(timer()).toBeLessThan(5000);
  });
});
