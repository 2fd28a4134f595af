import { isObject, type JsonObject, plainText, textIn } from "../json/json-value.js";
import { shownAddress } from "../json/shown.js";
import { DocumentTexts } from "../terraform/document-texts.js";
import { IAM_TYPES, type IamResource } from "../terraform/iam-file.js";
import { mayNotBeMade } from "../terraform/notes.js";
import { partitionOfRegion } from "../terraform/partition.js";
import { settled } from "../terraform-expression/convert.js";
import { evaluate, type Scope } from "../terraform-expression/evaluate.js";
import { Failure } from "../terraform-expression/failure.js";
import type { Limits } from "../terraform-expression/limits.js";
import { parseTemplate } from "../terraform-expression/parse-expression.js";
import type { Expression } from "../terraform-expression/syntax.js";
import { ofType } from "../terraform-expression/type-constraint.js";
import { Unknown } from "../terraform-expression/unknown.js";
import { Lazy, objectOf, type Value } from "../terraform-expression/value.js";
import { BLOCK_TYPES } from "./block-types.js";
import { blocksIn } from "./blocks.js";
import { computed } from "./computed.js";
import { blockInDoubt, dynamicRounds } from "./dynamic-blocks.js";
import { expand } from "./expand.js";
import type { Configured, Expansion, Instance } from "./instance.js";

/** Where `each` and `count` have no meaning. */
const NO_INSTANCE: Instance["loop"] = new Map();

/**
 * A Terraform JSON configuration, worked out as far as it can be: variables have their defaults,
 * and what AWS makes up is unknown. Each value is worked out once, when it is asked for.
 */
export class Configuration {
  /** The AWS partition, as the provider's region says. */
  readonly partition: string;
  readonly #limits: Limits;
  readonly #variables = new Map<string, JsonObject>();
  readonly #locals = new Map<string, unknown>();
  readonly #configured = new Map<string, Configured>();
  readonly #expansions = new Map<string, Expansion>();
  readonly #references = new Map<string, Value>();
  readonly #values = new Map<string, Value>();
  /** What is being worked out: who meets it again goes in a circle. */
  readonly #working = new Set<string>();
  readonly #parsed = new Map<string, Expression>();
  readonly #texts = new DocumentTexts();
  readonly #region: Value;

  constructor(content: JsonObject, limits: Limits) {
    this.#limits = limits;
    for (const { labels, body } of blocksIn(content["variable"], 1)) {
      this.#variables.set(labels.join("."), body);
    }
    for (const { body } of blocksIn(content["locals"], 0)) {
      for (const [name, value] of Object.entries(body)) {
        this.#locals.set(name, value);
      }
    }
    for (const { labels, body } of blocksIn(content["resource"], 2)) {
      this.#configure(labels.join("."), labels[0] ?? "", body);
    }
    for (const { labels, body } of blocksIn(content["data"], 2)) {
      this.#configure(`data.${labels.join(".")}`, `data.${labels[0] ?? ""}`, body);
    }
    const providers = blocksIn(content["provider"], 1).filter(({ labels }) => labels[0] === "aws");
    const { body } = providers.find((one) => !("alias" in one.body)) ?? providers[0] ?? {};
    this.#region = this.#worked("provider.aws.region", () =>
      settled(this.#valueOf(body?.["region"] ?? null, this.#scope(NO_INSTANCE))),
    );
    this.partition = partitionOfRegion(this.#region) ?? "aws";
  }

  /** The instances of the resources of some types. */
  resources(types: ReadonlySet<string>): readonly IamResource[] {
    const found: IamResource[] = [];
    for (const { address, type } of this.#configured.values()) {
      if (types.has(type)) {
        for (const instance of this.#expansion(address).instances) {
          found.push(this.#iamResource(instance));
        }
      }
    }
    return found;
  }

  #configure(address: string, type: string, body: JsonObject): void {
    this.#configured.set(address, { address, type, body });
  }

  #iamResource(instance: Instance): IamResource {
    const { address, configured, open } = instance;
    return {
      address,
      module: "",
      type: configured.type,
      argument: (name) => this.#argument(instance, name) ?? undefined,
      origins: () => [],
      fate: "made",
      ...(open === undefined ? {} : { caveat: mayNotBeMade(address, open) }),
    };
  }

