import {
  isObject,
  type JsonObject,
  objectIn,
  objectsIn,
  property,
  textIn,
} from "../json/json-value.js";
import { lastStep, type ModuleStep } from "./module-path.js";

/** The configuration that a plan brings along: what each argument is made from, and no values. */
export class PlanConfiguration {
  readonly #root: JsonObject;
  readonly #modules = new Map<string, JsonObject>();
  readonly #resources = new Map<JsonObject, Map<string, JsonObject>>();
  readonly #sources = new Map<string, readonly string[]>();

  /** @param configuration `configuration` of the plan */
  constructor(configuration: JsonObject) {
    this.#root = objectIn(configuration, "root_module");
  }

  /** The configuration of the module with this address; an empty one where there is none. */
  module(address: string): JsonObject {
    const known = this.#modules.get(address);
    if (known !== undefined) {
      return known;
    }
    const step = lastStep(address);
    const module = step === undefined ? this.#root : objectIn(this.call(step), "module");
    this.#modules.set(address, module);
    return module;
  }

  /** The call that makes a module. */
  call({ parent, name }: ModuleStep): JsonObject {
    return objectIn(objectIn(this.module(parent), "module_calls"), name);
  }

  /** `source` of the call of each module around an address, the outermost first. */
  sources(address: string): readonly string[] {
    const known = this.#sources.get(address);
    if (known !== undefined) {
      return known;
    }
    const step = lastStep(address);
    const sources =
      step === undefined
        ? []
        : [...this.sources(step.parent), textIn(this.call(step), "source") ?? ""];
    this.#sources.set(address, sources);
    return sources;
  }

  /**
   * Addresses without keys of the resources that have one of these arguments.
   *
   * @param names by type
   */
  *having(names: Readonly<Record<string, readonly string[]>>): Generator<string> {
    const modules: [string, JsonObject][] = [["", this.#root]];
    for (const [path, module] of modules) {
      for (const resource of objectsIn(module, "resources")) {
        const expressions = objectIn(resource, "expressions");
        if (names[textIn(resource, "type") ?? ""]?.some((name) => name in expressions) === true) {
          yield `${path}${textIn(resource, "address") ?? ""}`;
        }
      }
      for (const [name, call] of Object.entries(objectIn(module, "module_calls"))) {
        modules.push([`${path}module.${name}.`, objectIn(call, "module")]);
      }
    }
  }

  /** A resource of a module, by its address in it without a key: `aws_iam_role.lambda`. */
  resource(module: string, address: string): JsonObject | undefined {
    const configuration = this.module(module);
    const known = this.#resources.get(configuration);
    const resources =
      known ??
      new Map(
        objectsIn(configuration, "resources").map((resource) => [
          textIn(resource, "address") ?? "",
          resource,
        ]),
      );
    this.#resources.set(configuration, resources);
    return resources.get(address);
  }
}

/** By the expression: all instances of a resource have the same one. */
const REFERENCES = new WeakMap<object, readonly string[]>();

/**
 * What an expression refers to, each once: Terraform lists `aws_iam_role.a.name` and after it
 * `aws_iam_role.a`, which is a part of it.
 */
export function referencesIn(expression: unknown): readonly string[] {
  if (!isObject(expression)) {
    return [];
  }
  const references = REFERENCES.get(expression) ?? referencesOf(expression);
  REFERENCES.set(expression, references);
  return references;
}

function referencesOf(expression: JsonObject): readonly string[] {
  const references = property(expression, "references");
  const found: string[] = [];
  for (const reference of Array.isArray(references) ? references : []) {
    const last = found.at(-1) ?? "";
    if (
      typeof reference === "string" &&
      !last.startsWith(`${reference}.`) &&
      !last.startsWith(`${reference}[`)
    ) {
      found.push(reference);
    }
  }
  return found;
}
