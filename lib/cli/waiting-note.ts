import { Worker } from "node:worker_threads";
import { printable } from "../verify/report/printable.js";

/** How long nothing may come before it is said, in milliseconds. */
const PATIENCE = 1000;

/** Runs in a thread of its own: the one that reads stands still for as long as nothing comes. */
const PROGRAM = `
const { workerData: { state, text, patience } } = require("node:worker_threads");
if (Atomics.wait(state, 0, 0, patience) === "timed-out") {
  require("node:fs").writeSync(2, text);
}
`;

/**
 * Says to whoever sits at the terminal what is waited for, once nothing has come for a second.
 *
 * @param file the name of a pipe, or `-` for standard input
 * @returns to be called when something came
 */
export function noteWaiting(file: string): () => void {
  if (!process.stderr.isTTY) {
    return () => {};
  }
  const what = file === "-" ? "standard input" : printable(file);
  const state = new Int32Array(new SharedArrayBuffer(4));
  const text = `Waiting for ${what} …\n`;
  const worker = new Worker(PROGRAM, {
    eval: true,
    workerData: { state, text, patience: PATIENCE },
  });
  worker.unref();
  return () => {
    Atomics.store(state, 0, 1);
    Atomics.notify(state, 0);
  };
}
