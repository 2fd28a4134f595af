import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { PUBLISHED_MODULES } from "../../../stacks/modules/index.js";
import { EXAMPLE_NAMES } from "../../support/module-sources.js";
import { REPOSITORY } from "../../support/repository.js";
import type { KeptRoot } from "./kept-release.js";

/** A root that is applied, to be kept: an example, or a call of a module as its own tests have it. */
export interface Root extends Pick<KeptRoot, "name" | "configuration"> {
  /** Names of roles that it takes to be there. */
  readonly roles: readonly string[];
}

/** Files of a module's tests whose plans succeed. */
const ACCEPTED = ["defaults", "options"];

/** The roots of this build: every example, and every run of the modules' own tests that plans. */
export function currentRoots(): Root[] {
  const calls = [...PUBLISHED_MODULES].flatMap(([module, create]) => {
    const { inputs = {}, files } = create().toTests();
    return files
      .filter(({ name }) => ACCEPTED.includes(name))
      .flatMap(({ runs }) => runs)
      .map(({ name, variables = {} }) =>
        callOf(module, name, withoutNetwork({ ...inputs, ...variables })),
      );
  });
  return [...EXAMPLE_NAMES.map(exampleRoot), ...calls];
}

function exampleRoot(name: string): Root {
  const text = readFileSync(join(REPOSITORY, "examples", name, "main.tf"), "utf8");
  return {
    name,
    configuration: { "main.tf": text.replace(/^provider "aws" \{\n.*?^\}\n\n/ms, "") },
    roles: name === "bucket-grants" ? ["remotion-lambda-role"] : [],
  };
}

function callOf(module: string, run: string, inputs: JsonObject): Root {
  const { role_names: roles = {} } = inputs;
  return {
    name: `${module}-${run}`,
    configuration: {
      "main.tf.json": { module: { this: { source: `../../modules/${module}`, ...inputs } } },
    },
    roles: Object.values(roles ?? {}).map((role) => String(role).replace(/^arn:.*\//, "")),
  };
}

/** Inputs without a key that is asked of keybase.io. */
function withoutNetwork(inputs: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== "pgp_key"));
}
