import { spawnSync } from "node:child_process";
import { stepFailed } from "./errors.js";

/**
 * Runs a program, and waits for it.
 *
 * @returns what it wrote to stdout
 * @throws when it fails
 */
export function run(program: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) {
    const command = [program, ...args].join(" ");
    throw stepFailed(command, error?.message ?? `${stdout}${stderr}`);
  }
  return stdout;
}

/** Runs a script of ours in a clone, whose `package.json` is read when the script is loaded. */
export function runScript(script: string, args: readonly string[], folder: string): string {
  return run(process.execPath, ["--import", "tsx", script, ...args], folder);
}
