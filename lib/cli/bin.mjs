#!/usr/bin/env node
import { register } from "tsx/esm/api";

// The sources are TypeScript; this loads them as they are.
register();
// Whoever reads the output may stop early, as head does.
process.stdout.on("error", (error) => process.exit(error.code === "EPIPE" ? 0 : 1));
const { run } = await import("./main.ts");
process.exitCode = await run(process.argv.slice(2));
