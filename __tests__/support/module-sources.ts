import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isJsonObject, type JsonObject, type JsonValue } from "../../lib/module/json-value.js";
import { REPOSITORY } from "./repository.js";

/** The editions of the published modules. */
export const EDITIONS = ["hcl", "json"] as const;

/** An edition of the published modules. */
export type Edition = (typeof EDITIONS)[number];

/** Names of the published modules, as their folders have them. */
export const MODULE_NAMES = readdirSync(join(REPOSITORY, "modules", "json"));

/** Names of the examples. */
export const EXAMPLE_NAMES = readdirSync(join(REPOSITORY, "examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Folder of a module in an edition. */
export function moduleSource(name: string, edition: Edition): string {
  return join(REPOSITORY, "modules", edition === "json" ? "json" : "", name);
}

/** What all files of a module's JSON edition say, as one file would. */
export function moduleConfiguration(name: string): JsonObject {
  const folder = moduleSource(name, "json");
  const files = readdirSync(folder).filter((file) => file.endsWith(".tf.json"));
  return files
    .map((file): JsonObject => JSON.parse(readFileSync(join(folder, file), "utf8")))
    .reduce(merged, {});
}

/** Two objects as one; what is in both is an object or a list in both. */
function merged(one: JsonObject, other: JsonObject): JsonObject {
  const both = Object.entries(other).map(([key, value]): [string, JsonValue] => {
    const there = one[key];
    if (isJsonObject(there) && isJsonObject(value)) {
      return [key, merged(there, value)];
    }
    return [key, Array.isArray(there) && Array.isArray(value) ? [...there, ...value] : value];
  });
  return { ...one, ...Object.fromEntries(both) };
}

/** The root module of a workspace: the provider, configured from the environment. */
export const PROVIDER = 'provider "aws" {\n  region = "us-east-1"\n}\n';
