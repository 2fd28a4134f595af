import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isLower } from "../release/version.js";

/** A program that reads modules: some version of Terraform, or of OpenTofu. */
export interface Engine {
  readonly product: "terraform" | "tofu";
  /** `1.15.9` */
  readonly version: string;
  /** Path of the program. */
  readonly program: string;
}

/** How an engine's program is called: `terraform`, or with a version, `tofu-1.12`. */
const NAME = /^(terraform|tofu)(?:-[\d.]+)?$/;

/**
 * The engines in the folder that `TF_ENGINES` names, and on the PATH, each version once: Terraform first, the oldest
 * first.
 */
export function findEngines(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Engine[] {
  const { TF_ENGINES: named = "", PATH = "" } = environment;
  const folders = [named, ...PATH.split(delimiter)].filter((folder) => folder !== "");
  const engines = folders.flatMap((folder) =>
    filesIn(folder)
      .filter((file) => NAME.test(file))
      .flatMap((file) => engineOf(join(folder, file))),
  );
  const once = new Map<string, Engine>();
  for (const engine of engines) {
    const key = `${engine.product} ${engine.version}`;
    once.set(key, once.get(key) ?? engine);
  }
  return [...once.values()].sort(
    (a, b) => a.product.localeCompare(b.product, "en") || (isLower(a.version, b.version) ? -1 : 1),
  );
}

/** The newest OpenTofu of some engines, from a version on; `undefined` where there is none. */
export function newestTofu(engines: readonly Engine[], from = "0.0.0"): Engine | undefined {
  return engines.findLast(({ product, version }) => product === "tofu" && !isLower(version, from));
}

/** Names of what lies in a folder: a PATH may name what is none, or is closed. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What a program says it is; nothing where it is another one, or a version before a release. */
function engineOf(program: string): Engine[] {
  const { stdout = "" } = spawnSync(program, ["version"], {
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  const [, product, version] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+)$/m.exec(stdout ?? "") ?? [];
  return product === undefined || version === undefined
    ? []
    : [{ product: product === "OpenTofu" ? "tofu" : "terraform", version, program }];
}
