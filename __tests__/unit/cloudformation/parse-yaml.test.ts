import { describe, expect, it } from "vitest";
import { parseYaml } from "../../../lib/cloudformation/parse-yaml.js";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";

const parsed = parseYaml;

describe("YAML as CloudFormation reads it", () => {
  it.each<[string, string, unknown]>([
    ["a short Ref", "A: !Ref B", { A: { Ref: "B" } }],
    ["a short condition", "A: !Condition B", { A: { Condition: "B" } }],
    ["a short attribute", "A: !GetAtt B.C.D", { A: { "Fn::GetAtt": ["B", "C.D"] } }],
    ["an attribute as a list", "A: !GetAtt [B, C]", { A: { "Fn::GetAtt": ["B", "C"] } }],
    ["a short text", "A: !Sub '${B}-1'", { A: { "Fn::Sub": "${B}-1" } }],
    [
      "functions in one another",
      "A: !Join ['', [!Ref B, !If [C, !GetAtt D.E, !Ref AWS::NoValue]]]",
      {
        A: {
          "Fn::Join": [
            "",
            [
              { Ref: "B" },
              { "Fn::If": ["C", { "Fn::GetAtt": ["D", "E"] }, { Ref: "AWS::NoValue" }] },
            ],
          ],
        },
      },
    ],
    [
      "a function of a map",
      "A: !Sub\n  - ${B}\n  - B: 1\n",
      { A: { "Fn::Sub": ["${B}", { B: 1 }] } },
    ],
    ["a function behind a long one", "Fn::Base64: !Sub a", { "Fn::Base64": { "Fn::Sub": "a" } }],
    ["a number behind a tag, which is a text", "A: !Ref 12", { A: { Ref: "12" } }],
    ["the version of a policy", "Version: 2012-10-17", { Version: "2012-10-17" }],
    ["a truth value", "A: NO\nB: 'NO'", { A: false, B: "NO" }],
    ["a type that is said", "A: !!str 12\nB: !!int '12'", { A: "12", B: 12 }],
    ["a text in quotes", 'A: "1"\nB: ! 1', { A: "1", B: "1" }],
    ["lines", "A: |\n  x\n  y\nB: >-\n  x\n  y\n", { A: "x\ny\n", B: "x y" }],
    ["keys as they are written", "on: 1\n012: 2\n", { on: 1, "012": 2 }],
    ["an alias", "A: &a [1]\nB: *a\n", { A: [1], B: [1] }],
    ["an alias of a function", "A: &a !Ref B\nC: *a\n", { A: { Ref: "B" }, C: { Ref: "B" } }],
    ["the newer of two anchors", "A: &a 1\nB: &a 2\nC: *a\n", { A: 1, B: 2, C: 2 }],
    [
      "a merge, in which what is written goes first",
      "A: &a {x: 1, y: 1}\nB: &b {y: 2, z: 2}\nC: {<<: [*a, *b], x: 3}\n",
      { A: { x: 1, y: 1 }, B: { y: 2, z: 2 }, C: { x: 3, y: 1, z: 2 } },
    ],
    ["a beginning of a document", "%YAML 1.1\n---\nA: 0755\n...\n", { A: 493 }],
    ["a newer version that is claimed", "%YAML 1.2\n---\nA: NO\n", { A: false }],
    ["nothing", "A:\n", { A: null }],
    ["JSON", '{"A": [1, "NO", null]}', { A: [1, "NO", null] }],
    ["a key of a prototype", "__proto__: {x: 1}", JSON.parse('{"__proto__": {"x": 1}}')],
  ])("%s", (_what, text, value) => {
    expect(parsed(text)).toEqual(value);
  });
});

/** A line of anchors, each of which stands for many of the one before. */
const BOMB = [
  "a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
  ...Array.from(
    { length: 9 },
    (_, index) => `a${index + 1}: &a${index + 1} [${Array(10).fill(`*a${index}`).join(", ")}]`,
  ),
].join("\n");

const CHAIN = [
  "a0: &a0 [x]",
  ...Array.from({ length: 300 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}]`),
].join("\n");

describe("what is refused", () => {
  it.each<[string, string, string]>([
    [
      "a key twice",
      "A:\n  Effect: Deny\n  Effect: Allow\n",
      'The key "Effect" stands twice in a map, the second time at line 3',
    ],
    ["a key twice, once in quotes", 'A: {b: 1, "b": 2}', 'The key "b" stands twice'],
    ["tabs", "A:\n\tb: 1\n", "is wrong at line 2, column 1 (tab as indent)"],
    ["brackets that do not close", "A: [1, 2\n", "is not YAML"],
    ["two documents", "A: 1\n---\nB: 2\n", "holds 2 documents"],
    ["an alias of nothing", "A: *b\n", "an alias without its anchor before it at line 1"],
    ["an alias of itself", "A: &a [*a]\n", "an alias without its anchor"],
    ["a merge of a text", "A: {<<: b}\n", "a merge of something else than a map"],
    ["a key that is a list", "? [a]\n: b\n", "a key that is no text at line 1"],
    ["bytes", "A: !!binary aGk=\n", "the type !!binary at line 1"],
    ["a set", "A: !!set {a, b}\n", "a type of its own"],
    ["aliases that multiply", BOMB, "aliases stand for more than 1000000 values"],
    ["aliases within aliases", CHAIN, "more than 200 deep, aliases counted"],
    ["brackets in brackets", `A: ${"[".repeat(10_000)}`, "more than 200 deep"],
    ["maps in maps", `A: ${"{b: ".repeat(5_000)}`, "more than 200 deep"],
    ["lists in lists", `${"- ".repeat(5_000)}a`, "more than 200 deep"],
    ["keys that are asked for", "? ".repeat(5_000), "more than 200 deep"],
    ["more than a template has", `A: ${"x".repeat(2_200_000)}`, "has more than 2097152 bytes"],
  ])("%s", (_what, text, says) => {
    expect(() => parsed(text)).toThrow(UnreadableFile);
    expect(() => parsed(text)).toThrow(says);
  });

  it.each<[string, (count: number) => string]>([
    ["keys", (count) => Array.from({ length: count }, (_, index) => `k${index}: 1`).join("\n")],
    ["items", (count) => `A: [${"b, ".repeat(count)}]`],
    ["aliases", (count) => `a: &a 1\nb: [${"*a, ".repeat(count)}]`],
    ["comments", (count) => `${"#\n".repeat(count)}a: 1`],
    ["errors", (count) => "a: b: c\n".repeat(count)],
  ])("takes time that grows with %s, and no faster", (_what, textOf) => {
    const timed = (text: string) => {
      const before = process.cpuUsage();
      try {
        parsed(text);
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableFile);
      }
      return process.cpuUsage(before).user + 1;
    };
    const [few, many] = [textOf(2000), textOf(16_000)];
    timed(few);

    // Eight times as many; where each is compared with each, it would take 64 times as long.
    expect(timed(many) / timed(few)).toBeLessThan(32);
  });
});
