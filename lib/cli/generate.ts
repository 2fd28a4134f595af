import { createTwoFilesPatch } from "diff";
import { printable } from "../verify/report/printable.js";
import type { Console } from "./console.js";
import { editedByHand } from "./errors.js";
import { type Format, moduleFiles, moduleFolders, selectModules } from "./module-files.js";
import { type Changes, OutputFolder } from "./output-folder.js";

/** What `generate` was asked for. */
export interface GenerateOptions {
  /** Modules to generate; empty for all of them. */
  readonly modules: readonly string[];
  /** Folder to write to. */
  readonly out: string;
  readonly format: Format;
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
 * @throws when files were edited by hand and `force` is off
 */
export function generate(options: GenerateOptions, console: Console): number {
  const { out, format, check, force, json } = options;
  const names = selectModules(options.modules);
  const folder = new OutputFolder(out);
  const all = options.modules.length === 0 && format === "both";
  const folders = names.flatMap((name) => moduleFolders(name, format));
  const isOurs = (file: string) =>
    (all && file.includes("/")) || folders.some((ours) => file.startsWith(`${ours}/`));
  const changes = folder.compare(moduleFiles(names, format), isOurs);
  if (check) {
    return report(changes, out, json, console);
  }
  if (changes.edited.length > 0 && !force) {
    throw editedByHand(out, changes.edited);
  }
  folder.apply(changes);
  if (json) {
    const { write, remove, foreign } = changes;
    console.result(JSON.stringify({ written: [...write.keys()], removed: remove, foreign }));
    return 0;
  }
  for (const file of changes.foreign) {
    console.note(`Left alone, not generated: ${out}/${file}`);
  }
  const changed = changes.write.size + changes.remove.length;
  console.note(
    changed === 0
      ? `${out} is up to date: ${names.length} modules.`
      : `Generated ${names.length} modules in ${out}: ${changed} files changed.`,
  );
  return 0;
}

/** Says what `generate` would change, file by file. */
function report(changes: Changes, out: string, json: boolean, console: Console): number {
  const { write, remove, foreign } = changes;
  const stale = write.size + remove.length + foreign.length;
  if (json) {
    const different = [...write.keys()];
    console.result(JSON.stringify({ upToDate: stale === 0, different, removed: remove, foreign }));
    return stale === 0 ? 0 : 1;
  }
  for (const [file, { now, then }] of write) {
    const before = now === undefined ? "/dev/null" : `${out}/${file}`;
    console.result(createTwoFilesPatch(before, `${out}/${file}`, now ?? "", then, "", "generated"));
  }
  for (const file of [...remove, ...foreign]) {
    console.result(printable(`Not generated, but there: ${out}/${file}`));
  }
  console.note(
    stale === 0
      ? `${out} is up to date.`
      : `${out} is stale, ${stale} files differ: run \`remotion-lambda-terraform generate\` and commit the result.`,
  );
  return stale === 0 ? 0 : 1;
}
