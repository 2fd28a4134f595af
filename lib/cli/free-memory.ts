/** From how much on it pays to collect what is no longer needed: below that, Node.js takes as much anyway. */
const WORTH_IT = 32 * 1024 * 1024;

/**
 * Frees what a large file was read from and joined by, once that is done. V8 looks for what is no longer needed only
 * when twice to four times as much is held as when it last looked, so that the answers would be worked out on top of it.
 *
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function freeMemory(): void {
  if (process.memoryUsage().heapUsed < WORTH_IT) {
    return;
  }
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  const { runInNewContext } = process.getBuiltinModule("node:vm");
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("globalThis.gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") {
    collect();
  }
}

/**
 * Lets the heap of Node.js 20 grow to twice what is held, and no further, before V8 looks for what is no longer needed:
 * of a file larger than memory next to nothing is held, and four times as much would be garbage.
 */
export function growSlowly(): void {
  if (process.versions.node.startsWith("20.")) {
    const { setFlagsFromString } = process.getBuiltinModule("node:v8");
    setFlagsFromString("--heap-growing-percent=100");
  }
}
