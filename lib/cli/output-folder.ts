import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, posix } from "node:path";
import { outputNotFolder, outsideOutput } from "./errors.js";
import { hashOf, MANIFEST_FILE, type Manifest, readManifest, writeManifest } from "./manifest.js";

/** Path relative to the output folder, with `/` → content. */
export type Files = ReadonlyMap<string, string>;

/** What would change in the output folder. */
export interface Changes {
  /** Files that are missing or different, with what is there now. */
  readonly write: ReadonlyMap<string, { readonly now: string | undefined; readonly then: string }>;
  /** Files of an earlier run that are no longer generated. */
  readonly remove: readonly string[];
  /** Files to be written or removed that are not as the generator left them. */
  readonly edited: readonly string[];
  /** Files in the modules' folders that the generator knows nothing of. */
  readonly foreign: readonly string[];
}

/** What Terraform itself leaves in a folder where it was run. */
const TERRAFORM_LEAVINGS = new Set([".terraform", ".terraform.lock.hcl"]);

/** The folder that modules are generated into. It never writes or deletes outside of it. */
export class OutputFolder {
  readonly #path: string;

  /** @throws when the path is a file */
  constructor(path: string) {
    this.#path = path;
    if (existsSync(path) && !statSync(path).isDirectory()) {
      throw outputNotFolder(path);
    }
  }

  /**
   * Compares the folder with what should be in it.
   *
   * @param files what should be there
   * @param isOurs whether a path is of a module and an edition that is being generated
   * @throws when a file lies behind a symbolic link
   */
  compare(files: Files, isOurs: (file: string) => boolean): Changes {
    const manifest = this.#manifest();
    const present = this.#list().filter(isOurs);
    const kept = new Map([...manifest].filter(([file]) => !isOurs(file)));
    const all = new Map([
      ...files,
      [
        MANIFEST_FILE,
        writeManifest(
          new Map([...kept, ...[...files].map(([file, text]) => [file, hashOf(text)] as const)]),
        ),
      ],
    ]);
    const write = new Map<string, { now: string | undefined; then: string }>();
    for (const [file, then] of all) {
      const now = this.#read(file);
      if (now !== then) {
        write.set(file, { now, then });
      }
    }
    const surplus = present.filter((file) => !all.has(file));
    const remove = surplus.filter((file) => manifest.has(file));
    const untouched = (file: string) => {
      const now = this.#read(file);
      return now === undefined || file === MANIFEST_FILE || manifest.get(file) === hashOf(now);
    };
    return {
      write,
      remove,
      edited: [...write.keys(), ...remove].filter((file) => !untouched(file)),
      foreign: surplus.filter((file) => !manifest.has(file)),
    };
  }

  /** Makes the changes. */
  apply({ write, remove }: Changes): void {
    for (const [file, { then }] of write) {
      const path = this.#inside(file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, then);
    }
    for (const file of remove) {
      rmSync(this.#inside(file));
    }
  }

  #manifest(): Manifest {
    const text = this.#read(MANIFEST_FILE);
    return text === undefined ? new Map() : readManifest(text, join(this.#path, MANIFEST_FILE));
  }

  #read(file: string): string | undefined {
    const path = this.#inside(file);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  }

  /** Files below a folder, without those that Terraform makes there. */
  #list(folder = ""): string[] {
    const path = join(this.#path, folder);
    if (!existsSync(path)) {
      return [];
    }
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const file = posix.join(folder, entry.name);
      if (TERRAFORM_LEAVINGS.has(entry.name)) {
        return [];
      }
      return entry.isDirectory() ? this.#list(file) : [file];
    });
  }

  /** The file's path, once no part of it below the folder is a symbolic link. */
  #inside(file: string): string {
    let path = this.#path;
    for (const part of file.split("/")) {
      path = join(path, part);
      if (part === ".." || lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) {
        throw outsideOutput(this.#path, file);
      }
    }
    return path;
  }
}
