import { printable } from "../verify/report/printable.js";

/** How long nothing is said, and how often what was said is renewed, in milliseconds. */
const PATIENCE = 1000;
const RENEWAL = 200;

/** What the two threads share, by its place: whether all is read, how many kilobytes are, whether the line is gone. */
const [ENDED, READ, CLEARED] = [0, 1, 2];
const PLACES = 3;

/** Goes to the beginning of the line and clears it. */
const CLEAR = "\r\u001b[K";

/** Runs in a thread of its own: the one that reads stands still for as long as nothing comes. */
const PROGRAM = `
const { workerData } = require("node:worker_threads");
const { writeSync } = require("node:fs");
const { state, what, size, patience, renewal, clear } = workerData;
let isShown = false;
for (let wait = patience; Atomics.wait(state, ${ENDED}, 0, wait) === "timed-out"; wait = renewal) {
  const read = Atomics.load(state, ${READ}) / 1000;
  const part = size === 0 ? read.toFixed(0) + " MB" : Math.min(100, (read * 1e8) / size).toFixed(0) + " %";
  writeSync(2, clear + (read === 0 ? "Waiting for " + what + " …" : "Reading " + what + ": " + part));
  isShown = true;
}
if (isShown) {
  writeSync(2, clear);
}
Atomics.store(state, ${CLEARED}, 1);
Atomics.notify(state, ${CLEARED});
`;

/** What somebody at the terminal is told while a file is read. */
export interface ProgressNote {
  /** So many bytes came. */
  readonly came: (bytes: number) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

/** Nobody sits at a terminal. */
export const NO_NOTE: ProgressNote = { came: () => {}, end: () => {} };

/**
 * Says to whoever sits at the terminal what is waited for, or how much is read, once a second has passed.
 *
 * @param file the name of a file or pipe, or `-` for standard input
 * @param size of the file, in bytes; 0 where nobody knows, as of a pipe
 */
export function noteProgress(file: string, size: number): ProgressNote {
  if (!process.stderr.isTTY) {
    return NO_NOTE;
  }
  const what = file === "-" ? "standard input" : printable(file);
  const state = new Int32Array(new SharedArrayBuffer(PLACES * Int32Array.BYTES_PER_ELEMENT));
  // Loaded where it is needed: few calls wait for anything.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { state, what, size, patience: PATIENCE, renewal: RENEWAL, clear: CLEAR },
  });
  worker.unref();
  let read = 0;
  return {
    came: (bytes) => {
      read += bytes;
      Atomics.store(state, READ, Math.ceil(read / 1000));
    },
    end: () => {
      Atomics.store(state, ENDED, 1);
      Atomics.notify(state, ENDED);
      // What is written next must not be cleared; a thread that has not even begun has nothing to clear.
      Atomics.wait(state, CLEARED, 0, RENEWAL);
    },
  };
}
