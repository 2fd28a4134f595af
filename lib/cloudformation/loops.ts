import { isObject, type JsonObject, objectIn } from "../json/json-value.js";
import type { Limits } from "../terraform-expression/limits.js";
import { isList } from "../terraform-expression/value.js";
import { Template } from "./template.js";

/** How the key of a loop begins; its value is `[identifier, collection, fragment]`. */
export const FOR_EACH = "Fn::ForEach::";

/** Characters of a logical id: the others CloudFormation takes out of it where `&{…}` puts them in. */
const OF_LOGICAL_ID = /^[A-Za-z0-9]*$/;

/**
 * A template with what its loops make in their place. A loop stays as it is where what it goes over is not told, or
 * where what it makes is there already.
 *
 * @param given values of parameters and pseudo parameters
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function withoutLoops(
  content: JsonObject,
  given: ReadonlyMap<string, string>,
  limits: Limits,
): JsonObject {
  // What is gone over is told before there are any resources.
  const loops = new Loops(new Template({ ...content, Resources: {} }, given, limits));
  const written = ["Conditions", "Resources"].flatMap((section): [string, unknown][] =>
    Object.hasOwn(content, section) ? [[section, loops.written(objectIn(content, section))]] : [],
  );
  return { ...content, ...Object.fromEntries(written) };
}

class Loops {
  readonly #template: Template;

  constructor(template: Template) {
    this.#template = template;
  }

  /** A value with its loops written out. */
  written(json: unknown): unknown {
    this.#template.limits.spend(1);
    if (Array.isArray(json)) {
      return json.map((item) => this.written(item));
    }
    if (!isObject(json)) {
      return json;
    }
    const found = new Map<string, unknown>();
    for (const [key, value] of Object.entries(json)) {
      const made = key.startsWith(FOR_EACH) ? this.#madeBy(value) : undefined;
      const names = (made ?? []).map(([name]) => name);
      const isNew =
        new Set(names).size === names.length &&
        names.every((name) => !Object.hasOwn(json, name) && !found.has(name));
      for (const [name, item] of made !== undefined && isNew
        ? made
        : [[key, key.startsWith(FOR_EACH) ? value : this.written(value)] as const]) {
        found.set(name, item);
      }
    }
    return Object.fromEntries(found);
  }

  /** What a loop makes; undefined where that is not told. */
  #madeBy(loop: unknown): readonly (readonly [string, unknown])[] | undefined {
    const [identifier, collection, fragment]: readonly unknown[] = Array.isArray(loop) ? loop : [];
    const items = this.#itemsOf(collection);
    if (typeof identifier !== "string" || items === undefined || !isObject(fragment)) {
      return undefined;
    }
    const isPlain = items.every((item) => OF_LOGICAL_ID.test(item));
    if (!isPlain && Object.keys(fragment).some((key) => key.includes(`&{${identifier}}`))) {
      return undefined;
    }
    return items.flatMap((item) =>
      Object.entries(Object(this.written(this.#replaced(fragment, identifier, item)))),
    );
  }

  #itemsOf(collection: unknown): readonly string[] | undefined {
    const value = this.#template.valueOf(collection) ?? null;
    const items = isList(value) ? value : [undefined];
    const texts = items.flatMap((item) =>
      typeof item === "string" || typeof item === "number" ? [String(item)] : [],
    );
    return texts.length === items.length ? texts : undefined;
  }

  /** A fragment with an item for the identifier, in keys, in texts and for a Ref. */
  #replaced(json: unknown, identifier: string, item: string): unknown {
    const { limits } = this.#template;
    limits.spend(1);
    const inText = (text: string) => {
      const replaced = text
        .replaceAll(`\${${identifier}}`, () => item)
        .replaceAll(`&{${identifier}}`, () => item);
      limits.spendText(replaced.length);
      return replaced;
    };
    if (typeof json === "string") {
      return inText(json);
    }
    if (Array.isArray(json)) {
      return json.map((one) => this.#replaced(one, identifier, item));
    }
    if (!isObject(json)) {
      return json;
    }
    if (json["Ref"] === identifier && Object.keys(json).length === 1) {
      return item;
    }
    return Object.fromEntries(
      Object.entries(json).map(([key, value]) => [
        inText(key),
        this.#replaced(value, identifier, item),
      ]),
    );
  }
}
