#!/usr/bin/env node
"use strict";

// In a clone the sources answer, and no build that has grown stale; what is published has the bundle alone.
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");

const root = join(__dirname, "..");
const sources = join(root, "lib", "cli", "start.ts");
const bundle = join(root, "dist", "cli.cjs");

if (existsSync(sources)) {
  fromSources();
} else if (existsSync(bundle)) {
  require(bundle);
} else {
  end(
    `${root} has no dist, which holds the command: npm builds it when it installs from git, but not where ignore-scripts is set. Install a release, or from git with --ignore-scripts=false.`,
  );
}

async function fromSources() {
  // The sources are TypeScript; tsx loads them as they are.
  const tsx = await import("tsx/esm/api").catch(() => undefined);
  if (tsx === undefined) {
    end(`The packages that this clone needs are not installed: run npm ci in ${root}.`);
    return;
  }
  tsx.register();
  await import(pathToFileURL(sources));
}

/** The command cannot run: as after any call that cannot be answered, the exit code is 2. */
function end(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
