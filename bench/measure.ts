import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./statistics.js";

/** A program to be measured. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** @default the folder of this process */
  readonly folder?: string;
  /** Added to the environment of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds after which it is ended, and has failed. @default never */
  readonly patience?: number;
  /** Runs before each run, unmeasured. */
  readonly prepare?: () => void;
}

/** What one run has used. */
export interface Usage {
  /** Milliseconds from start to end. */
  readonly wall: number;
  /** Milliseconds of processor time, user and system, with child processes. */
  readonly cpu: number;
  /** Megabytes that the largest Node.js process had resident at most; 0 for other programs. */
  readonly memory: number;
}

/** Runs a command once, and throws with its output where it fails. */
export async function measure(command: Command): Promise<Usage> {
  command.prepare?.();
  const folder = mkdtempSync(join(tmpdir(), "remotion-bench-"));
  const notes = join(folder, "usage");
  try {
    const before = childrenTime();
    const start = performance.now();
    await run(command, {
      BENCH_USAGE: notes,
      NODE_OPTIONS: `--require=${JSON.stringify(join(import.meta.dirname, "usage-hook.cjs"))}`,
    });
    const wall = performance.now() - start;
    const used = usageOfNode(notes);
    const cpu = used.length > 0 ? used.reduce((sum, one) => sum + one.cpu, 0) : undefined;
    return {
      wall,
      cpu: cpu ?? childrenTime() - before,
      memory: Math.max(0, ...used.map(({ memory }) => memory)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Measures commands in turns, so that whatever else the machine does meets all of them alike. One round
 * goes unmeasured, to fill the caches; every second one runs backwards.
 */
export async function measurePaired<Name extends string>(
  commands: Readonly<Record<Name, Command>>,
  rounds: number,
  warmUp = true,
): Promise<Record<Name, Usage[]>> {
  const names = Object.keys(commands) as Name[];
  const usages = Object.fromEntries(names.map((name) => [name, [] as Usage[]])) as Record<
    Name,
    Usage[]
  >;
  for (let round = warmUp ? -1 : 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const usage = await measure(commands[name]);
      if (round >= 0) {
        usages[name].push(usage);
      }
    }
  }
  return usages;
}

/** The medians of some runs, each figure by itself. */
export function medianUsage(usages: readonly Usage[]): Usage {
  const of = (figure: keyof Usage) => median(usages.map((usage) => usage[figure]));
  return { wall: of("wall"), cpu: of("cpu"), memory: of("memory") };
}

function run(command: Command, environment: Record<string, string>): Promise<void> {
  const { program, args, folder, patience } = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(folder === undefined ? {} : { cwd: folder }),
      ...(patience === undefined ? {} : { timeout: patience }),
      env: { ...process.env, ...environment, ...command.environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const take = (chunk: string) => {
      // The end tells what went wrong.
      output = `${output}${chunk}`.slice(-4000);
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.once("error", reject);
    child.once("close", (status) => {
      if (status === 0) {
        resolve();
      } else {
        reject(new Error(`${program} ${args.join(" ")} ended with ${status}:\n${output}`));
      }
    });
  });
}

/** What the hook noted, one entry per Node.js process. */
function usageOfNode(file: string): { readonly cpu: number; readonly memory: number }[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [cpu = 0, kibibytes = 0] = line.split(" ").map(Number);
      return { cpu, memory: (kibibytes * 1024) / 1e6 };
    });
}

/** Milliseconds of processor time of all child processes that have ended; 0 where Linux does not say. */
function childrenTime(): number {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // cutime and cstime, in hundredths of a second.
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return 0;
  }
}
