import { objectIn } from "../json/json-value.js";
import { keyIn, lastStep } from "./module-path.js";
import { type PlanConfiguration, referencesIn } from "./plan-configuration.js";
import type { ResourceInstances } from "./resource-instances.js";

/** Where an expression stands. */
export interface Place {
  /** Address of the module. */
  readonly module: string;
  /** `each.key` or `count.index` there, as text. */
  readonly key: string | undefined;
  /** The `for_each` or `count` there. */
  readonly loop: unknown;
}

/** What an expression is made from. */
export interface Trace {
  /** Addresses of resources and data sources, as far as the plan tells. */
  readonly origins: readonly string[];
  /** Whether there may be something else in it that is not known. */
  readonly isOpaque: boolean;
  /** Whether something may decide which of them are in it. */
  readonly isConditional: boolean;
}

/** A trace that is being followed. */
interface Walk {
  steps: number;
  readonly found: Set<string>;
  isOpaque: boolean;
  isConditional: boolean;
}

/** How many references may be followed for one argument. Modules pass values on, but not endlessly. */
const MAX_STEPS = 50;

const DATA = "data.";

/** What a plan says nothing of: what it is made from may be unknown, and its value is. */
const HIDDEN: ReadonlySet<string> = new Set(["local", "path", "self", "terraform"]);

/* Matches from the start, in one way only: `module.a["k"].out`, `aws_iam_role.a[0].name`, `var.a`. */
const REFERENCE = /^([^.[\]]+)\.([^.[\]]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.([^.[\]]+))?/;

/** A resource or data source without an index and an attribute. */
const WHOLE_RESOURCE = /^(?:data\.)?[^.[\]]+\.[^.[\]]+$/;

/** Follows references through variables, outputs and loops to the resources at their end. */
export class PlanReferences {
  readonly #configuration: PlanConfiguration;
  readonly #instances: ResourceInstances;

  constructor(configuration: PlanConfiguration, instances: ResourceInstances) {
    this.#configuration = configuration;
    this.#instances = instances;
  }

  /** Addresses of the resources that an expression is made from, as far as the plan tells. */
  origins(expression: unknown, place: Place): readonly string[] {
    return this.trace(expression, place).origins;
  }

  /** What an expression is made from. */
  trace(expression: unknown, place: Place): Trace {
    const walk: Walk = {
      steps: 0,
      found: new Set<string>(),
      isOpaque: false,
      isConditional: false,
    };
    this.#follow(referencesIn(expression), place, undefined, walk);
    // Some of many would look like all of them.
    return walk.steps > MAX_STEPS
      ? { origins: [], isOpaque: true, isConditional: true }
      : {
          origins: [...walk.found],
          isOpaque: walk.isOpaque,
          isConditional: walk.isConditional,
        };
  }

  /** @param chosen the key by which an expression nearer to the argument chose one of several */
  #follow(
    references: readonly string[],
    place: Place,
    chosen: string | undefined,
    walk: Walk,
  ): void {
    const key = references.some(isLoopReference) ? place.key : chosen;
    walk.isConditional ||= mayChoose(references);
    for (const reference of references) {
      walk.steps += 1;
      if (walk.steps > MAX_STEPS) {
        return;
      }
      const data = reference.startsWith(DATA) ? DATA : "";
      const [, head = "", name = "", index, output] =
        REFERENCE.exec(reference.slice(data.length)) ?? [];
      if (data !== "") {
        const before = walk.found.size;
        this.#find(within(place.module, `${data}${head}.${name}`), index, key, walk);
        // It is read by then, and the plan does not say what it came to.
        walk.isOpaque ||= walk.found.size === before;
      } else if (head === "var") {
        this.#followVariable(name, place.module, key, walk);
      } else if (head === "each") {
        if (name === "value") {
          this.#follow(referencesIn(place.loop), place, place.key, walk);
        }
      } else if (head === "module") {
        const address = within(place.module, `module.${name}`);
        // A module without resources is in the configuration alone, and has outputs all the same.
        const instances = this.#instances.of(address)
          ? this.#choose(address, keyIn(index), key)
          : [address];
        for (const instance of instances) {
          this.#followOutput(output, instance, key, walk);
        }
      } else if (HIDDEN.has(head)) {
        walk.isOpaque = true;
      } else {
        this.#find(within(place.module, `${head}.${name}`), index, key, walk);
      }
    }
  }

  /** The instances of a resource. */
  #find(address: string, index: string | undefined, key: string | undefined, walk: Walk): void {
    for (const instance of this.#choose(address, keyIn(index), key)) {
      if (walk.steps > MAX_STEPS) {
        return;
      }
      walk.steps += 1;
      walk.found.add(instance);
    }
  }

  /** A variable is what the call of the module passes. */
  #followVariable(name: string, module: string, key: string | undefined, walk: Walk): void {
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
    walk: Walk,
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
    const instances = this.#instances.of(address) ?? new Map<string, string>();
    const one = instances.get(written ?? chosen ?? "");
    if (written === undefined && (instances.size === 1 || one === undefined)) {
      return instances.values();
    }
    return one === undefined ? [] : [one];
  }
}

/** Whether something in an expression may choose between others: whatever is neither one of them nor an index. */
function mayChoose(references: readonly string[]): boolean {
  if (references.length < 2) {
    return false;
  }
  // Terraform names a resource without an attribute where an index stands after it that is worked out.
  const isIndexed = references.some(
    (reference) => !isNoResource(reference) && WHOLE_RESOURCE.test(reference),
  );
  return references
    .filter(isNoResource)
    .some((reference) => !(isIndexed && /^(?:each\.key|count\.index)$/.test(reference)));
}

function isNoResource(reference: string): boolean {
  const head = reference.slice(0, Math.max(0, reference.indexOf(".")));
  return head === "var" || HIDDEN.has(head) || isLoopReference(reference);
}

function isLoopReference(reference: string): boolean {
  return /^(?:each|count)\./.test(reference);
}

function within(module: string, address: string): string {
  return module === "" ? address : `${module}.${address}`;
}
