import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const PACKAGES = ["@remotion/lambda", "@remotion/lambda-client"];

type Callable = (input?: unknown) => unknown;

/** A function that one of the packages exports. */
export interface ExportedFunction {
  /** `package/entry point`, as written in an import. */
  readonly from: string;
  /** `name`, or `object.name` for the members of an exported object. */
  readonly name: string;
  readonly value: Callable;
}

/** Remotion's packages, loaded; remembers which of their functions were called. */
export class RemotionExports {
  readonly all: readonly ExportedFunction[];
  readonly #called = new Set<Callable>();

  /** @param folder a folder whose `node_modules` holds the packages */
  constructor(folder: string) {
    const require = createRequire(join(folder, "package.json"));
    this.all = PACKAGES.flatMap((name) =>
      entryPoints(folder, name).flatMap((from) => functionsOf(from, require(from))),
    );
  }

  /** Calls the exported function `name`, and waits for it. */
  async call(name: string, input?: unknown): Promise<unknown> {
    const found = this.all.find((exported) => exported.name === name);
    if (found === undefined) throw new Error(`Remotion exports no function "${name}".`);
    this.#called.add(found.value);
    return await found.value(input);
  }

  /** The exported functions that were never called, under this or any other name. */
  uncalled(): ExportedFunction[] {
    return this.all.filter(({ value }) => !this.#called.has(value));
  }
}

function entryPoints(folder: string, name: string): string[] {
  const path = join(folder, "node_modules", name, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8")) as { exports: Record<string, unknown> };
  return Object.keys(manifest.exports)
    .filter((key) => key !== "./package.json")
    .map((key) => `${name}${key.slice(1)}`);
}

function functionsOf(from: string, module: unknown): ExportedFunction[] {
  return Object.entries(module as Record<string, unknown>).flatMap(([name, value]) => {
    if (typeof value === "function") return [{ from, name, value: value as Callable }];
    // Objects of functions are exported for Remotion's own packages: LambdaInternals.
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
    return Object.entries(value).flatMap(([member, inner]) =>
      typeof inner === "function"
        ? [{ from, name: `${name}.${member}`, value: inner as Callable }]
        : [],
    );
  });
}
