import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this repository. */
export const REPOSITORY = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** A source file and what it imports. */
export interface SourceFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly imports: readonly Import[];
}

/** One import of a file. */
interface Import {
  /** As it stands in the file. */
  readonly specifier: string;
  /** Path of the file that is imported, relative to the repository; `undefined` for a package. */
  readonly file: string | undefined;
  /** Whether it waits until it is called for. */
  readonly dynamic: boolean;
  /** Whether it is gone once the types are. */
  readonly typeOnly: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^"';]*?from\s+"([^"]+)"|(?:^|\n)\s*import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)/g;

/** All files of the program: `lib`, `stacks` and `main.ts`. */
export function sourceFiles(): SourceFile[] {
  const folders = ["lib", "stacks"].flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(REPOSITORY, join(entry.parentPath, entry.name))),
  );
  return ["main.ts", ...folders].map((path) => ({ path, imports: importsOf(path) }));
}

function importsOf(path: string): Import[] {
  if (!/\.m?[jt]s$/.test(path)) {
    return [];
  }
  const text = withoutComments(readFileSync(join(REPOSITORY, path), "utf8"));
  return [...text.matchAll(IMPORT)].map(([statement, named, bare, dynamic]) => {
    const specifier = named ?? bare ?? dynamic ?? "";
    const file = specifier.startsWith(".")
      ? join(dirname(path), specifier).replace(/\.js$/, ".ts")
      : undefined;
    const typeOnly = /^\s*(import|export) type\b/.test(statement);
    return { specifier, file, dynamic: dynamic !== undefined, typeOnly };
  });
}

/** The text without its block comments and its lines of comment. */
function withoutComments(text: string): string {
  return text.replace(/\/\*.*?\*\//gs, "").replace(/^\s*\/\/.*$/gm, "");
}