  /** The value of an argument or of blocks; undefined where there is none. */
  #argument(instance: Instance, name: string): Value | undefined {
    const { body } = instance.configured;
    const isBlocks = hasBlocks(body, name);
    if (!Object.hasOwn(body, name) && !isBlocks) {
      return undefined;
    }
    return this.#worked(`${instance.address} ${name}`, () => {
      const scope = this.#scope(instance.loop);
      return isBlocks ? this.#blocks(name, body, scope) : settled(this.#valueOf(body[name], scope));
    });
  }

  /** The blocks of a type: those that are written out, and those that `dynamic` makes. */
  #blocks(type: string, body: JsonObject, scope: Scope): Value {
    const written = blocksIn(body[type], 0).map((block) => this.#block(block.body, scope));
    const made = blocksIn(body["dynamic"], 1)
      .filter(({ labels }) => labels[0] === type)
      .flatMap((block) => this.#dynamicBlocks(type, block.body, scope));
    return [...written, ...made];
  }

  #block(body: JsonObject, scope: Scope): Value {
    const dynamic = blocksIn(body["dynamic"], 1).map(({ labels }) => labels[0] ?? "");
    const names = new Set([...Object.keys(body), ...dynamic]);
    const entries: [string, Value][] = [];
    for (const name of names) {
      if (name !== "//" && name !== "dynamic") {
        const work = () =>
          hasBlocks(body, name)
            ? this.#blocks(name, body, scope)
            : this.#valueOf(body[name] ?? null, scope);
        entries.push([name, this.#attempted(work)]);
      }
    }
    return objectOf(entries);
  }

  /** What one `dynamic` block makes; one block that may be made stands for those that are not told. */
  #dynamicBlocks(type: string, body: JsonObject, scope: Scope): readonly Value[] {
    const { content: bodies, for_each: forEach, iterator } = body;
    const name = typeof iterator === "string" ? iterator : type;
    const [content] = blocksIn(bodies, 0);
    const collection = this.#attempted(() => settled(this.#valueOf(forEach ?? null, scope)));
    return dynamicRounds(collection, this.#limits).map(({ round, open }) => {
      const lookup = (head: string) => (head === name ? round : scope.lookup(head));
      const block = this.#block(content?.body ?? {}, { ...scope, lookup });
      return open === undefined ? block : blockInDoubt(type, block, open);
    });
  }

  /** Unknown where Terraform would refuse it. */
  #attempted(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      if (error instanceof Failure) {
        return new Unknown(error.message);
      }
      throw error;
    }
  }

  /** What an attribute is to those that refer to it. */
  #attribute(instance: Instance, name: string): Value {
    const { address, configured } = instance;
    const value = this.#argument(instance, name) ?? null;
    if (value instanceof Unknown) {
      // Whatever its own name is made from, it is this resource's name.
      const origins = IAM_TYPES.has(configured.type) ? [address] : value.origins;
      return new Unknown(value.reason, origins, value.known);
    }
    if (value !== null) {
      return value;
    }
    return this.#worked(`${address} computed ${name}`, () =>
      computed(name, {
        type: configured.type,
        resource: this.#iamResource(instance),
        argument: (argument) => this.#argument(instance, argument) ?? undefined,
        partition: this.partition,
        region: this.#region,
        texts: this.#texts,
        limits: this.#limits,
      }),
    );
  }

  #expansion(address: string): Expansion {
    const known = this.#expansions.get(address);
    const configured = this.#configured.get(address);
    if (known !== undefined || configured === undefined) {
      return known ?? { kind: "list", instances: [] };
    }
    const [count, forEach] = ["count", "for_each"].map((name) =>
      Object.hasOwn(configured.body, name)
        ? this.#worked(`${address} ${name}`, () =>
            this.#valueOf(configured.body[name], this.#scope(NO_INSTANCE)),
          )
        : undefined,
    );
    const expansion = expand(configured, count, forEach, this.#limits);
    this.#expansions.set(address, expansion);
    return expansion;
  }

  /** A resource as an expression sees it: itself, a list of instances, or a map of them. */
  #reference(address: string): Value {
    const known = this.#references.get(address);
    if (known !== undefined) {
      return known;
    }
    if (!this.#configured.has(address)) {
      return new Unknown(`${shownAddress(address)} is not in the file`);
    }
    const value = this.#expanded(address, this.#expansion(address));
    this.#references.set(address, value);
    return value;
  }

  #expanded(address: string, expansion: Expansion): Value {
    const values = expansion.instances.map((instance) => this.#instance(instance));
    const [first = null] = values;
    switch (expansion.kind) {
      case "one":
        return first;
      case "open":
        // Whichever of them is meant, this one stands for it.
        return first instanceof Lazy ? new Lazy(address, first.attribute, () => first) : first;
      case "list":
        return values;
      case "map":
        return objectOf(expansion.keys.map((key, index) => [key, values[index] ?? null]));
    }
  }

  #instance(instance: Instance): Lazy {
    return new Lazy(instance.address, (name) => this.#attribute(instance, name));
  }

  /** What a name at the start of a reference stands for. */
  #lookup(name: string, loop: Instance["loop"]): Value {
    switch (name) {
      case "var":
        return new Lazy(name, (variable) => this.#variable(variable));
      case "local":
        return new Lazy(name, (local) => this.#local(local));
      case "data":
        return new Lazy(
          name,
          (type) => new Lazy(`data.${type}`, (data) => this.#reference(`data.${type}.${data}`)),
        );
      case "module":
        return new Lazy(
          name,
          (module) => new Unknown(`${shownAddress(`module.${module}`)} is in another file`),
        );
      case "each":
      case "count":
        return loop.get(name) ?? new Unknown(`${name} has no meaning where it stands`);
      case "path":
      case "self":
      case "terraform":
        return new Unknown(`${name} is known to Terraform alone`);
      default:
        return new Lazy(name, (resource) => this.#reference(`${name}.${resource}`));
    }
  }

  #variable(name: string): Value {
    const address = `var.${name}`;
    const variable = this.#variables.get(name);
    if (variable === undefined) {
      return new Unknown(`${shownAddress(address)} is declared in another file`);
    }
    if (!Object.hasOwn(variable, "default")) {
      return new Unknown(`${shownAddress(address)} has no default`);
    }
    return this.#worked(address, () => {
      const value = variable["default"] as Value;
      const type = textIn(variable, "type");
      try {
        return type === undefined ? value : ofType(value, type, this.#scope(NO_INSTANCE));
      } catch (error) {
        if (error instanceof Failure) {
          // A type that cannot be read here leaves the value as it is.
          return value;
        }
        throw error;
      }
    });
  }

  #local(name: string): Value {
    const address = `local.${name}`;
    return this.#locals.has(name)
      ? this.#worked(address, () => this.#valueOf(this.#locals.get(name), this.#scope(NO_INSTANCE)))
      : new Unknown(`${shownAddress(address)} is declared in another file`);
  }

  /** Works a value out once; unknown where Terraform would refuse it, and where it needs itself. */
  #worked(key: string, work: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.#working.has(key)) {
      return new Unknown(`${shownAddress(key)} is made from itself`);
    }
    this.#working.add(key);
    try {
      const value = this.#limits.nested(work);
      this.#values.set(key, value);
      return value;
    } catch (error) {
      if (error instanceof Failure) {
        const unknown = new Unknown(error.message);
        this.#values.set(key, unknown);
        return unknown;
      }
      throw error;
    } finally {
      this.#working.delete(key);
    }
  }

  /** The value of what stands in the file: every text is a template, keys too. */
  #valueOf(json: unknown, scope: Scope): Value {
    return this.#limits.nested((): Value => {
      if (typeof json === "string") {
        return evaluate(this.#expression(json), scope);
      }
      if (Array.isArray(json)) {
        return json.map((item) => this.#valueOf(item, scope));
      }
      if (!isObject(json)) {
        return json as null | boolean | number;
      }
      const entries: [string, Value][] = [];
      for (const [name, item] of Object.entries(json)) {
        const key = settled(evaluate(this.#expression(name), scope));
        if (key instanceof Unknown) {
          return key;
        }
        entries.push([plainText(key), this.#valueOf(item, scope)]);
      }
      return objectOf(entries);
    });
  }

  #expression(text: string): Expression {
    const known = this.#parsed.get(text);
    const expression = known ?? parseTemplate(text);
    this.#parsed.set(text, expression);
    return expression;
  }

  #scope(loop: Instance["loop"]): Scope {
    return { limits: this.#limits, lookup: (name) => this.#lookup(name, loop) };
  }
}

/** Whether there are blocks of a type: written out, or made by `dynamic`. A text stands for a value. */
function hasBlocks(body: JsonObject, type: string): boolean {
  const written = body[type];
  return (
    BLOCK_TYPES.has(type) &&
    ((typeof written === "object" && written !== null) ||
      blocksIn(body["dynamic"], 1).some(({ labels }) => labels[0] === type))
  );
}
