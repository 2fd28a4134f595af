import { objectIn } from "./json-value.js";
import { keyIn, lastStep } from "./module-path.js";
import { type PlanConfiguration, referencesIn } from "./plan-configuration.js";

/** The instances of a resource or module: key → address; the key is "" where there is only one. */
export type Instances = ReadonlyMap<string, string>;

/** Where an expression stands. */
export interface Place {
  /** Address of the module. */
  readonly module: string;
  /** `each.key` or `count.index` there, as text. */
  readonly key: string | undefined;
  /** The `for_each` or `count` there. */
  readonly loop: unknown;
}

/** How many references may be followed for one argument. Modules pass values on, but not endlessly. */
const MAX_STEPS = 50;

/* Matches from the start, in one way only: `module.a["k"].out`, `aws_iam_role.a[0].name`, `var.a`. */
const REFERENCE = /^([^.[\]]+)\.([^.[\]]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.([^.[\]]+))?/;

/** Follows references through variables, outputs and loops to the resources at their end. */
export class PlanReferences {
  readonly #configuration: PlanConfiguration;
  /** By their address without a key. */
  readonly #instances: ReadonlyMap<string, Instances>;

  constructor(configuration: PlanConfiguration, instances: ReadonlyMap<string, Instances>) {
    this.#configuration = configuration;
    this.#instances = instances;
  }

  /** Addresses of the resources that an expression is made from, as far as the plan tells. */
  origins(expression: unknown, place: Place): readonly string[] {
    const walk = { steps: 0, found: new Set<string>() };
    this.#follow(referencesIn(expression), place, undefined, walk);
    // Some of many would look like all of them.
    return walk.steps > MAX_STEPS ? [] : [...walk.found];
  }

  /** @param chosen the key by which an expression nearer to the argument chose one of several */
  #follow(
    references: readonly string[],
    place: Place,
    chosen: string | undefined,
    walk: { steps: number; readonly found: Set<string> },
  ): void {
    const key = references.some(isLoopReference) ? place.key : chosen;
    for (const reference of references) {
      walk.steps += 1;
      if (walk.steps > MAX_STEPS) {
        return;
      }
      const [, head = "", name = "", index, output] = REFERENCE.exec(reference) ?? [];
      if (head === "var") {
        this.#followVariable(name, place.module, key, walk);
      } else if (head === "each") {
        if (name === "value") {
          this.#follow(referencesIn(place.loop), place, place.key, walk);
        }
      } else if (head === "module") {
        const address = within(place.module, `module.${name}`);
        for (const instance of this.#choose(address, keyIn(index), key)) {
          this.#followOutput(output, instance, key, walk);
        }
      } else {
        const address = within(place.module, `${head}.${name}`);
        for (const instance of this.#choose(address, keyIn(index), key)) {
          if (walk.steps > MAX_STEPS) {
            return;
          }
          walk.steps += 1;
          walk.found.add(instance);
        }
      }
    }
  }

  /** A variable is what the call of the module passes. */
  #followVariable(
    name: string,
    module: string,
    key: string | undefined,
    walk: { steps: number; readonly found: Set<string> },
  ): void {
    const step = lastStep(module);
    if (step !== undefined) {
      const call = this.#configuration.call(step);
      const place = { module: step.parent, key: step.key, loop: call["for_each_expression"] };
      const passed = objectIn(call, "expressions");
      this.#follow(referencesIn(objectIn(passed, name)), place, key, walk);
    }
  }

  /** An output is what the module makes it of; which one is not always said. */
  #followOutput(
    output: string | undefined,
    module: string,
    key: string | undefined,
    walk: { steps: number; readonly found: Set<string> },
  ): void {
    const outputs = objectIn(this.#configuration.module(module), "outputs");
    const place = { module, key: undefined, loop: undefined };
    for (const name of output === undefined ? Object.keys(outputs) : [output]) {
      const expression = objectIn(objectIn(outputs, name), "expression");
      this.#follow(referencesIn(expression), place, key, walk);
    }
  }

  /** The instance with a key that is written out; or the only one, or the one chosen, or all. */
  #choose(
    address: string,
    written: string | undefined,
    chosen: string | undefined,
  ): Iterable<string> {
    const instances = this.#instances.get(address) ?? new Map<string, string>();
    const one = instances.get(written ?? chosen ?? "");
    if (written === undefined && (instances.size === 1 || one === undefined)) {
      return instances.values();
    }
    return one === undefined ? [] : [one];
  }
}

function isLoopReference(reference: string): boolean {
  return /^(?:each|count)\./.test(reference);
}

function within(module: string, address: string): string {
  return module === "" ? address : `${module}.${address}`;
}
