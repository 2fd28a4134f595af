import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What can be counted in a module's files. */
export interface SourceFigures {
  readonly lines: number;
  /** Characters of the longest line. */
  readonly longest: number;
  readonly inputs: number;
  /** Blocks that refuse a plan. */
  readonly checks: number;
}

/** Counts in all of some folders together; `undefined` where there is none. */
export function figuresOfFolders(folders: readonly string[]): SourceFigures | undefined {
  const texts = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith(".tf"))
      .map((file) => readFileSync(join(folder, file), "utf8")),
  );
  return texts.length === 0 ? undefined : figuresOf(texts);
}

/** Counts in texts of HCL. */
export function figuresOf(texts: readonly string[]): SourceFigures {
  const lines = texts.flatMap(linesOf);
  const count = (block: RegExp) => lines.filter((line) => block.test(line)).length;
  return {
    lines: lines.length,
    longest: Math.max(0, ...lines.map((line) => [...line].length)),
    inputs: count(/^variable\s+"/),
    checks: count(/^\s*(validation|precondition|postcondition)\s*\{/),
  };
}

/** The lines of a text, blank ones too. */
export function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}
