const { existsSync, readFileSync, writeSync } = require("node:fs");

const STATUS = "/proc/self/status";

// Megabytes that the process held at most, for whoever reads its file descriptor 3. What the kernel
// says of resources counts in the process that this one was forked from; its own memory does not.
process.on("exit", () => {
  const own = existsSync(STATUS)
    ? Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(STATUS, "utf8"))?.[1])
    : process.resourceUsage().maxRSS;
  writeSync(3, String(own / 1024));
});
