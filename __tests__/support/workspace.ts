import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { terraformEnvironment } from "./tools.js";

/** For output that is read by a program. */
const QUIET = ["-input=false", "-no-color"];

/** How a command ended. */
export interface Outcome {
  readonly status: number;
  /** Stdout and stderr, one after the other. */
  readonly output: string;
  readonly stdout: string;
}

/** A temporary folder to run Terraform in. */
export class Workspace {
  readonly path: string;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #terraform: string;

  /** @param terraform the program that plans and applies: some version of Terraform or OpenTofu */
  constructor(environment: Readonly<Record<string, string>> = {}, terraform = "terraform") {
    this.#terraform = terraform;
    this.path = mkdtempSync(join(tmpdir(), "remotion-terraform-"));
    this.#environment = environment;
  }

  /** Writes a file, with the folders above it. */
  write(file: string, text: string): this {
    const path = resolve(this.path, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return this;
  }

  /** Copies a folder of the repository, or anything else. */
  copy(from: string, to: string): this {
    cpSync(from, join(this.path, to), { recursive: true });
    return this;
  }

  /** Reads a file. */
  read(file: string): string {
    return readFileSync(join(this.path, file), "utf8");
  }

  /** Runs a program here, whatever it answers. */
  attempt(program: string, args: readonly string[], folder = "."): Promise<Outcome> {
    return new Promise((resolvePromise, reject) => {
      const child = spawn(program, args, {
        cwd: resolve(this.path, folder),
        env: { ...terraformEnvironment(), ...this.#environment },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (chunk) => {
        stdout += chunk;
      });
      child.stderr.on("data", (chunk) => {
        stderr += chunk;
      });
      child.once("error", reject);
      child.once("close", (status) => {
        resolvePromise({ status: status ?? -1, output: `${stdout}${stderr}`, stdout });
      });
    });
  }

  /** Runs a program here, and throws with its output when it fails. */
  async run(program: string, args: readonly string[], folder = "."): Promise<Outcome> {
    const outcome = await this.attempt(program, args, folder);
    if (outcome.status !== 0) {
      throw new Error(
        `${program} ${args.join(" ")} ended with ${outcome.status}:\n${outcome.output}`,
      );
    }
    return outcome;
  }

  /** `terraform init`. */
  async init(folder = ".", args: readonly string[] = []): Promise<this> {
    await this.run(this.#terraform, ["init", ...QUIET, ...args], folder);
    return this;
  }

  /** `terraform plan`, read back as `terraform show -json` gives it. */
  async plan(args: readonly string[] = [], folder = "."): Promise<Plan> {
    await this.run(this.#terraform, ["plan", ...QUIET, "-out=plan", ...args], folder);
    const { stdout } = await this.run(this.#terraform, ["show", "-json", "plan"], folder);
    return JSON.parse(stdout) as Plan;
  }

  /** `terraform apply` without questions. */
  apply(args: readonly string[] = [], folder = "."): Promise<Outcome> {
    return this.run(this.#terraform, ["apply", "-auto-approve", ...QUIET, ...args], folder);
  }

  /** Whether a plan finds nothing to do. */
  async isUpToDate(args: readonly string[] = [], folder = "."): Promise<boolean> {
    const plan = ["plan", "-detailed-exitcode", ...QUIET, ...args];
    const { status, output } = await this.attempt(this.#terraform, plan, folder);
    if (status === 1) {
      throw new Error(output);
    }
    return status === 0;
  }

  /** `terraform destroy` without questions. */
  destroy(args: readonly string[] = [], folder = "."): Promise<Outcome> {
    return this.run(this.#terraform, ["destroy", "-auto-approve", ...QUIET, ...args], folder);
  }

  /** Deletes the folder. */
  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** What `terraform show -json` says of a plan, as far as the tests read it. */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
}

/** What a plan would do to one resource. */
export interface ResourceChange {
  readonly address: string;
  /** Of a resource that the plan moves. */
  readonly previous_address?: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
    /** Of a resource that the plan imports. */
    readonly importing?: { readonly id: string };
  };
}
