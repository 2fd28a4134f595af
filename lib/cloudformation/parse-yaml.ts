import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Parser,
} from "yaml";
import { templateTooLong } from "../terraform/errors.js";
import {
  notInTemplates,
  notOneDocument,
  notYaml,
  repeatedYamlKey,
  tooManyAliases,
  yamlTooDeep,
} from "./errors.js";
import { MAX_TEMPLATE } from "./max-template.js";
import { plainScalar } from "./yaml-scalar.js";

/** As for JSON. */
const MAX_DEPTH = 200;

/** Values that aliases stand for, in all. */
const MAX_VALUES = 1_000_000;

/**
 * Parses a template in YAML, as CloudFormation reads it: YAML 1.1 without timestamps, `!Ref` and its like as
 * the functions that they are short for. Aliases and merges are put in, as `aws cloudformation package` does.
 *
 * @throws {UnreadableFile} when it is not YAML, has a key twice, or is longer, deeper or larger than a
 * template can be
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export function parseYaml(text: string): unknown {
  if (text.length > MAX_TEMPLATE) {
    throw templateTooLong(MAX_TEMPLATE);
  }
  const tokens = [...new Parser().parse(text)];
  // The library goes into what is nested by recursion, and takes the process down where that is too deep.
  if (isDeeper(tokens)) {
    throw yamlTooDeep(MAX_DEPTH);
  }
  const composer = new Composer({
    version: "1.1",
    // All scalars are texts at first: which of them are not is said here. So are keys compared.
    schema: "failsafe",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents = [...composer.compose(tokens, true, text.length)];
  const [document] = documents;
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error !== undefined) {
    const { line, column } = placeOf(text, error.pos[0]);
    throw notYaml(line, column, error.code.toLowerCase().replaceAll("_", " "));
  }
  if (document === undefined || documents.length > 1) {
    throw notOneDocument(documents.length);
  }
  return new Conversion(text).of(document);
}

/** Whether maps and lists lie deeper in one another than the limit. Walks without recursion. */
function isDeeper(tokens: readonly CST.Token[]): boolean {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 1,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) {
      return true;
    }
    if (token.type === "document" && token.value !== undefined) {
      open.push({ token: token.value, depth });
    }
    for (const { key, value } of "items" in token ? token.items : []) {
      for (const inner of [key, value]) {
        if (inner !== undefined && inner !== null) {
          open.push({ token: inner, depth: depth + 1 });
        }
      }
    }
  }
  return false;
}

/** A value, and what it would be written out, aliases too. */
interface Converted {
  readonly value: unknown;
  readonly size: number;
  readonly depth: number;
}

/** The nodes of a document as what JSON would have in their place. */
class Conversion {
  readonly #text: string;
  readonly #anchors = new Map<string, Converted>();

  constructor(text: string) {
    this.#text = text;
  }

  of(document: Document.Parsed): unknown {
    return this.#node(document.contents).value;
  }

