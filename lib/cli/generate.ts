import { statSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { createTwoFilesPatch } from "diff";
import { printable, printableLines } from "../verify/report/printable.js";
import type { Console } from "./console.js";
import {
  editedByHand,
  fileSystemRefused,
  formatOfOtherLayout,
  modulesOfOtherLayout,
  otherLayout,
} from "./errors.js";
import { FileSwap } from "./file-swap.js";
import { FolderLock, holderIn, removeIfEmpty } from "./folder-lock.js";
import { makeFolder } from "./make-folder.js";
import { type Layout, MANIFEST_FILE, withoutCarriageReturns } from "./manifest.js";
import {
  asked,
  askedToCheck,
  callForRegistry,
  callsFor,
  type Format,
  moduleFolders,
} from "./module-files.js";
import { hasLeftovers, isInterrupted, ModuleSwap, WORK_FOLDER } from "./module-swap.js";
import { type Changes, OutputFolder } from "./output-folder.js";
import { compareTree } from "./registry-folder.js";

/** What `generate` was asked for. */
export interface GenerateOptions {
  /** Modules to generate; empty for all of them. */
  readonly modules: readonly string[];
  /** Folder to write to. */
  readonly out: string;
  /** @default both, and with `check` what the record of the folder says */
  readonly format: Format | undefined;
  /** @default what the record of the folder says, and `modules` where there is none */
  readonly layout: Layout | undefined;
  /** Compare instead of writing. */
  readonly check: boolean;
  /** Overwrite files that were edited by hand. */
  readonly force: boolean;
  /** Report as JSON. */
  readonly json: boolean;
}

/**
 * Writes the modules, or compares them with what is there.
 *
 * @returns the exit code: 0, or 1 when `check` found a difference
 * @throws when files were edited by hand and `force` is off, and what the operating system refuses
 */
export async function generate(options: GenerateOptions, console: Console): Promise<number> {
  try {
    return await (options.check ? check(options, console) : write(options, console));
  } catch (error) {
    throw inWords(error, options.out);
  }
}

async function write(options: GenerateOptions, console: Console): Promise<number> {
  const folder = new OutputFolder(options.out);
  const layout = layoutOf(folder, options);
  const generated = asked(
    options.modules,
    layout === "registry" ? "hcl" : (options.format ?? "both"),
  );
  const compareNow = () =>
    layout === "registry" ? compareTree(folder) : folder.compare(generated);
  const compared = await compare(folder, compareNow);
  const changes =
    isUpToDate(compared) && !hasLeftovers(folder)
      ? compared
      : await replace(folder, layout, compareNow, options.force, console);
  const { write: written, remove, foreign, foreignModules } = changes;
  if (options.json) {
    const others = [...foreign, ...foreignModules];
    console.result(
      JSON.stringify({ written: [...written.keys()], removed: remove, foreign: others }),
    );
    return 0;
  }
  noteForeign([...foreign, ...foreignModules], options.out, console);
  const { size } = new Set(moduleFolders(generated).map((path) => path.replace(/^json\//, "")));
  const modules = size === 1 ? "1 module" : `${size} modules`;
  console.note(
    isUpToDate(changes)
      ? `${options.out} is up to date: ${modules}.`
      : `Generated ${modules} in ${options.out}: ${written.size + remove.length} files changed.`,
  );
  return 0;
}

/**
 * How the folder is laid out, or is to be.
 *
 * @throws when it is laid out in another way, or what else is asked for does not go with it
 */
function layoutOf(folder: OutputFolder, { layout, modules, format, out }: GenerateOptions): Layout {
  const { manifest } = folder.manifest();
  const recorded = manifest.files.size === 0 ? undefined : manifest.layout;
  if (layout !== undefined && recorded !== undefined && layout !== recorded) {
    throw otherLayout(out, layout, recorded);
  }
  const used = layout ?? recorded ?? "modules";
  if (used === "registry" && modules.length > 0) {
    throw modulesOfOtherLayout(modules);
  }
  if (used === "registry" && format !== undefined && format !== "hcl") {
    throw formatOfOtherLayout(format);
  }
  return used;
}

/** Makes the changes, one run at a time; where that fails, no folder is left that was not there. */
async function replace(
  folder: OutputFolder,
  layout: Layout,
  compareNow: () => Changes,
  force: boolean,
  console: Console,
): Promise<Changes> {
  const made = makeFolder(folder.path);
  try {
    const lock = await FolderLock.take(folder.path, workFolder(folder));
    try {
      const swap =
        layout === "registry" ? new FileSwap(folder, lock) : new ModuleSwap(folder, lock);
      if (swap.mend()) {
        console.note(`Mended ${folder.path}, where an earlier run was interrupted.`);
      }
      const changes = compareNow();
      if (changes.edited.length > 0 && !force) {
        throw editedByHand(folder.path, changes.edited);
      }
      if (!isUpToDate(changes)) {
        swap.apply(changes);
      }
      return changes;
    } finally {
      lock.release();
    }
  } catch (error) {
    if (made !== undefined) {
      removeMade(folder.path, made);
    }
    throw error;
  }
}

/** Says what `generate` would change, file by file. */
async function check(options: GenerateOptions, console: Console): Promise<number> {
  const { modules, format, out, json } = options;
  // An unknown name is one in any folder.
  asked(modules, "both");
  const folder = new OutputFolder(out);
  const layout = layoutOf(folder, options);
  let generated = asked([], "both");
  const changes = await compare(folder, () => {
    if (layout === "registry") {
      return compareTree(folder);
    }
    generated = askedToCheck(modules, format, folder.manifest().manifest.generated);
    return folder.compare(generated);
  });
  const { write: different, remove, foreign, foreignModules } = changes;
  const interrupted = isInterrupted(folder);
  const stale = different.size + remove.length + foreign.length;
  const exitCode = stale > 0 || interrupted ? 1 : 0;
  if (json) {
    console.result(
      JSON.stringify({
        upToDate: exitCode === 0,
        different: [...different.keys()],
        removed: remove,
        foreign: [...foreign, ...foreignModules],
      }),
    );
    return exitCode;
  }
  const call = layout === "registry" ? callForRegistry(out) : callsFor(generated, out);
  if (!interrupted && isBare(folder, changes)) {
    console.note(
      `Nothing is generated in ${out}: run \`${call}\` and commit the result, or name the folder that has it with --out.`,
    );
    return exitCode;
  }
  for (const [file, { before, after }] of different) {
    const path = printable(`${out}/${file}`);
    const old = before === undefined ? "/dev/null" : path;
    const edited = withoutCarriageReturns(before ?? "");
    console.result(printablePatch(createTwoFilesPatch(old, path, edited, after, "", "generated")));
  }
  for (const file of [...remove, ...foreign]) {
    console.result(`Not generated, but there: ${printable(`${out}/${file}`)}`);
  }
  noteForeign(foreignModules, out, console);
  if (interrupted) {
    const state =
      layout === "registry" ? "what is new lies" : "a module that is missing was set aside";
    console.note(
      `A run of generate was interrupted in ${out}; ${state} in ${join(out, WORK_FOLDER)}, and the next run mends that.`,
    );
  }
  console.note(
    exitCode === 0
      ? `${out} is up to date.`
      : `${out} is stale, ${stale} files differ: run \`${call}\` and commit the result.`,
  );
  return exitCode;
}

/** Compares without the lock, and so once more where another run wrote meanwhile. */
async function compare(folder: OutputFolder, compareNow: () => Changes): Promise<Changes> {
  const work = workFolder(folder);
  const manifest = folder.inside(MANIFEST_FILE);
  const state = () => `${holderIn(work)} ${statSync(manifest, { throwIfNoEntry: false })?.mtimeMs}`;
  for (;;) {
    await FolderLock.free(folder.path, work);
    const before = state();
    try {
      const changes = compareNow();
      if (state() === before) {
        return changes;
      }
    } catch (error) {
      if (state() === before) {
        throw error;
      }
    }
  }
}

function isUpToDate({ write: different, remove }: Changes): boolean {
  return different.size + remove.length === 0;
}

/** Whether a folder has none of the files that are to be there, and no record of any. */
function isBare(
  folder: OutputFolder,
  { write: different, remove, foreign, foreignModules, manifest }: Changes,
): boolean {
  return (
    folder.manifest().manifest.files.size === 0 &&
    // All of its files, and the record itself.
    different.size === manifest.files.size + 1 &&
    remove.length + foreign.length + foreignModules.length === 0 &&
    [...different.values()].every(({ before }) => before === undefined)
  );
}

function noteForeign(paths: readonly string[], out: string, console: Console): void {
  for (const path of paths) {
    console.note(`Left alone, not generated: ${printable(`${out}/${path}`)}`);
  }
}

/** The folder that a run works in, once nothing else is in its place. */
function workFolder(folder: OutputFolder): string {
  for (const part of ["lock", "run"]) {
    folder.inside(`${WORK_FOLDER}/${part}/any`);
  }
  return folder.inside(WORK_FOLDER);
}

/** Removes folders that were made for nothing: from the inner one to the first that was missing. */
function removeMade(path: string, first: string): void {
  for (
    let folder = resolve(path);
    folder.length >= resolve(first).length;
    folder = dirname(folder)
  ) {
    removeIfEmpty(folder);
  }
}

/** What the operating system said, as a sentence with the path that the user knows. */
function inWords(error: unknown, out: string): unknown {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (!(error instanceof Error) || code === undefined || syscall === undefined) {
    return error;
  }
  // What is written aside is on its way to the same path in the output folder.
  const [above, below] = (path ?? out).split(join(WORK_FOLDER, "run", "new") + sep);
  const [plain = out] = (above ?? out).split(`${sep}${WORK_FOLDER}`);
  return fileSystemRefused(below === undefined ? plain : join(plain, below), code, error);
}

/** A patch with text of files that anybody may have edited; tabs stand in its head, too. */
function printablePatch(patch: string): string {
  return patch.split("\t").map(printableLines).join("\t");
}
