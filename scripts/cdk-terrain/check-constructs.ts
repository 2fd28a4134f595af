import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  compareStacks,
  KNOWN_DIFFERENCES,
  type KnownDifference,
  type TextComparison,
} from "./compare.js";
import {
  APP_STACK,
  CONSTRUCTS_APP,
  MODULE_SYSTEMS,
  type ModuleSystem,
  TERRAIN_APP,
  writeApp,
} from "./constructs-app.js";
import { before, failuresOf } from "./steps.js";

/** How an app that imports this package fares with CDK Terrain. */
export interface ConstructsCheck {
  /** Step → what it says, for each that failed. */
  readonly failures: ReadonlyMap<string, string>;
  /** The app's stack; without those that there are not, because a step failed. */
  readonly stacks: ReadonlyMap<ModuleSystem, TextComparison>;
}

/** What the check works with. */
interface ConstructsOptions {
  /** This package, packed. */
  readonly tarball: string;
  /** The program of TypeScript's compiler. */
  readonly compiler: string;
  /** Where the packages of CDKTF are installed, and those of CDK Terrain. */
  readonly cdktf: string;
  readonly terrain: string;
  readonly signal: AbortSignal;
}

/** In what the stacks of the app differ beside, for the app names no version of its provider. */
const PROVIDER: KnownDifference = {
  what: "the provider aws at its bindings' version, as hashicorp/aws",
  why: "either name is that of one provider, and an app that names no version asks for that of its bindings",
  without: (synthesized) =>
    synthesized.replace(/"source": "(?:hashicorp\/)?aws",\n\s*"version": "[^"\n]*"/, '"aws"'),
};

/**
 * Synthesizes an app with every construct, once with CDKTF, and once with CDK Terrain and
 * `remotion-lambda-terraform/cdktn`, in each module system.
 *
 * @throws {TerrainUnavailableError} when it fails with CDKTF already
 */
export async function checkConstructs(options: ConstructsOptions): Promise<ConstructsCheck> {
  const { tarball, cdktf, terrain, signal } = options;
  const [cdktfApps, terrainApps] = [join(cdktf, "apps"), join(terrain, "apps")];
  for (const apps of [cdktfApps, terrainApps]) {
    const folder = join(apps, "node_modules", "remotion-lambda-terraform");
    mkdirSync(folder, { recursive: true });
    const args = ["-xzf", tarball, "--strip-components=1"];
    await before("the package is unpacked", { name: "tar", args, folder, signal });
  }
  const ours = join(cdktfApps, "app");
  writeApp(ours, CONSTRUCTS_APP, "module");
  for (const [step, args] of Object.entries(stepsOf(options, "an app"))) {
    await before(step, { name: process.execPath, args, folder: ours, signal });
  }
  const failures = new Map<string, string>();
  const stacks = new Map<ModuleSystem, TextComparison>();
  for (const system of MODULE_SYSTEMS) {
    const theirs = join(terrainApps, system);
    writeApp(theirs, TERRAIN_APP, system);
    const failed = await failuresOf(theirs, signal, stepsOf(options, `an app, ${system}`));
    for (const [step, said] of failed) {
      failures.set(step, said);
    }
    if (existsSync(stackOf(theirs))) {
      const differences = [...KNOWN_DIFFERENCES, PROVIDER];
      stacks.set(system, compareStacks(textOfStack(ours), textOfStack(theirs), differences));
    }
  }
  return { failures, stacks };
}

/** The steps of Node.js for an app, in its folder. @param app what it is called in a report */
function stepsOf({ compiler }: ConstructsOptions, app: string) {
  return {
    [`checking types of ${app}`]: [compiler, "-p", "."],
    [`synthesizing ${app}`]: [join("out", "app.js"), "cdktf.out"],
  };
}

function stackOf(app: string): string {
  return join(app, "cdktf.out", "stacks", APP_STACK, "cdk.tf.json");
}

/** The text of an app's stack, wherever the app lies: its state is beside it. */
function textOfStack(app: string): string {
  return readFileSync(stackOf(app), "utf8").replaceAll(app, "");
}
