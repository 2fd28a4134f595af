const { writeSync } = require("node:fs");

// Megabytes that the process held at most, for whoever reads its file descriptor 3.
process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS / 1024)));
