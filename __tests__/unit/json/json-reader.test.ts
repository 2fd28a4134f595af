import { describe, expect, it } from "vitest";
import { InvalidJson } from "../../../lib/json/invalid-json.js";
import { type ByteSource, JsonReader } from "../../../lib/json/json-reader.js";
import { items, members, type Selection } from "../../../lib/json/selection.js";
import { TextSource } from "../../../lib/json/text-source.js";

/** Comes in pieces of so many bytes, whatever there is room for. */
class Pieces implements ByteSource {
  readonly #source: ByteSource;
  readonly #size: number;

  constructor(text: string, size: number) {
    this.#source = new TextSource(text);
    this.#size = size;
  }

  read(into: Buffer, from: number, length: number): number {
    return this.#source.read(into, from, Math.min(length, this.#size));
  }
}

const SIZES = [1, 2, 7, 1 << 20];

/** Read in pieces of every size, and at once, which must not make a difference. */
function read(text: string, selection: Selection = "all"): unknown {
  const sources = [...SIZES.map((size) => new Pieces(text, size)), new TextSource(text)];
  const outcomes = sources.map((source) => {
    try {
      return { value: new JsonReader(source).read(selection) };
    } catch (error) {
      if (!(error instanceof InvalidJson)) {
        throw error;
      }
      return { fault: error.fault };
    }
  });
  const [first] = outcomes;
  for (const outcome of outcomes) {
    expect(outcome).toEqual(first);
  }
  return first !== undefined && "fault" in first ? first.fault : first?.value;
}

const TEXTS = [
  "0",
  "-1.5e+3",
  "true",
  "null",
  '""',
  '"a\\"b\\\\"',
  '"\\u0041\\ud83d\\ude00 é 😀"',
  "[]",
  "{}",
  ' [ 1 , [ ] , { "a" : [ { } ] } ] \n',
  '{"a":{"b":{"c":[1,2,{"d":"]}"}]}},"e":"{[\\"","f":null}',
  '{"__proto__":{"a":1},"constructor":1}',
  `{"long":${JSON.stringify("é\\x".repeat(100))}}`,
];

/** Every object and list walked, as far as there are some. */
const EVERYTHING: Selection = members({}, "all");

describe.each(TEXTS)("%s", (text) => {
  it("is read as JSON.parse reads it", () => {
    expect(read(text)).toEqual(JSON.parse(text));
    expect(read(text, EVERYTHING)).toEqual(JSON.parse(text));
    expect(read(text, items(EVERYTHING))).toEqual(JSON.parse(text));
  });

  it("is read as a text", () => {
    const value: unknown = JSON.parse(text);
    const isItself = typeof value === "string" || value === null;
    expect(read(text, "text")).toBe(isItself ? value : JSON.stringify(value));
    expect(read(`[${text}]`, items("text"))).toEqual([isItself ? value : JSON.stringify(value)]);
  });

  it("is passed", () => {
    expect(read(text, "nothing")).toBeUndefined();
  });

  it("is refused where it breaks off, selected or not", () => {
    for (let end = 0; end < text.trim().length; end += Math.ceil(text.length / 60)) {
      const cut = text.trim().slice(0, end);
      if (!isJson(cut)) {
        expect(read(cut)).toMatchObject({ kind: "syntax" });
        expect(read(cut, EVERYTHING)).toMatchObject({ kind: "syntax" });
        // Of what is passed neither the numbers nor the words are looked at.
        expect(/^[\w.+-]+$/.test(cut) || read(cut, "nothing")).not.toBeUndefined();
      }
    }
  });

  it("is refused with something after it", () => {
    expect(read(`${text.trim()} ]`, "nothing")).toMatchObject({ kind: "syntax", found: "]" });
  });
});

