import { execFileSync, spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { findProgram } from "../find-program.js";
import { unreadableAnswer } from "./errors.js";

/** Releases on PyPI of the linters in Python: what they say is recorded, so they are pinned. */
export const PYTHON_LINTERS = {
  checkov: "3.3.30",
  parliament: "1.6.4",
  cloudsplaining: "0.9.1",
} as const;

/** How a program ended. */
export interface Answer {
  readonly exitCode: number;
  readonly output: string;
}

/** A linter that is there. */
export interface Program {
  readonly name: string;
  readonly path: string;
}

/**
 * A linter from a folder in `LINTERS`, or from the PATH.
 *
 * @returns undefined where it is in neither
 */
export function findLinter(name: string): Program | undefined {
  const { LINTERS = "", PATH = "" } = process.env;
  const path = findProgram(name, [LINTERS, PATH].join(delimiter));
  return path === undefined ? undefined : { name, path };
}

/**
 * A linter in Python, installed into an environment of its own where it is not there: checkov brings packages that
 * others do not go along with.
 */
export function pythonProgram(name: keyof typeof PYTHON_LINTERS, folder: string): Program {
  const found = findLinter(name);
  if (found !== undefined) {
    return found;
  }
  const environment = join(folder, `python-${name}`);
  execFileSync("python3", ["-m", "venv", environment]);
  const release = `${name}==${PYTHON_LINTERS[name]}`;
  execFileSync(join(environment, "bin", "pip"), ["install", "--quiet", release]);
  return { name, path: join(environment, "bin", name) };
}

/** Its version, as it says it itself. */
export function versionOf(program: Program): string {
  const { output } = ask(program, ["--version"]);
  const [version] = /\d+(\.\d+)+/.exec(output) ?? [];
  if (version === undefined) {
    throw unreadableAnswer(program.name, 0, output);
  }
  return version;
}

/** Runs a linter, whatever it answers. @param input what it reads from its standard input. @default nothing */
export function ask(
  { path }: Program,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = "",
): Answer {
  const { status, stdout, error } = spawnSync(path, args, {
    encoding: "utf8",
    input,
    env: { ...process.env, ...environment },
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) {
    throw error;
  }
  return { exitCode: status ?? -1, output: stdout };
}
