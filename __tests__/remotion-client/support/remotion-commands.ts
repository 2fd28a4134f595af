import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const GUARD = join(import.meta.dirname, "no-outside-network.cjs");

/** A `npx remotion lambda …` that was started. */
export interface RunningCommand {
  /** Presses Ctrl+C. */
  interrupt(): void;
  /** Ends with the command's exit code, and what it printed. */
  readonly end: Promise<{ readonly code: number | null; readonly output: string }>;
}

/** The `lambda` commands of Remotion's command line; remembers which were run. */
export class RemotionCommands {
  /** All commands there are, `sites create` for one. */
  readonly all: readonly string[];
  readonly #run = new Set<string>();
  readonly #running = new Set<ChildProcess>();
  readonly #folder: string;
  readonly #environment: Record<string, string>;

  /** @param folder a folder whose `node_modules` holds the packages */
  constructor(folder: string, environment: Record<string, string>) {
    this.#folder = folder;
    this.#environment = { ...environment, NODE_OPTIONS: `--require=${GUARD}` };
    const commands = join(folder, "node_modules/@remotion/lambda/dist/cli/commands");
    this.all = commandFiles(commands)
      .map(commandName)
      .filter((name) => name !== null);
  }

  /** Starts a command: its words, then its arguments and options. */
  start(command: string, args: readonly string[] = []): RunningCommand {
    if (!this.all.includes(command)) throw new Error(`There is no command "${command}".`);
    this.#run.add(command);
    const program = join(this.#folder, "node_modules/@remotion/cli/remotion-cli.js");
    const child = spawn(process.execPath, [program, "lambda", ...command.split(" "), ...args], {
      cwd: this.#folder,
      env: this.#environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    const end = Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]).then(
      ([[code], output, errors]) => ({ code: code as number | null, output: `${output}${errors}` }),
    );
    return { interrupt: () => void child.kill("SIGINT"), end };
  }

  /** Runs a command to its end, which has to be a good one, and gives what it printed. */
  async run(command: string, args: readonly string[] = []): Promise<string> {
    const { code, output } = await this.start(command, args).end;
    if (code !== 0) throw new Error(`remotion lambda ${command} ended with ${code}:\n${output}`);
    return output;
  }

  /** Ends what still runs. */
  stop(): void {
    for (const child of this.#running) child.kill("SIGKILL");
  }

  /** The commands that were never run. */
  notRun(): string[] {
    return this.all.filter((command) => !this.#run.has(command));
  }
}

function commandFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".js"),
  );
}

// Each command has a file of its own; these are what the commands share.
const SHARED = ["command-names", "index", "policies", "progress"];
// Commands that are not named like their file.
const NAMES: Readonly<Record<string, string>> = { "quotas list": "quotas", render: "render" };

function commandName(file: string): string | null {
  const words = file.replace(/\.js$/, "").split("/");
  const last = words.at(-1) ?? "";
  if (words.join(" ") === "compositions index") return "compositions";
  if (SHARED.includes(last)) return null;
  const name = words.join(" ").replace("render render", "render");
  return NAMES[name] ?? name;
}
