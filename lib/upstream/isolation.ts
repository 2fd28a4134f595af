import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ISOLATION_SCRIPT } from "./program-text.js";
import { firstLine, runProgram } from "./run-program.js";

/** A program with its arguments. */
type CommandLine = readonly [program: string, ...args: string[]];

/** The command line that runs this installation of Node.js with arguments. */
export type NodeRunner = (args: readonly string[]) => CommandLine;

/** Whether foreign code can be isolated. */
export type Isolation =
  | { readonly run: NodeRunner }
  /** Why not, as the rest of a sentence. */
  | { readonly missing: string };

/** Milliseconds that the namespaces may take. They take 100 where the machine is not busy. */
const PROBE_TIMEOUT = 20_000;

/** What is written by what runs isolated, so that it is known to have run. */
const PROBE = "isolated";

/** Runs Node.js as anybody's: what it may reach, it reaches. */
export const notIsolated: NodeRunner = (args) => [process.execPath, ...args];

/**
 * Finds out whether Node.js can be run in namespaces of its own, by running it there once: no network, not even
 * that of this machine; no process to signal; no file but a folder and those of Node.js, which it cannot write;
 * bounds for memory and time. It takes `unshare` of util-linux, and a system that lets its user have namespaces.
 *
 * @param folder the one folder that is seen there, by the same path
 * @see https://man7.org/linux/man-pages/man7/user_namespaces.7.html
 */
export async function findIsolation(folder: string, signal: AbortSignal): Promise<Isolation> {
  if (process.platform !== "linux") {
    return { missing: "this system has no namespaces as Linux has" };
  }
  const run = isolatedIn(folder);
  const [program, ...args] = run(["--eval", `process.stdout.write(${JSON.stringify(PROBE)})`]);
  const { stdout, stderr, stopped } = await runProgram(program, args, {
    folder,
    environment: isolationEnvironment(),
    timeout: PROBE_TIMEOUT,
    signal,
  });
  if (stdout === PROBE) {
    return { run };
  }
  return {
    missing:
      stopped === "missing"
        ? "unshare, of util-linux, is not on the PATH"
        : `unshare says ${firstLine(stderr) ?? "nothing"}`,
  };
}

/** The environment of what isolates: the shell finds its programs, and what is isolated gets nothing. */
export function isolationEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"] };
}

function isolatedIn(folder: string): NodeRunner {
  const root = join(folder, "isolated");
  mkdirSync(root, { recursive: true });
  const seen = [...filesOfNode(), folder];
  return (args) => [
    "unshare",
    ...["--user", "--map-root-user", "--mount", "--net", "--pid", "--ipc", "--uts"],
    // All that runs there ends with `unshare` itself.
    ...["--fork", "--kill-child", "--"],
    ...["sh", "-euc", ISOLATION_SCRIPT, "sh", root, ...seen, "--", process.execPath, ...args],
  ];
}

/** What Node.js reads to start: itself, its shared libraries, and what Debian's has in files. */
function filesOfNode(): string[] {
  const { sharedObjects } = Object(process.report?.getReport());
  const libraries = (Array.isArray(sharedObjects) ? sharedObjects : []).map(String);
  const paths = [...libraries, process.execPath, "/etc/ld.so.cache", "/usr/share/nodejs"];
  // One of the libraries is the kernel's, and no file.
  return [...new Set(paths)].filter((path) => path.startsWith("/") && existsSync(path));
}
