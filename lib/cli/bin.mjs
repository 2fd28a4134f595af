#!/usr/bin/env node
import { register } from "tsx/esm/api";

// The sources are TypeScript; this loads them as they are. What is published is bundled (scripts/build).
register();
await import("./start.ts");