  #node(node: unknown): Converted {
    if (isAlias(node)) {
      const known = this.#anchors.get(node.source);
      if (known === undefined) {
        throw notInTemplates("an alias without its anchor before it", this.#line(node));
      }
      return known;
    }
    if (isScalar(node)) {
      return this.#kept(node, leaf(this.#scalar(node)));
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.#node(item));
      return this.#kept(
        node,
        containerOf(items, () => items.map(({ value }) => value)),
      );
    }
    if (isMap(node)) {
      return this.#kept(node, this.#map(node));
    }
    return leaf(null);
  }

  #map(node: Node & { readonly items: readonly { key: unknown; value: unknown }[] }): Converted {
    const found = new Map<string, Converted>();
    const merged: Converted[] = [];
    for (const { key, value } of node.items) {
      const name = this.#key(key);
      const converted = this.#node(value);
      if (name === "<<") {
        merged.push(converted);
      } else if (found.has(name)) {
        throw repeatedYamlKey(name, this.#line(key as Node));
      } else {
        found.set(name, converted);
      }
    }
    const entries = Array.from(found, ([name, { value }]): [string, unknown] => [name, value]);
    return containerOf([...found.values(), ...merged], () =>
      // What stands in the map itself goes before what is merged into it, and an earlier merge before a later one.
      Object.fromEntries([
        ...merged.reverse().flatMap(({ value }) => this.#mergedEntries(value, node)),
        ...entries,
      ]),
    );
  }

  /** The entries of a map, or of a list of maps of which an earlier one goes before a later one. */
  #mergedEntries(value: unknown, node: Node): [string, unknown][] {
    const maps: readonly unknown[] = Array.isArray(value) ? [...value].reverse() : [value];
    return maps.flatMap((map) => {
      if (typeof map !== "object" || map === null || Array.isArray(map)) {
        throw notInTemplates("a merge of something else than a map", this.#line(node));
      }
      return Object.entries(map);
    });
  }

  #key(node: unknown): string {
    if (isScalar(node) && typeof node.value === "string") {
      this.#kept(node, leaf(node.value));
      return node.value;
    }
    const value = isAlias(node) ? this.#node(node).value : undefined;
    if (typeof value !== "string") {
      throw notInTemplates("a key that is no text", this.#line(node as Node));
    }
    return value;
  }

  #scalar(node: Node & { readonly value: unknown; readonly type?: string }): unknown {
    const text = typeof node.value === "string" ? node.value : "";
    const { tag } = node;
    if (tag?.startsWith(STANDARD) === true) {
      const type = tag.slice(STANDARD.length);
      if (!SCALARS.has(type)) {
        throw notInTemplates(`the type !!${type}`, this.#line(node));
      }
      return type === "str" ? text : plainScalar(text);
    }
    return tag === undefined && node.type === "PLAIN" ? plainScalar(text) : text;
  }

  /** The value behind its tag, kept where an anchor names it. */
  #kept(node: Node & { readonly anchor?: string; readonly tag?: string }, found: Converted) {
    const { tag, anchor } = node;
    const isShort = tag !== undefined && tag !== "!" && !tag.startsWith(STANDARD);
    const converted = isShort
      ? { ...found, value: shortFunction(tag.slice(1), found.value), depth: found.depth + 1 }
      : found;
    if (!isShort && tag?.startsWith(STANDARD) === true && !TYPES.has(tag.slice(STANDARD.length))) {
      throw notInTemplates("a type of its own", this.#line(node));
    }
    if (anchor !== undefined) {
      this.#anchors.set(anchor, converted);
    }
    return converted;
  }

  #line(node: Node): number {
    return placeOf(this.#text, node.range?.[0] ?? 0).line;
  }
}

const STANDARD = "tag:yaml.org,2002:";
const SCALARS: ReadonlySet<string> = new Set(["str", "int", "float", "bool", "null"]);
const TYPES: ReadonlySet<string> = new Set([...SCALARS, "map", "seq"]);

/** The function that a tag is short for: `!Ref` for Ref, `!Sub` for Fn::Sub. */
function shortFunction(name: string, value: unknown): unknown {
  if (name === "Ref" || name === "Condition") {
    return { [name]: value };
  }
  if (name === "GetAtt" && typeof value === "string" && value.includes(".")) {
    const dot = value.indexOf(".");
    return { "Fn::GetAtt": [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${name}`]: value };
}

function leaf(value: unknown): Converted {
  return { value, size: 1, depth: 1 };
}

/** @throws {UnreadableFile} when it is larger or deeper than a template can be */
function containerOf(items: readonly Converted[], make: () => unknown): Converted {
  let size = 1;
  let depth = 1;
  for (const item of items) {
    size += item.size;
    depth = Math.max(depth, item.depth + 1);
  }
  if (size > MAX_VALUES) {
    throw tooManyAliases(MAX_VALUES);
  }
  if (depth > MAX_DEPTH) {
    throw yamlTooDeep(MAX_DEPTH);
  }
  return { value: make(), size, depth };
}

/** Line and column of an offset, both from 1. */
function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}
