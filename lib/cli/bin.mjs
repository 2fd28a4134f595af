#!/usr/bin/env node
import { register } from "tsx/esm/api";

// The sources are TypeScript; this loads them as they are.
register();
const { run } = await import("./main.ts");
process.exitCode = await run(process.argv.slice(2));
