import { delimiter, dirname, join } from "node:path";
import { runProgram } from "../../lib/upstream/run-program.js";
import { stepEnvironment } from "./environment.js";
import type { InstalledNode } from "./installed-node.js";
import { makeProgramFolder } from "./program-folder.js";
import type { StepResult } from "./report.js";
import { ScriptLog } from "./script-log.js";
import type { Step } from "./steps.js";

/** Milliseconds for a step. All tests take ten minutes on two cores, and others may be busier. */
const TIMEOUT = 3_600_000;

/** Runs steps in a clone, with one Node.js and little else. */
export class CloneRunner {
  readonly #clone: string;
  readonly #node: InstalledNode;
  readonly #path: string;
  readonly #log: ScriptLog | undefined;
  readonly #signal: AbortSignal;
  readonly #note: (text: string) => void;

  /**
   * @param folder gets the programs
   * @throws {UsageError} where a program is missing
   */
  constructor(
    folder: string,
    clone: string,
    node: InstalledNode,
    signal: AbortSignal,
    note: (text: string) => void,
  ) {
    this.#clone = clone;
    this.#node = node;
    this.#signal = signal;
    this.#note = note;
    const path = process.env["PATH"] ?? "";
    if (process.platform === "win32") {
      // Links ask for rights there, what is on the PATH cannot be told from the system, and no script can
      // take the place of the shell.
      this.#path = [dirname(node.node), path].join(delimiter);
    } else {
      this.#path = join(folder, "programs");
      makeProgramFolder(this.#path, node, path);
      this.#log = new ScriptLog(folder);
    }
  }

  /** Whether it notes the scripts that npm runs. */
  get logsScripts(): boolean {
    return this.#log !== undefined;
  }

  /** Runs steps one after the other, whatever comes of those before. */
  async runAll(steps: readonly Step[]): Promise<StepResult[]> {
    const results: StepResult[] = [];
    for (const step of steps) {
      results.push(await this.run(step));
    }
    return results;
  }

  /** Runs a step, whatever comes of it. */
  async run({ name, program, args, environment }: Step): Promise<StepResult> {
    this.#note(`Node.js ${this.#node.name}: ${name} …`);
    const { node, npm } = this.#node;
    const [first, ...rest] =
      program === "git"
        ? ([program, ...args] as const)
        : ([node, join(npm, "bin", `${program}-cli.js`), ...args] as const);
    const began = performance.now();
    const { status, stdout, stderr, stopped } = await runProgram(first, rest, {
      folder: this.#clone,
      environment: stepEnvironment(process.env, {
        ...(this.#log === undefined ? {} : { npm_config_script_shell: this.#log.shell }),
        ...environment,
        PATH: this.#path,
      }),
      timeout: TIMEOUT,
      signal: this.#signal,
    });
    const seconds = (performance.now() - began) / 1000;
    this.#note(`  exit code ${status ?? stopped} after ${seconds.toFixed(1)} s`);
    return {
      version: this.#node.name,
      step: name,
      status,
      seconds,
      scripts: this.#log?.take() ?? "",
      output: [stdout, stderr, stopped ?? ""].join("\n"),
    };
  }
}
