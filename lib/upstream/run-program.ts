import { spawn } from "node:child_process";

/** How to run a program. */
export interface RunOptions {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds until it is killed. */
  readonly timeout: number;
  /** Kills it, too. */
  readonly signal: AbortSignal;
  /** What it reads on stdin. @default nothing */
  readonly input?: string;
}

/** How a program ended. */
export interface Outcome {
  /** `undefined` when it was killed, or never began. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why there is no status. */
  readonly stopped?: "missing" | "timeout" | "flood" | "killed";
}

/** Characters that a program may print before it is taken for broken. */
const OUTPUT_LIMIT = 8_000_000;

/** Runs a program, without a shell between, and waits for its end, whatever that is. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<Outcome> {
  const { folder, environment, timeout, signal, input = "" } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: folder,
      env: environment,
      signal,
      // `unshare` waits for what it has started, whatever else it is told.
      killSignal: "SIGKILL",
    });
    const output = { stdout: "", stderr: "" };
    let stopped: Outcome["stopped"];
    const stop = (reason: "timeout" | "flood") => {
      stopped ??= reason;
      child.kill("SIGKILL");
      // What the program itself has started may hold these open.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => stop("timeout"), timeout);
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        output[stream] += text;
        if (output[stream].length > OUTPUT_LIMIT) {
          stop("flood");
        }
      });
    }
    child.on("error", (error: NodeJS.ErrnoException) => {
      stopped ??= error.code === "ENOENT" ? "missing" : "killed";
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      if (status === null || stopped !== undefined) {
        resolve({ status: undefined, ...output, stopped: stopped ?? "killed" });
      } else {
        resolve({ status, ...output });
      }
    });
    // A program that ends without reading closes the pipe under the writer.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/**
 * The first line of what a program says, quoted: it may say anything, control sequences too.
 * `undefined` where it says nothing.
 */
export function firstLine(text: string): string | undefined {
  const line = text.trim().split("\n")[0]?.slice(0, 200);
  return line ? JSON.stringify(line.replaceAll(/[^\x20-\x7e]/g, "?")) : undefined;
}