describe("what is selected", () => {
  const text =
    '{"a":1,"b":{"c":2,"d":[{"e":3,"f":4},5]},"g\\u0068":6,"i":[{"type":"x","values":{"v":1}},{"type":"y","values":{"v":2}},{"values":{"v":3},"type":"z"}]}';

  it.each<[string, Selection, unknown]>([
    ["members", members({ a: "all" }), { a: 1 }],
    ["a member whose name has an escape", members({ gh: "all" }), { gh: 6 }],
    ["members of members", members({ b: members({ c: "all" }) }), { b: { c: 2 } }],
    [
      "members of items, and items that are no objects",
      members({ b: members({ d: items(members({ f: "all" })) }) }),
      { b: { d: [{ f: 4 }, 5] } },
    ],
    ["all but one", members({ b: "nothing", i: "nothing" }, "all"), { a: 1, gh: 6 }],
    [
      "what the members before it decide",
      members({
        i: items(
          members({
            type: "all",
            values: ({ type }) => (type === "x" || type === undefined ? "all" : "nothing"),
          }),
        ),
      }),
      { i: [{ type: "x", values: { v: 1 } }, { type: "y" }, { values: { v: 3 }, type: "z" }] },
    ],
  ])("%s", (_what, selection, expected) => {
    expect(read(text, selection)).toEqual(expected);
  });
});

describe("what is wrong", () => {
  const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

  it.each<[string, string, Selection, object]>([
    ["nothing", "", "all", { kind: "syntax", line: 1, column: 1, found: "" }],
    ["a line", '{\n "a": 1,\n é}', "all", { kind: "syntax", line: 3, column: 2, found: "é}" }],
    ["a column after others", '{"éé😀": x}', "all", { line: 1, column: 10, found: "x}" }],
    ["a column after others, passed", '[["éé😀"],x', "nothing", { line: 1, column: 12 }],
    ["the wrong bracket, passed", '{"a":[1}}', "nothing", { column: 8, found: "}}" }],
    ["a string across lines, passed", '["a\nb"]', "nothing", { line: 1, column: 4 }],
    ["a value that is none, passed", '{"a":}', members({}), { column: 6, found: "}" }],
    ["no colon", '{"a" 1}', members({}), { column: 6, found: "1}" }],
    ["no comma", '{"a":1 "b":2}', members({}), { column: 8 }],
    ["a name that is no string", "{a:1}", members({}), { column: 2, found: "a:1}" }],
    ["an escape that is none", '{"\\x":1}', EVERYTHING, { column: 3 }],
    ["nesting", deep(201), "all", { kind: "nesting", limit: 200 }],
    ["nesting, passed", deep(100_000), "nothing", { kind: "nesting", limit: 200 }],
    ["a key twice", '{"a":{"b":1,"c":[{"b":2,"b":3}]}}', "all", { kind: "repeated key", key: "b" }],
    ["a key twice, walked", '{"b":1,"\\u0062":2}', EVERYTHING, { kind: "repeated key", key: "b" }],
    ["a selected key twice", '{"b":1,"a":0,"b":2}', members({ b: "all" }), { key: "b" }],
    ["__proto__ twice", '{"__proto__":1,"__proto__":2}', EVERYTHING, { key: "__proto__" }],
  ])("%s", (_what, text, selection, fault) => {
    expect(read(text, selection)).toMatchObject(fault);
  });

  it("is not that a key stands in two objects, or in a text", () => {
    const text = '{"a":[{"b":"{\\"c\\":1,\\"c\\":2}"},{"b":1}],"b":{"b":{}}}';

    expect(read(text)).toEqual(JSON.parse(text));
  });
});

it("reads values that are longer than a piece", () => {
  const value = [1, { a: "é".repeat(700_000), b: ["x".repeat(1_500_000)] }, "y".repeat(300_000)];
  const text = JSON.stringify(value);

  for (const size of [50_000, 1 << 22]) {
    for (const selection of ["all", items(EVERYTHING)] as const) {
      expect(new JsonReader(new Pieces(text, size)).read(selection)).toEqual(value);
    }
  }
});

