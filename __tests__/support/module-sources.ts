import { readdirSync } from "node:fs";
import { join } from "node:path";
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

/** The root module of a workspace: the provider, configured from the environment. */
export const PROVIDER = 'provider "aws" {\n  region = "us-east-1"\n}\n';
