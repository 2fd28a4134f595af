/**
 * Lets Node.js 20 run a function about ten times as often before it optimizes it, and copy less of what it calls into
 * it then. In the seconds that a large file takes it otherwise spends a third of its processor time on code that soon
 * ends. From Node.js 22 on there is a compiler between the two, and nothing to gain.
 */
export function compileLate(): void {
  if (process.versions.node.startsWith("20.")) {
    // Loaded only here: that takes as long as all of a small command.
    const { setFlagsFromString } = process.getBuiltinModule("node:v8");
    setFlagsFromString("--interrupt-budget=600000");
    setFlagsFromString("--max-inlined-bytecode-size-cumulative=200");
  }
}
