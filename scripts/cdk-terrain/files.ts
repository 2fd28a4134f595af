import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { Contents } from "./compare.js";

/** What generating and synthesizing read of the repository. */
const SOURCES =
  /^(bin\/.+|examples\/.+|lib\/.+|stacks\/.+|main\.ts|cdktf\.json|(package|tsconfig)\.json|LICENSE|CHANGELOG\.md)$/;

/** Whether a file of the repository belongs to the program, and not to its tests or its papers. */
export function isSource(path: string): boolean {
  return SOURCES.test(path);
}

/**
 * Copies files of a folder to another, with their code renamed.
 *
 * @returns those whose copy differs
 */
export function copyFiles(
  from: string,
  files: readonly string[],
  to: string,
  rename: (code: string) => string,
): string[] {
  return files.filter((file) => {
    const text = readFileSync(join(from, file), "utf8");
    const copy = /\.m?ts$/.test(file) ? rename(text) : text;
    mkdirSync(dirname(join(to, file)), { recursive: true });
    writeFileSync(join(to, file), copy);
    return copy !== text;
  });
}

/** Some files of a folder, and all that is in its folders that are named. */
export function contentsOf(folder: string, paths: readonly string[]): Contents {
  const files = paths.flatMap((path) =>
    statSync(join(folder, path)).isDirectory() ? filesBelow(folder, path) : [path],
  );
  return new Map(files.map((file) => [file, readFileSync(join(folder, file))]));
}

function filesBelow(folder: string, path: string): string[] {
  return readdirSync(join(folder, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}
