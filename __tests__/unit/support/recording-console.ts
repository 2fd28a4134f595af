import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { run } from "../../../lib/cli/main.js";
import { builtPackage } from "../../support/built-package.js";

/** What a call of the command line came to. */
export interface Outcome {
  readonly exitCode: number;
  /** What went to stdout. */
  readonly results: string;
  /** What went to stderr. */
  readonly notes: string;
}

/**
 * Runs the command line with its output recorded: from its sources, in this process; or the bundle,
 * where the environment says so (vitest.config.ts).
 */
export async function runRecorded(...args: readonly string[]): Promise<Outcome> {
  if (process.env["COMMAND_LINE"] === "bundle") {
    return runBundle(args);
  }
  const results: string[] = [];
  const notes: string[] = [];
  const exitCode = await run(args, {
    result: (line) => void results.push(line),
    note: (line) => void notes.push(line),
  });
  return { exitCode, results: results.join("\n"), notes: notes.join("\n") };
}

async function runBundle(args: readonly string[]): Promise<Outcome> {
  const { commandLine } = await builtPackage();
  const child = spawn(process.execPath, [commandLine, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve(status ?? -1));
  });
  const [exitCode, results, notes] = await Promise.all([
    ended,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { exitCode, results: results.replace(/\n$/, ""), notes: notes.replace(/\n$/, "") };
}
