import type { JsonValue } from "../../../lib/module/json-value.js";
import type { ModuleContract, VariableContract } from "./module-contract.js";
import { isMoved } from "./moved-resources.js";
import { mentions } from "./upgrade-notes.js";

/** A contract that was, the one that is, and what is said about it. */
export interface ContractChange {
  readonly module: string;
  readonly baseline: ModuleContract;
  readonly current: ModuleContract;
  /** `docs/UPGRADE.md`. */
  readonly upgradeNotes: string;
}

/**
 * What an upgrade of the module would break without a word, a sentence each. Additions are free, but
 * for inputs that a caller must give.
 */
export function contractProblems(change: ContractChange): string[] {
  return [
    ...resourceProblems(change),
    ...movedProblems(change),
    ...variableProblems(change),
    ...outputProblems(change),
  ];
}

/** A note makes up for a resource that is no more, if it says so; nothing but a move for the others. */
function resourceProblems({ module, baseline, current, upgradeNotes }: ContractChange): string[] {
  return Object.entries(baseline.resources).flatMap(([address, key]) => {
    const now = current.resources[address];
    if (now === key || isMoved(address, key, current)) {
      return [];
    }
    if (now === undefined) {
      return mentions(upgradeNotes, [module, address], "destroyed")
        ? []
        : [
            `${module}: the resource ${address} is gone, and an upgrade would destroy it: add a moved block from it, or ${noteOn(module, address)} and says that it is destroyed.`,
          ];
    }
    return [
      `${module}: the instances of ${address} were told apart by ${key} and are by ${now}, and an upgrade would destroy and create them: add a moved block from the old address of an instance.`,
    ];
  });
}

function movedProblems({ module, baseline, current, upgradeNotes }: ContractChange): string[] {
  return baseline.moved.flatMap(({ from, to }) => {
    const kept = current.moved.some((move) => move.from === from && move.to === to);
    return kept || mentions(upgradeNotes, [module, from])
      ? []
      : [
          `${module}: the moved block from ${from} to ${to} is gone, which upgrades from before it need: keep it, or ${noteOn(module, from)}.`,
        ];
  });
}

function variableProblems({ module, baseline, current, upgradeNotes }: ContractChange): string[] {
  const before = Object.entries(baseline.variables).flatMap(([name, variable]) => {
    const changes = variableChanges(variable, current.variables[name]);
    return changes.map((change) => [name, change] as const);
  });
  const required = Object.entries(current.variables)
    .filter(([name, variable]) => !(name in baseline.variables) && !("default" in variable))
    .map(([name]) => [name, "is new and has no default"] as const);
  return [...before, ...required].flatMap(([name, change]) =>
    mentions(upgradeNotes, [module, name])
      ? []
      : [`${module}: the variable ${name} ${change}: undo it, or ${noteOn(module, name)}.`],
  );
}

function variableChanges(before: VariableContract, now: VariableContract | undefined): string[] {
  if (now === undefined) {
    return ["is gone"];
  }
  const changed = (what: string, from: JsonValue, to: JsonValue) =>
    same(from, to) ? [] : [`had ${what} ${JSON.stringify(from)} and has ${JSON.stringify(to)}`];
  return [
    ...(isWider(before.type, now.type) ? [] : changed("the type", before.type, now.type)),
    ...defaultChanges(before, now),
    ...changed("nullable", before.nullable, now.nullable),
    ...changed("sensitive", before.sensitive, now.sensitive),
  ];
}

/** Whether a type is another one with further attributes, all of them optional. */
function isWider(before: string, now: string): boolean {
  const optional = /\b(\w+) = optional\((?:[^()]|\([^()]*\))*\) ?/g;
  const without = now.replace(optional, (attribute, name) =>
    new RegExp(`\\b${name} = `).test(before) ? attribute : "",
  );
  return without !== now && without === before;
}

function defaultChanges(before: VariableContract, now: VariableContract): string[] {
  if (now.default === undefined) {
    return before.default === undefined ? [] : ["has no default any more"];
  }
  // A default where there was none breaks nobody.
  return before.default === undefined || same(before.default, now.default)
    ? []
    : [`had the default ${JSON.stringify(before.default)} and has ${JSON.stringify(now.default)}`];
}

function outputProblems({ module, baseline, current, upgradeNotes }: ContractChange): string[] {
  return Object.entries(baseline.outputs).flatMap(([name, before]) => {
    const now = current.outputs[name];
    const change =
      now === undefined
        ? "is gone"
        : now.sensitive !== before.sensitive
          ? `is ${now.sensitive ? "sensitive now, and was not" : "not sensitive any more"}`
          : undefined;
    return change === undefined || mentions(upgradeNotes, [module, name])
      ? []
      : [`${module}: the output ${name} ${change}: undo it, or ${noteOn(module, name)}.`];
  });
}

function noteOn(module: string, thing: string): string {
  return `write an entry in the newest section of docs/UPGRADE.md that names \`${module}\` and \`${thing}\``;
}

function same(one: JsonValue, other: JsonValue): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** With the keys of objects in order: they have none in Terraform. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sorted(inner)]),
      )
    : value;
}
