import { isAscii } from "node:buffer";
import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import type { ByteSource } from "../json/json-reader.js";
import { LONG_FILE } from "../json/long-file.js";
import { compileLate } from "./compile-late.js";
import { unreadableInput } from "./errors.js";
import { freeMemory, growSlowly } from "./free-memory.js";
import { fileSource, type PipeSource, pipeSource } from "./pipe-source.js";
import { NO_NOTE, noteProgress } from "./progress-note.js";

/**
 * Reads a file that an argument names, as a whole.
 *
 * @param file path of the file, or `-` for standard input
 * @throws UsageError when it cannot be read
 */
export function readInput(file: string): string {
  try {
    const bytes = readFileSync(file === "-" ? 0 : file);
    return bytes.toString(isAscii(bytes) ? "latin1" : "utf8");
  } catch (error) {
    throw unreadableInput(file, messageOf(error));
  }
}

/**
 * Reads a file that an argument names from its beginning to its end, without holding all of it: plans can be larger
 * than memory.
 *
 * @param file path of the file, or `-` for standard input
 * @throws UsageError when it cannot be read
 */
export function withInput<T>(file: string, use: (source: ByteSource) => T): T {
  const told = <R>(work: () => R): R => {
    try {
      return work();
    } catch (error) {
      throw unreadableInput(file, messageOf(error));
    }
  };
  const telling = ({ read, again, ...rest }: ByteSource): ByteSource => ({
    ...rest,
    read: (into, from, length) => told(() => read(into, from, length)),
    ...(again === undefined ? {} : { again: () => telling(again()) }),
  });
  const about = told(() => (file === "-" ? fstatSync(0) : statSync(file)));
  const size = about.isFile() ? about.size : 0;
  if (!about.isFile() || size > SMALL) {
    compileLate();
  }
  if (size >= LONG_FILE) {
    growSlowly();
  }
  const note = about.isFile() && size < LARGE ? NO_NOTE : noteProgress(file, size);
  const descriptor = file === "-" ? 0 : told(() => openSync(file, "r"));
  let bytes = 0;
  const read: ByteSource["read"] = (into, from, length) => {
    const came = readNext(descriptor, into, from, length);
    bytes += came;
    note.came(came);
    return came;
  };
  const again = () => fileSource(descriptor);
  let pipe: PipeSource | undefined;
  try {
    if (about.isFile()) {
      // Of what is standard input, something may have been read before.
      return use(telling({ size, read, ...(file === "-" ? {} : { again }) }));
    }
    pipe = told(() => pipeSource(read));
    return use(telling(pipe));
  } finally {
    note.end();
    pipe?.end();
    if (file !== "-") {
      closeSync(descriptor);
    }
    if (bytes >= LARGE) {
      freeMemory();
    }
  }
}

/** What is read before V8 would optimize anything, in bytes. */
const SMALL = 50_000;

/** From how many bytes on a file may take more than a second. */
const LARGE = 20_000_000;

/** Likewise of several files, all of which are open as long as they are used. */
export function withInputs<T>(
  files: readonly string[],
  use: (sources: readonly ByteSource[]) => T,
): T {
  const [file, ...others] = files;
  return file === undefined
    ? use([])
    : withInput(file, (source) => withInputs(others, (sources) => use([source, ...sources])));
}

/** How long to wait before a pipe that has nothing yet is asked again, in milliseconds. */
const PAUSE = 10;

function readNext(descriptor: number, into: Buffer, from: number, length: number): number {
  for (;;) {
    try {
      return readSync(descriptor, into, from, length, null);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // So Windows says that a pipe has ended.
      if (code === "EOF") {
        return 0;
      }
      if (code !== "EAGAIN") {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
