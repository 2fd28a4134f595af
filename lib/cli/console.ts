import { fstatSync, writeSync } from "node:fs";

/** Where a command writes: results to stdout, everything else to stderr. */
export interface Console {
  readonly result: (text: string) => void;
  readonly note: (text: string) => void;
}

const STDOUT = 1;

/** The console of this process. */
export const PROCESS_CONSOLE: Console = {
  result: (text) => writeOut(Buffer.from(`${text}\n`)),
  note: (text) => void process.stderr.write(`${text}\n`),
};

/** Columns of the terminal; infinite where there is none. */
export function terminalWidth(): number {
  const { stdout } = fstatSync(STDOUT).isCharacterDevice() ? process : { stdout: undefined };
  return stdout?.columns ?? Number.POSITIVE_INFINITY;
}

/** Node.js's own stream, once it is needed. */
let stream: NodeJS.WriteStream | undefined;

/**
 * Writes to stdout past Node.js's stream, which takes its time to load. A reader that stopped early, as
 * head does, ends the program: it has all that it wants.
 */
function writeOut(bytes: Buffer): void {
  if (stream !== undefined) {
    stream.write(bytes);
    return;
  }
  let written = 0;
  try {
    while (written < bytes.length) {
      written += writeSync(STDOUT, bytes, written);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPIPE") {
      process.exit(0);
    }
    if (code !== "EAGAIN") {
      throw error;
    }
    // A pipe that is full, and that does not let us wait: the stream knows how to.
    stream = process.stdout;
    stream.on("error", (broken: NodeJS.ErrnoException) =>
      process.exit(broken.code === "EPIPE" ? 0 : 1),
    );
    stream.write(bytes.subarray(written));
  }
}
