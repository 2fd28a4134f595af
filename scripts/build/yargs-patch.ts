import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import { patchDoesNotApply } from "./errors.js";

/** A file of yargs, what stands in it once, and what takes its place. */
interface Patch {
  readonly file: RegExp;
  readonly text: string;
  readonly by: string;
}

/** What yargs does for every command and ours have no use for. */
const PATCHES: readonly Patch[] = [
  {
    // Checks the types of what yargs' functions are called with: the compiler has done so.
    file: /[/\\]yargs[/\\]build[/\\]lib[/\\]argsert\.js$/,
    text: "export function argsert(arg1, arg2, arg3) {",
    by: "export function argsert() {}\nfunction unused(arg1, arg2, arg3) {",
  },
];

/** yargs' own completion of shells, and what takes its place: `completion` has scripts that ask nobody. */
const COMPLETION = {
  file: /[/\\]yargs[/\\]build[/\\]lib[/\\]completion\.js$/,
  by: "export const completion = () => ({ setParsed() {} });",
};

/** Takes out of yargs what takes its time. */
export const yargsPatch: Plugin = {
  name: "yargs-patch",
  setup({ onLoad }) {
    onLoad({ filter: COMPLETION.file }, () => ({ contents: COMPLETION.by, loader: "js" }));
    for (const { file, text, by } of PATCHES) {
      onLoad({ filter: file }, ({ path }) => {
        const source = readFileSync(path, "utf8");
        if (source.split(text).length !== 2) {
          throw patchDoesNotApply(path, text);
        }
        return { contents: source.replace(text, by), loader: "js" };
      });
    }
  },
};
