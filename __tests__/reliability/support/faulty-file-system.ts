import { createRequire, syncBuiltinESMExports } from "node:module";

type Call = (...args: never[]) => unknown;

const fs = createRequire(import.meta.url)("node:fs") as Record<string, Call> &
  typeof import("node:fs");

/** Every function of `node:fs` that the generator could write with, and that the tests count. */
const WRITING = [
  ...[
    "appendFileSync",
    "chmodSync",
    "copyFileSync",
    "cpSync",
    "linkSync",
    "mkdirSync",
    "mkdtempSync",
  ],
  ...[
    "renameSync",
    "rmSync",
    "rmdirSync",
    "symlinkSync",
    "truncateSync",
    "unlinkSync",
    "utimesSync",
  ],
  ...["writeFileSync"],
] as const;

/** What happens at one call, the calls being counted from 1. */
export interface Fault {
  /**
   * - `kill`: neither it nor any later one does anything, as in a process that was killed before it
   * - `kill-within`: the same, when half of it is done
   * - `sigkill`: this process ends there
   * - `refuse`: it alone is refused
   * - `full`: from then on nothing can be written, but renamed and deleted
   */
  readonly kind: "kill" | "kill-within" | "sigkill" | "refuse" | "full";
  readonly at: number;
  /** What the operating system says, as in `ENOSPC`. */
  readonly code?: string;
}

/**
 * Runs something with a fault in this process's file system.
 *
 * @returns the calls that write, by the names of their functions
 */
export async function withFault(
  fault: Fault | undefined,
  run: () => Promise<void>,
): Promise<readonly string[]> {
  const originals = new Map(WRITING.map((name) => [name, fs[name] as Call]));
  const calls: string[] = [];
  for (const [name, original] of originals) {
    fs[name] = ((...args: never[]) => {
      calls.push(name);
      if (fault === undefined || calls.length < fault.at) {
        return original(...args);
      }
      const isFirst = calls.length === fault.at;
      if (fault.kind === "sigkill") {
        process.kill(process.pid, "SIGKILL");
      }
      if (fault.kind === "kill" || fault.kind === "kill-within") {
        if (isFirst && fault.kind === "kill-within") {
          halfOf(name, args, originals);
        }
        throw new Error(`killed at call ${fault.at}`);
      }
      if (fault.kind === "refuse" ? isFirst : /^(write|append|copy|mk)/.test(name)) {
        throw refused(fault.code ?? "ENOSPC", name, String(args[0]));
      }
      return original(...args);
    }) as never;
  }
  syncBuiltinESMExports();
  try {
    await run();
  } finally {
    for (const [name, original] of originals) {
      fs[name] = original as never;
    }
    syncBuiltinESMExports();
  }
  return calls;
}

/** Does the half of a call that is many of the operating system's: the others are one. */
function halfOf(
  name: string,
  args: readonly unknown[],
  originals: ReadonlyMap<string, Call>,
): void {
  const original = (call: string) => originals.get(call) as (...args: unknown[]) => unknown;
  const path = String(args[0]);
  if (name === "writeFileSync") {
    const text = String(args[1]);
    original("writeFileSync")(path, text.slice(0, text.length / 2));
  } else if (name === "rmSync" && fs.statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const entries = fs.readdirSync(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    for (const file of files.slice(0, Math.ceil(files.length / 2))) {
      original("unlinkSync")(`${file.parentPath}/${file.name}`);
    }
  }
}

function refused(code: string, name: string, path: string): Error {
  const syscall = name.replace(/Sync$/, "");
  return Object.assign(new Error(`${code}: refused, ${syscall} '${path}'`), {
    code,
    syscall,
    path,
  });
}
