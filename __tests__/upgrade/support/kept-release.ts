import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { REPOSITORY } from "../../support/repository.js";

/** Folder with the roots of each release. */
const STATES = join(REPOSITORY, "__tests__", "upgrade", "states");

/** A root module as a caller had it at a release, and what its state held once it was applied. */
export interface KeptRoot {
  /** An identifier of Terraform's, unique in the release. */
  readonly name: string;
  /** File → text, or what is written as JSON. Calls `../../modules/NAME`, and configures no provider. */
  readonly configuration: Readonly<Record<string, string | JsonObject>>;
  /** Resources of the state, as its format 4 has them, without what is null. */
  readonly resources: readonly StateResource[];
}

/** A resource in a state. @see https://developer.hashicorp.com/terraform/internals/json-format */
export interface StateResource {
  /** `module.remotion`; of the root none. */
  readonly module?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly {
    /** Of `count` or `for_each`. */
    readonly index_key?: string | number;
    readonly attributes: JsonObject;
  }[];
}

/** The versions whose states are kept. */
export function keptReleases(): string[] {
  return existsSync(STATES) ? readdirSync(STATES).sort() : [];
}

/** Where a root of a release is kept. */
export function keptFile(version: string, name: string): string {
  return join(STATES, version, `${name}.json`);
}

/** The roots of a release. */
export function keptRoots(version: string): KeptRoot[] {
  const folder = join(STATES, version);
  return readdirSync(folder)
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
}
