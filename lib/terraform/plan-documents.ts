import { isObject, type JsonObject, property } from "../json/json-value.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { isList, objectOf, type Value } from "../terraform-expression/value.js";
import { DocumentTexts } from "./document-texts.js";
import { DATA_ARGUMENTS, policyDocumentData, STATEMENT_ARGUMENTS } from "./policy-document-data.js";

/** A data source that a plan defers until the apply, because it needs something that is not known. */
export interface DeferredData {
  readonly address: string;
  /** What is known of its arguments. */
  readonly values: JsonObject;
  /** What its arguments are made from, as the plan's configuration has it. */
  readonly expressions: JsonObject;
  /** What an argument is made from: where it is deferred, too, the data sources. */
  readonly origins: (expression: unknown) => readonly string[];
}

/** Data sources made from data sources, beyond what anyone writes. */
const MAX_DEPTH = 50;

/** The blocks in a block `statement`, and their arguments. */
const INNER_BLOCKS: Readonly<Record<string, readonly string[]>> = {
  condition: ["test", "values", "variable"],
  not_principals: ["identifiers", "type"],
  principals: ["identifiers", "type"],
};

/** The documents of `data "aws_iam_policy_document"` that a plan defers. */
export class PlanDocuments {
  readonly #deferred: ReadonlyMap<string, DeferredData>;
  readonly #reason: string;
  readonly #texts = new DocumentTexts();
  readonly #known = new Map<string, Unknown>();
  #depth = 0;

  /** @param reason why the plan defers them */
  constructor(deferred: readonly DeferredData[], reason: string) {
    this.#deferred = new Map(deferred.map((data) => [data.address, data]));
    this.#reason = reason;
  }

  /** The attribute `json` of one: not told as a text, and known for what it holds; undefined of any other. */
  json(address: string): Unknown | undefined {
    const data = this.#deferred.get(address);
    const known = this.#known.get(address);
    if (data === undefined || known !== undefined) {
      return known;
    }
    if (this.#depth >= MAX_DEPTH) {
      return new Unknown(this.#reason, [address]);
    }
    // Whoever meets it again goes in a circle.
    this.#known.set(address, new Unknown(this.#reason, [address]));
    this.#depth += 1;
    const encodes = policyDocumentData((name) => this.#argument(data, name), this.#texts);
    this.#depth -= 1;
    const json = new Unknown(
      this.#reason,
      [address],
      encodes instanceof Unknown ? {} : { encodes },
    );
    this.#known.set(address, json);
    return json;
  }

  #argument(data: DeferredData, name: string): Value | undefined {
    const { values, expressions } = data;
    const expression = property(expressions, name);
    if (!DATA_ARGUMENTS.some((argument) => argument === name)) {
      return undefined;
    }
    if (name === "statement") {
      return Object.hasOwn(values, name)
        ? this.#blocks(values[name])
        : this.#writtenBlocks(expression);
    }
    if (!Object.hasOwn(values, name)) {
      return expression === undefined ? undefined : this.#deferredText(data, expression);
    }
    const value = (values[name] ?? undefined) as Value | undefined;
    return value !== undefined && isList(value) ? this.#list(data, value, expression) : value;
  }

  /** A text that is the `json` of another one, where it is made from that alone. */
  #deferredText(data: DeferredData, expression: unknown): Value {
    const [only, ...others] = data.origins(expression);
    const json = only === undefined || others.length > 0 ? undefined : this.json(only);
    return json ?? new Unknown(this.#reason);
  }

  /** A list of texts: those that are not known are taken for the data sources that it refers to. */
  #list(data: DeferredData, list: readonly Value[], expression: unknown): Value {
    const count = list.filter((item) => item === null).length;
    const origins = count === 0 ? [] : data.origins(expression);
    const texts = origins.map((origin) => this.json(origin));
    const inOrder = texts.length === count ? texts.values() : [].values();
    return list.map((item) =>
      item === null ? (inOrder.next().value ?? new Unknown(this.#reason)) : item,
    );
  }

  #blocks(blocks: unknown): Value {
    return (Array.isArray(blocks) ? blocks : []).map((block) =>
      this.#block(block, STATEMENT_ARGUMENTS),
    );
  }

  /** A block as the plan has it: what it leaves out is not known, and neither is null in a list. */
  #block(block: unknown, names: readonly string[]): Value {
    if (!isObject(block)) {
      return new Unknown(this.#reason);
    }
    return objectOf(
      names.map((name): [string, Value] => {
        const inner = INNER_BLOCKS[name];
        const value = property(block, name);
        if (value === undefined) {
          return [name, new Unknown(this.#reason)];
        }
        if (!Array.isArray(value)) {
          return [name, value as Value];
        }
        const items = value.map((item) =>
          inner === undefined ? (item ?? new Unknown(this.#reason)) : this.#block(item, inner),
        );
        return [name, items];
      }),
    );
  }

  /**
   * The blocks of a list that is not known, as they are written in the configuration. It has no trace
   * of those that `dynamic` makes, beside them or in them.
   */
  #writtenBlocks(expression: unknown): Value {
    const blocks = Array.isArray(expression) ? expression.filter(isObject) : [];
    const written = blocks.map((block) =>
      objectOf([
        ...this.#writtenArguments(block, STATEMENT_ARGUMENTS),
        ["condition", new Unknown(this.#reason)],
      ]),
    );
    return [...written, new Unknown(this.#reason)];
  }

  #writtenArguments(block: JsonObject, names: readonly string[]): [string, Value][] {
    return names.map((name) => {
      const expression = property(block, name);
      const inner = INNER_BLOCKS[name];
      return inner !== undefined && Array.isArray(expression)
        ? [
            name,
            expression.filter(isObject).map((one) => objectOf(this.#writtenArguments(one, inner))),
          ]
        : [name, this.#written(expression)];
    });
  }

  #written(expression: unknown): Value {
    if (expression === undefined) {
      return null;
    }
    const constant = property(expression, "constant_value");
    return constant === undefined ? new Unknown(this.#reason) : (constant as Value);
  }
}
