import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../lib/module/json-value.js";
import type { ModuleDocument } from "../../../lib/module/module-document.js";
import type { MovedConfig } from "../../../lib/module/moved.js";
import { REPOSITORY } from "../../support/repository.js";

/** What callers of a module, and the states that it is applied in, rely on. */
export interface ModuleContract {
  readonly variables: Readonly<Record<string, VariableContract>>;
  readonly outputs: Readonly<Record<string, OutputContract>>;
  /** Address → how its instances are told apart. */
  readonly resources: Readonly<Record<string, InstanceKey>>;
  /** Moves of the past, which an upgrade from before them still needs. */
  readonly moved: readonly MovedConfig[];
}

/** What a caller may give. */
export interface VariableContract {
  /** On one line. */
  readonly type: string;
  /** Absent where the caller must give a value. */
  readonly default?: JsonValue;
  readonly nullable: boolean;
  readonly sensitive: boolean;
}

/** What a caller gets. */
interface OutputContract {
  readonly sensitive: boolean;
}

/** What stands behind an address: nothing, a number or a key. */
export type InstanceKey = "none" | "count" | "for_each";

/** The contract of a module as it is now. */
export function contractOf({ terraform }: ModuleDocument): ModuleContract {
  return {
    variables: mapEntries(terraform["variable"], (variable) => ({
      type: String(variable["type"]).replace(/\s+/g, " "),
      ...("default" in variable ? { default: variable["default"] } : {}),
      nullable: variable["nullable"] !== false,
      sensitive: variable["sensitive"] === true,
    })),
    outputs: mapEntries(terraform["output"], ({ sensitive = false }) => ({
      sensitive: sensitive === true,
    })),
    resources: Object.fromEntries(
      Object.entries(objectOf(terraform["resource"])).flatMap(([type, byName]) =>
        Object.entries(objectOf(byName)).map(([name, body]) => [
          `${type}.${name}`,
          instanceKey(objectOf(body)),
        ]),
      ),
    ),
    moved: (terraform["moved"] ?? []) as unknown as readonly MovedConfig[],
  };
}

/** Where the contract that a module has kept until now is recorded. */
export function recordedContractFile(module: string): string {
  return join(REPOSITORY, "__tests__", "contract", `${module}.json`);
}

/** The contract that a module has kept until now. @throws when none is recorded */
export function recordedContract(module: string): ModuleContract {
  return JSON.parse(readFileSync(recordedContractFile(module), "utf8")) as ModuleContract;
}

function instanceKey(resource: JsonObject): InstanceKey {
  return "count" in resource ? "count" : "for_each" in resource ? "for_each" : "none";
}

function mapEntries<Result>(
  object: JsonValue | undefined,
  change: (value: JsonObject) => Result,
): Record<string, Result> {
  const entries = Object.entries(objectOf(object));
  return Object.fromEntries(entries.map(([name, value]) => [name, change(objectOf(value))]));
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
