import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "../find-program.js";
import { missingProgram } from "./errors.js";
import type { InstalledNode } from "./installed-node.js";

/** What npm and the tests start beside Node.js. No compiler, no make and no Python is among it. */
const NEEDED = ["sh", "mkdir", "git", "tar", "gzip"];

/** What deploying takes. */
const DEPLOYING = ["terraform", "moto_server"];

/** What tests use where it is there. They may be scripts that look for more on the PATH themselves. */
const TOOLS = [...DEPLOYING, "aws", "chromium", "mkfifo"];

/**
 * Fills a folder with all that is to be on the PATH.
 *
 * @param folder does not exist yet
 * @param path where to look for programs
 * @throws {UsageError} where one is missing that is always needed
 */
export function makeProgramFolder(
  folder: string,
  { node, npm }: InstalledNode,
  path: string,
): void {
  mkdirSync(folder);
  symlinkSync(node, join(folder, "node"));
  for (const name of ["npm", "npx"]) {
    writeProgram(join(folder, name), [node, join(npm, "bin", `${name}-cli.js`)]);
  }
  for (const name of NEEDED) {
    const program = findProgram(name, path);
    if (program === undefined) {
      throw missingProgram(name);
    }
    symlinkSync(program, join(folder, name));
  }
  for (const name of TOOLS) {
    const program = findProgram(name, path);
    if (program !== undefined) {
      writeProgram(join(folder, name), [program], path);
    }
  }
}

/** Whether the tests can deploy. */
export function canDeploy(path: string): boolean {
  return DEPLOYING.every((name) => findProgram(name, path) !== undefined);
}

/** Writes a program that becomes another one. */
function writeProgram(file: string, command: readonly string[], path?: string): void {
  const lines = [
    "#!/bin/sh",
    ...(path === undefined ? [] : [`PATH=${quoted(path)}`, "export PATH"]),
    `exec ${command.map(quoted).join(" ")} "$@"`,
  ];
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o755 });
}

/** A word that the shell takes as it is. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
