import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, posix } from "node:path";
import { changedMeanwhile, inTheWay, unreadableJournal } from "./errors.js";
import { type FolderLock, removeIfEmpty } from "./folder-lock.js";
import { makeFolder } from "./make-folder.js";
import {
  folderOf,
  hashOf,
  isInside,
  MANIFEST_FILE,
  type Manifest,
  withFolders,
  writeManifest,
} from "./manifest.js";
import type { Changes, FolderChange, OutputFolder } from "./output-folder.js";

/** Folder below the output folder that a run works in: on the same file system, so that it can rename. */
export const WORK_FOLDER = ".remotion-lambda-terraform";

/** What an interrupted run leaves in the folder that it worked in. */
export const JOURNAL = "journal.json";

/** Without it a folder can be neither filled nor moved. */
const OWNER_MAY_ALL = 0o700;

/** What a run is about to do, written before the first rename. */
interface Journal {
  /** A module's folder → what of the generator's lies in it. */
  readonly folders: Readonly<Record<string, JournalEntry>>;
}

interface JournalEntry {
  /** Path relative to the module's folder → hash of what is new there; empty where the module goes. */
  readonly after: Readonly<Record<string, string>>;
  /** Paths of the generator's files before. */
  readonly before: readonly string[];
}

/**
 * Replaces modules as a whole: each is written aside, what is there is renamed away, what is not the
 * generator's is renamed over, and what is new is renamed into place; the record comes last. So a module
 * is at every moment the old one, absent or the new one.
 */
export class ModuleSwap {
  readonly #folder: OutputFolder;
  readonly #lock: FolderLock;
  readonly #run: string;

  /** @param lock is held as long as this is used */
  constructor(folder: OutputFolder, lock: FolderLock) {
    this.#folder = folder;
    this.#lock = lock;
    this.#run = `${WORK_FOLDER}/run`;
  }

