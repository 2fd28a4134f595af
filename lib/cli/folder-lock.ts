import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import { lockLost, otherRun } from "./errors.js";
import { makeFolder } from "./make-folder.js";

/** How long a run waits for another one, which takes a second. */
const PATIENCE_MS = 60_000;
/** How long a lock of another machine, of whose processes nothing can be known, may stand still. */
const STILL_MS = 30_000;
const POLL_MS = 25;

const LOCK = "lock";

/** Locks that this thread holds: one with its process id that is not among them was left behind. */
const HELD = new Set<string>();

/**
 * One run at a time. The lock is a folder with one empty file, whose name says who holds it. It is made
 * aside and renamed into place, so that there is no lock without a holder; and it is broken by removing the
 * file of that very name, so that nobody breaks a lock that was taken meanwhile.
 */
export class FolderLock {
  readonly #out: string;
  readonly #work: string;
  readonly #holder: string;

  private constructor(out: string, work: string, holder: string) {
    this.#out = out;
    this.#work = work;
    this.#holder = holder;
  }

  /**
   * Waits until no other run writes, and takes the lock.
   *
   * @param out the folder that is written to, for messages
   * @param work the folder that the lock lies in; it is made, and goes with the lock where it is empty
   * @throws when another run does not end within a minute
   */
  static async take(out: string, work: string): Promise<FolderLock> {
    const holder = thisHolder();
    const watch = new Watch(out, work);
    for (;;) {
      makeFolder(work);
      if (tryToTake(work, holder)) {
        HELD.add(holder);
        return new FolderLock(out, work, holder);
      }
      const stale = watch.staleHolder();
      if (stale === undefined) {
        await sleep(POLL_MS + Math.random() * POLL_MS);
      } else {
        unlock(work, stale);
      }
    }
  }

  /** Waits until no other run writes; takes nothing. */
  static async free(out: string, work: string): Promise<void> {
    const watch = new Watch(out, work);
    while (holderIn(work) !== undefined && watch.staleHolder() === undefined) {
      await sleep(POLL_MS);
    }
  }

  /**
   * Shows other machines that this run goes on.
   *
   * @throws when another run has taken the lock
   */
  renew(): void {
    if (!this.isHeld()) {
      throw lockLost(this.#out);
    }
    const now = new Date();
    utimesSync(join(this.#work, LOCK, this.#holder), now, now);
  }

  /** Whether no other run has taken it. */
  isHeld(): boolean {
    return existsSync(join(this.#work, LOCK, this.#holder));
  }

  /** Lets others write. */
  release(): void {
    HELD.delete(this.#holder);
    removeAside(this.#work);
    unlock(this.#work, this.#holder);
    removeIfEmpty(this.#work);
  }
}

/** Who holds the lock now, and for how long it has stood still. */
class Watch {
  readonly #out: string;
  readonly #work: string;
  readonly #since = performance.now();
  #seen = "";
  #still = performance.now();

  constructor(out: string, work: string) {
    this.#out = out;
    this.#work = work;
  }

  /**
   * The holder, where it is dead.
   *
   * @throws when it is alive for too long
   */
  staleHolder(): string | undefined {
    const holder = holderIn(this.#work);
    if (holder === undefined) {
      return undefined;
    }
    const state = `${holder} ${changeTime(join(this.#work, LOCK, holder))}`;
    if (state !== this.#seen) {
      [this.#seen, this.#still] = [state, performance.now()];
    }
    const alive = isAlive(holder) ?? performance.now() - this.#still < STILL_MS;
    if (!alive) {
      return holder;
    }
    if (performance.now() - this.#since > PATIENCE_MS) {
      const pid = Number(holder.split("-")[1]) || 0;
      throw otherRun(this.#out, join(this.#work, LOCK), pid, PATIENCE_MS / 1000);
    }
    return undefined;
  }
}

/** Makes the lock aside and renames it into place, which fails where there is one. */
function tryToTake(work: string, holder: string): boolean {
  const aside = join(work, `${LOCK}-${randomBytes(6).toString("hex")}`);
  try {
    mkdirSync(aside);
    writeFileSync(join(aside, holder), "");
    renameSync(aside, join(work, LOCK));
    return true;
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    const { code = "" } = error as NodeJS.ErrnoException;
    // Windows says EPERM or EACCES of a folder that is there, and does not replace an empty one.
    const taken = ["ENOTEMPTY", "EEXIST"].includes(code) || existsSync(join(work, LOCK));
    if (taken && statSync(join(work, LOCK), { throwIfNoEntry: false })?.isDirectory() !== false) {
      if (holderIn(work) === undefined) {
        removeIfEmpty(join(work, LOCK));
      }
      return false;
    }
    // Whoever ended meanwhile has taken the folder along.
    if (code === "ENOENT") {
      return false;
    }
    throw error;
  }
}

function unlock(work: string, holder: string): void {
  try {
    unlinkSync(join(work, LOCK, holder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw error;
    }
  }
  removeIfEmpty(join(work, LOCK));
}

/** Removes locks that were never renamed into place; who is just making one makes another. */
function removeAside(work: string): void {
  try {
    for (const name of readdirSync(work).filter((name) => name.startsWith(`${LOCK}-`))) {
      rmSync(join(work, name), { recursive: true, force: true });
    }
  } catch {
    // The next run tries again.
  }
}

/** Who holds the lock; `undefined` where nobody does. */
export function holderIn(work: string): string | undefined {
  try {
    return readdirSync(join(work, LOCK))[0];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

/** Removes a folder that nothing is in, and leaves any other. */
export function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody has put something there, or removed it: both are as well.
  }
}

/** `<place>-<process id>-<its start>-<thread>-<chance>`: no other run has the same. */
function thisHolder(): string {
  const chance = randomBytes(6).toString("hex");
  return [place(), process.pid, startOf(process.pid), threadId, chance].join("-");
}

/** Whether who holds a lock still runs; `undefined` where that cannot be known from here. */
function isAlive(holder: string): boolean | undefined {
  const [where, pid = "", start = "", thread] = holder.split("-");
  if (where !== place() || !/^[1-9]\d*$/.test(pid)) {
    return undefined;
  }
  if (Number(pid) === process.pid && start === startOf(process.pid)) {
    return Number(thread) !== threadId || HELD.has(holder);
  }
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
  // Process ids are given out again.
  return startOf(Number(pid)) === start;
}

/** This machine since it was started, and on Linux the container: where process ids mean the same. */
function place(): string {
  const parts = [hostname()];
  if (process.platform === "linux") {
    parts.push(attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()));
    parts.push(attempt(() => readlinkSync("/proc/self/ns/pid")));
  }
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 16);
}

/** When a process was started, in ticks since the machine was; empty where only Linux says so. */
function startOf(pid: number): string {
  const text =
    process.platform === "linux" ? attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8")) : "";
  // The second field is the program's name in brackets, which may hold anything.
  return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}

function changeTime(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