describe("a text of several objects", () => {
  const several = (text: string, size: number) => {
    const reader = new JsonReader(new Pieces(text, size));
    return { values: reader.readSeveral("all"), repeated: reader.repeated };
  };

  it.each([
    ["{}", [{}]],
    ['{"a":1}{"b":2}', [{ a: 1 }, { b: 2 }]],
    [' {"a":"}{"}\n\n{"b":[{}]} \n', [{ a: "}{" }, { b: [{}] }]],
    ["[1]{}", [[1], {}]],
  ])("%j", (text, values) => {
    for (const size of SIZES) {
      expect(several(text, size).values).toEqual(values);
    }
  });

  it.each(["{}1", "{},{}", "{}[]", "{}{", '{}{"a"}', ""])("is none: %j", (text) => {
    for (const size of SIZES) {
      expect(() => several(text, size)).toThrow(InvalidJson);
    }
  });

  it("is one object where there is to be one", () => {
    expect(read("{}{}")).toMatchObject({ kind: "syntax", line: 1, column: 3 });
  });

  it("says where keys stand twice", () => {
    for (const size of SIZES) {
      const { values, repeated } = several('{"a":{"b":1}}{"a":{"b":1,"b":2}}', size);
      const [first, second] = values as readonly { readonly a: object }[];

      expect([first?.a, second?.a].map((one) => one && repeated.get(one))).toEqual([
        undefined,
        "b",
      ]);
    }
  });
});

it("reads a text in which a key stands twice as it stands there, so that both are to be seen", () => {
  const text = '{"a": {"Effect": "Deny", "Effect": "Allow"}, "\u00e9": 1}';
  expect(read(text, "text")).toBe(text);
  expect(read(`{"b": ${text}}`, members({ b: "text" }))).toEqual({ b: text });
});

it("tells of a key that stands twice among selected members, where that is asked for", () => {
  const reader = new JsonReader(new TextSource('{"a": 1, "b": {"a": 2, "a": 3}, "a": 4, "c": 5}'));
  const selected = reader.readSeveral(members({ a: "all" }, "all", "told"));
  expect(selected).toEqual([{ a: 4, b: { a: 3 }, c: 5 }]);
  expect([...reader.repeated]).toEqual([
    [{ a: 3 }, "a"],
    [{ a: 4, b: { a: 3 }, c: 5 }, "a"],
  ]);
});

it("holds of an item what is to be held, and knows by then what stood twice in it", () => {
  const held = (item: unknown, repeated: ReadonlyMap<object, string>) =>
    item === 2 ? undefined : [item, repeated.get(Object(item))];
  expect(read('[1,2,{"a":3}]', items("all", held))).toEqual([
    [1, undefined],
    [{ a: 3 }, undefined],
  ]);
  const reader = new JsonReader(new TextSource('[{"a": 3, "a": 4}]'));
  expect(reader.readSeveral(items("all", held))).toEqual([[[{ a: 4 }, "a"]]]);
});

it.each([
  { what: "held", held: () => 0 },
  { what: "let go of", held: () => undefined },
])("ends with a list whose items come without end and are $what", ({ held }) => {
  const pieces = Buffer.from("0,".repeat(100_000));
  let isFirst = true;
  const reader = new JsonReader({
    read: (into, from, length) => {
      const text = isFirst ? Buffer.from("[") : pieces;
      isFirst = false;
      return text.copy(into, from, 0, Math.min(text.length, length - (length % 2)));
    },
  });
  expect(() => reader.read(items("all", held))).toThrow(InvalidJson);
});

it("holds no more than what is selected", () => {
  const size = 200 * 1024 * 1024;
  const piece = Buffer.from(`"${"x".repeat(1021)}",`);
  let given = -1;
  const reader = new JsonReader({
    read: (into, from, length) => {
      const text = given === -1 ? Buffer.from("[") : given < size ? piece : Buffer.from("0]");
      if (given > size || length < text.length) {
        return 0;
      }
      given = given < size ? given + text.length : size + 1;
      return text.copy(into, from);
    },
  });
  const before = process.memoryUsage().rss;

  expect(reader.read("nothing")).toBeUndefined();
  expect(given).toBe(size + 1);
  expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