  /**
   * Makes the changes; where that fails, modules that are not replaced yet are as they were.
   *
   * @throws what the operating system refuses
   */
  apply(changes: Changes): void {
    try {
      this.#stage(changes);
      for (const [folder, change] of changes.folders) {
        this.#lock.renew();
        this.#replace(folder, change);
      }
      renameSync(this.#path("new", MANIFEST_FILE), this.#folder.inside(MANIFEST_FILE));
    } catch (error) {
      this.#mendAfter(error);
      throw error;
    }
    this.#clean();
  }

  /**
   * Ends what an interrupted run has begun: a module that is absent comes back as it was, and the record
   * says which are new.
   *
   * @returns whether there was anything to mend
   */
  mend(): boolean {
    if (!existsSync(this.#folder.inside(this.#run))) {
      return false;
    }
    const journal = readJournal(this.#path(JOURNAL));
    if (journal !== undefined) {
      const done = Object.entries(journal.folders).filter(([folder, entry]) =>
        this.#restore(folder, entry),
      );
      this.#record(done);
    }
    this.#clean();
    return journal !== undefined;
  }

  /** Writes everything aside: where the disk is full, nothing has happened yet. */
  #stage({ folders, manifest }: Changes): void {
    this.#clean();
    makeFolder(this.#path("new"));
    makeFolder(this.#path("old"));
    // For git, which else shows it where a run was interrupted.
    writeFileSync(this.#folder.inside(`${WORK_FOLDER}/.gitignore`), "*\n");
    for (const [folder, { after }] of folders) {
      const target = this.#path("new", folder);
      makeFolder(target);
      for (const [file, text] of after) {
        makeFolder(dirname(join(target, file)));
        writeFileSync(join(target, file), text);
      }
      const place = this.#folder.inside(folder);
      const mode = statSync(place, { throwIfNoEntry: false })?.mode;
      if (mode !== undefined) {
        // A folder that may not be written to cannot be moved either: better said before anything is.
        accessSync(place, constants.W_OK);
        chmodSync(target, (mode & 0o7777) | OWNER_MAY_ALL);
      }
      makeFolder(dirname(this.#path("old", folder)));
      makeFolder(dirname(this.#folder.inside(folder)));
    }
    writeFileSync(this.#path("new", MANIFEST_FILE), writeManifest(manifest));
    const journal: Journal = {
      folders: Object.fromEntries(
        [...folders].map(([folder, { after, before }]) => [
          folder,
          {
            after: Object.fromEntries([...after].map(([file, text]) => [file, hashOf(text)])),
            before: [...before.keys()],
          },
        ]),
      ),
    };
    writeFileSync(this.#path("new", JOURNAL), JSON.stringify(journal, null, 2));
    renameSync(this.#path("new", JOURNAL), this.#path(JOURNAL));
  }

  #replace(folder: string, { after, before }: FolderChange): void {
    const [place, next, old] = [
      this.#folder.inside(folder),
      this.#path("new", folder),
      this.#path("old", folder),
    ];
    if (existsSync(place)) {
      move(place, old);
      for (const file of new Set([...after.keys(), ...before.keys()])) {
        if (textOf(join(old, file)) !== before.get(file)) {
          throw changedMeanwhile(`${place}/${file}`);
        }
      }
      moveOwn(old, next, new Set([...after.keys(), ...before.keys()]));
    }
    if (after.size === 0) {
      removeIfEmpty(next);
    }
    if (existsSync(next)) {
      move(next, place);
    }
  }

  /**
   * Puts a module back that was renamed away and not replaced, and what is not the generator's.
   *
   * @returns whether the module was replaced
   */
  #restore(folder: string, { after, before }: JournalEntry): boolean {
    const [place, next, old] = [
      this.#folder.inside(folder),
      this.#folder.inside(`${this.#run}/new/${folder}`),
      this.#folder.inside(`${this.#run}/old/${folder}`),
    ];
    const ours = new Set([...Object.keys(after), ...before]);
    const isReplaced = !existsSync(next);
    if (existsSync(old) && !existsSync(place) && !isReplaced) {
      moveOwn(next, old, ours);
      makeFolder(dirname(place));
      move(old, place);
      return false;
    }
    // Somebody may have made the folder anew, as git does: theirs stays, and so does what was set aside.
    for (const aside of [next, old].filter((path) => hasOwn(path, ours))) {
      makeFolder(place);
      moveOwn(aside, place, ours);
    }
    return isReplaced;
  }

  /** Notes the modules that are new in the record. */
  #record(done: readonly (readonly [string, JournalEntry])[]): void {
    const { manifest, state } = this.#folder.manifest();
    if (state === "foreign" || done.length === 0) {
      return;
    }
    const folders = new Set(done.map(([folder]) => folder));
    const mended: Manifest = {
      layout: manifest.layout,
      generated: withFolders(
        manifest.generated,
        done.filter(([, { after }]) => Object.keys(after).length > 0).map(([folder]) => folder),
      ),
      files: new Map([
        ...[...manifest.files].filter(([file]) => !folders.has(folderOf(file) ?? "")),
        ...done.flatMap(([folder, { after }]) =>
          Object.entries(after).map(([file, hash]) => [`${folder}/${file}`, hash] as const),
        ),
      ]),
    };
    const text = writeManifest(mended);
    if (this.#folder.read(MANIFEST_FILE) !== text) {
      writeFileSync(this.#path(MANIFEST_FILE), text);
      renameSync(this.#path(MANIFEST_FILE), this.#folder.inside(MANIFEST_FILE));
    }
  }

  /** Mends at once what failed; what cannot be mended now is left to the next run. */
  #mendAfter(failed: unknown): void {
    if (!this.#lock.isHeld()) {
      return;
    }
    try {
      this.mend();
    } catch (error) {
      if (failed instanceof Error) {
        failed.cause ??= error;
      }
    }
  }

  /**
   * Removes what is left of a run: nothing but generated text. The journal goes first: what is left without
   * one tells the next run nothing, and goes as well.
   */
  #clean(): void {
    for (const part of [JOURNAL, MANIFEST_FILE, "new", "old"]) {
      rmSync(this.#path(part), { recursive: true, force: true });
    }
    rmSync(this.#folder.inside(`${WORK_FOLDER}/.gitignore`), { force: true });
    removeIfEmpty(this.#folder.inside(this.#run));
    removeIfEmpty(this.#folder.inside("json"));
  }

  #path(...parts: readonly string[]): string {
    return this.#folder.inside([this.#run, ...parts].join("/"));
  }
}

/** Whether a run works here, or was ended before it had cleaned up. */
export function hasLeftovers(folder: OutputFolder): boolean {
  return existsSync(folder.inside(WORK_FOLDER));
}

/** Whether a run was interrupted when it was about to rename, or had begun to. */
export function isInterrupted(folder: OutputFolder): boolean {
  return existsSync(folder.inside(`${WORK_FOLDER}/run/${JOURNAL}`));
}

function readJournal(path: string): Journal | undefined {
  if (!existsSync(path)) {
    return undefined;
  }
  // It is renamed into place as a whole; but a folder that came from elsewhere may hold anything.
  try {
    const { folders } = JSON.parse(readFileSync(path, "utf8")) as Journal;
    const isSound = Object.entries(folders).every(([folder, { after, before }]) => {
      const paths = [folder, ...Object.keys(after), ...before];
      return paths.every(isInside) && folderOf(`${folder}/file`) === folder;
    });
    if (isSound) {
      return { folders };
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) {
      throw error;
    }
  }
  throw unreadableJournal(path, dirname(path));
}

/** Whether anything in a folder is not the generator's. */
function hasOwn(folder: string, ours: ReadonlySet<string>): boolean {
  return own(folder, ours).length > 0;
}

/** Moves what is not the generator's from one folder to another, where nothing may be in its way. */
function moveOwn(from: string, to: string, ours: ReadonlySet<string>): void {
  for (const entry of own(from, ours)) {
    const target = join(to, entry);
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) {
      throw inTheWay(target);
    }
    makeFolder(dirname(target));
    move(join(from, entry), target);
  }
}

/** The files and whole folders in a folder that hold nothing of the generator's. */
function own(folder: string, ours: ReadonlySet<string>, below = ""): string[] {
  const path = join(folder, below);
  if (!existsSync(path)) {
    return [];
  }
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const file = posix.join(below, entry.name);
    if (ours.has(file)) {
      return [];
    }
    const isShared = entry.isDirectory() && [...ours].some((path) => path.startsWith(`${file}/`));
    return isShared ? own(folder, ours, file) : [file];
  });
}

function textOf(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? readFileSync(path, "utf8") : undefined;
}

/** How often a rename is tried on Windows, where it fails as long as a scanner reads the file. */
const ATTEMPTS = 20;
const PAUSE_MS = 50;

function move(from: string, to: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      const passes = process.platform === "win32" && ["EPERM", "EACCES", "EBUSY"].includes(code);
      if (!passes || attempt === ATTEMPTS) {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
