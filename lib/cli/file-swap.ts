import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { changedMeanwhile, unreadableJournal } from "./errors.js";
import { type FolderLock, removeIfEmpty } from "./folder-lock.js";
import { makeFolder } from "./make-folder.js";
import { hashOf, isInside, MANIFEST_FILE } from "./manifest.js";
import { JOURNAL, WORK_FOLDER } from "./module-swap.js";
import type { Changes, OutputFolder } from "./output-folder.js";

/** What a run is about to do, written when all that is new lies beside. */
interface Journal {
  /** Path of a file to be replaced or removed → hash of what is there now; `null` where nothing is. */
  readonly replace: Readonly<Record<string, string | null>>;
  readonly remove: Readonly<Record<string, string | null>>;
}

/**
 * Replaces files one by one, where a folder cannot be replaced as a whole: the root of a registry's tree is the work
 * tree of a git repository. All is written aside first, and noted in a journal; then each file is renamed into place,
 * so that it is the old one or the new one, and the record comes last. What an interrupted run has left, the next
 * one ends.
 */
export class FileSwap {
  readonly #folder: OutputFolder;
  readonly #lock: FolderLock;
  readonly #run = `${WORK_FOLDER}/run`;

  /** @param lock is held as long as this is used */
  constructor(folder: OutputFolder, lock: FolderLock) {
    this.#folder = folder;
    this.#lock = lock;
  }

  /**
   * Makes the changes; where that fails before the first file is replaced, nothing has happened.
   *
   * @throws what the operating system refuses, and where a file was changed meanwhile
   */
  apply(changes: Changes): void {
    this.#finish(this.#stage(changes));
  }

  /** Writes everything aside: where the disk is full, nothing has happened yet. */
  #stage({ write, remove }: Changes): Journal {
    try {
      this.#clean();
      makeFolder(this.#path("new"));
      // For git, which else shows it where a run was interrupted.
      writeFileSync(this.#folder.inside(`${WORK_FOLDER}/.gitignore`), "*\n");
      for (const [file, { before, after }] of write) {
        const aside = this.#path("new", file);
        makeFolder(dirname(aside));
        writeFileSync(aside, after);
        if (this.#folder.read(file) !== before) {
          throw changedMeanwhile(join(this.#folder.path, file));
        }
      }
      const hashes = (files: readonly string[]) =>
        Object.fromEntries(files.map((file) => [file, this.#hash(file)]));
      const replaced = [...write.keys()].filter((file) => file !== MANIFEST_FILE);
      const journal: Journal = { replace: hashes(replaced), remove: hashes(remove) };
      writeFileSync(this.#path("new", JOURNAL), JSON.stringify(journal, null, 2));
      renameSync(this.#path("new", JOURNAL), this.#path(JOURNAL));
      return journal;
    } catch (error) {
      if (this.#lock.isHeld()) {
        this.#clean();
      }
      throw error;
    }
  }

  /**
   * Ends what an interrupted run has begun. A file that somebody has changed since stays as it is.
   *
   * @returns whether there was anything to end
   */
  mend(): boolean {
    if (!existsSync(this.#folder.inside(this.#run))) {
      return false;
    }
    const journal = this.#readJournal();
    if (journal !== undefined) {
      this.#finish(journal);
    }
    this.#clean();
    return journal !== undefined;
  }

  #finish({ replace, remove }: Journal): void {
    for (const [file, before] of Object.entries(replace)) {
      this.#lock.renew();
      const aside = this.#path("new", file);
      if (existsSync(aside) && this.#hash(file) === before) {
        const place = this.#folder.inside(file);
        makeFolder(dirname(place));
        renameSync(aside, place);
      }
    }
    for (const [file, before] of Object.entries(remove)) {
      if (before !== null && this.#hash(file) === before) {
        rmSync(this.#folder.inside(file));
        for (let above = posix.dirname(file); above !== "."; above = posix.dirname(above)) {
          removeIfEmpty(this.#folder.inside(above));
        }
      }
    }
    const record = this.#path("new", MANIFEST_FILE);
    if (existsSync(record)) {
      renameSync(record, this.#folder.inside(MANIFEST_FILE));
    }
    this.#clean();
  }

  #readJournal(): Journal | undefined {
    const path = this.#path(JOURNAL);
    if (!existsSync(path)) {
      return undefined;
    }
    const text = readFileSync(path, "utf8");
    // It is renamed into place as a whole; but a folder that came from elsewhere may hold anything.
    try {
      const { replace, remove } = JSON.parse(text) as Journal;
      const entries = [...Object.entries(replace), ...Object.entries(remove)];
      if (entries.every(([file, hash]) => isInside(file) && isHash(hash))) {
        return { replace, remove };
      }
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof TypeError)) {
        throw error;
      }
    }
    throw unreadableJournal(path, dirname(path));
  }

  #hash(file: string): string | null {
    const text = this.#folder.read(file);
    return text === undefined ? null : hashOf(text);
  }

  /** Removes what is left of a run: nothing but generated text. The journal goes first. */
  #clean(): void {
    for (const part of [JOURNAL, "new"]) {
      rmSync(this.#path(part), { recursive: true, force: true });
    }
    rmSync(this.#folder.inside(`${WORK_FOLDER}/.gitignore`), { force: true });
    removeIfEmpty(this.#folder.inside(this.#run));
  }

  #path(...parts: readonly string[]): string {
    return this.#folder.inside([this.#run, ...parts].join("/"));
  }
}

function isHash(value: unknown): boolean {
  return value === null || typeof value === "string";
}
