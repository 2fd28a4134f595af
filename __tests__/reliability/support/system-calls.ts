import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * System calls of a process, and faults at them: strace counts and ends. It follows the main thread, on which all
 * of the generator's calls of the file system are made.
 */

/** Calls that change files or folders, or may. A `?` is for what not each processor has. */
const CHANGING = [
  ...["?open", "openat", "?creat", "write", "writev", "pwrite64", "pwritev", "copy_file_range"],
  ...["?rename", "?renameat", "renameat2", "?link", "linkat", "?symlink", "symlinkat"],
  ...["?unlink", "unlinkat", "?rmdir", "?mkdir", "mkdirat", "truncate", "ftruncate"],
  ...["?chmod", "fchmod", "fchmodat", "?chown", "fchown", "fchownat", "?utimes", "utimensat"],
];

/** A system call that changes something in a folder. */
export interface SystemCall {
  readonly name: string;
  /** The so-manieth of its name in the process, from 1. */
  readonly at: number;
  /** Its line, without what is another one in each run. */
  readonly line: string;
}

/** What happens at a call: the process is killed before it, or it is refused with an error's name. */
export type SystemFault = "kill" | "ENOSPC";

/** Why nothing can be traced here; undefined where it can. */
export function missingStrace(): string | undefined {
  const { status } = spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]);
  return status === 0
    ? undefined
    : "strace is not on the PATH, or may not trace: apt-get install strace brings it.";
}

/** How a traced program ended. */
export interface Traced {
  readonly status: number | null;
  readonly output: string;
  /** Its calls that change something in the folder, the last one perhaps not done. */
  readonly calls: readonly SystemCall[];
  /** Whether the fault came. */
  readonly isInjected: boolean;
}

/**
 * Runs a program in Node.js and notes its calls that change something in a folder, perhaps with a fault at one.
 *
 * @param log where strace writes
 */
export async function trace(
  folder: string,
  log: string,
  args: readonly string[],
  fault?: { readonly call: SystemCall; readonly kind: SystemFault },
): Promise<Traced> {
  const inject =
    fault === undefined
      ? []
      : [
          "-e",
          `inject=${fault.call.name}:${fault.kind === "kill" ? "signal=KILL" : `error=${fault.kind}`}:when=${fault.call.at}`,
        ];
  const child = spawn(
    "strace",
    [
      // With the paths of open files beside their numbers, and texts long enough for paths.
      ...["-y", "-s", "400", "-o", log, "-e", `trace=${CHANGING.join(",")}`, "-e", "signal=none"],
      ...[...inject, process.execPath, ...args],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const [status] = (await once(child, "close")) as [number | null];
  const calls = callsIn(readFileSync(log, "utf8"), folder);
  const last = calls.find(({ name, at }) => name === fault?.call.name && at === fault.call.at);
  return {
    status,
    output,
    calls,
    isInjected: last !== undefined && last.line === fault?.call.line,
  };
}

/** The calls of a log that change something in a folder. */
function callsIn(log: string, folder: string): readonly SystemCall[] {
  const counts = new Map<string, number>();
  return log.split("\n").flatMap((line) => {
    const [, name] = /^([a-z0-9_]+)\(/.exec(line) ?? [];
    if (name === undefined) {
      return [];
    }
    const at = (counts.get(name) ?? 0) + 1;
    counts.set(name, at);
    const reads = /^open(at)?\(/.test(line) && !/O_(WRONLY|RDWR|CREAT|TRUNC)/.test(line);
    // What is written to the terminal may name the folder.
    const place = name.includes("write") ? `<${folder}` : folder;
    return line.includes(place) && !reads ? [{ name, at, line: told(line, folder) }] : [];
  });
}

/** What a call does, without its result, what it writes, and names that each run makes anew. */
function told(line: string, folder: string): string {
  return line
    .replace(/\) += .*$/, ")")
    .replaceAll(join(folder), "OUT")
    .replace(/^(p?writev?(64)?\(\d+<[^>]*>).*$/, "$1")
    .replaceAll(/\d+</g, "<")
    .replaceAll(/[0-9a-f]{2,}(-[0-9a-f]+)*/g, "#");
}
