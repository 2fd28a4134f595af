import { lstatSync, readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join, posix } from "node:path";
import {
  fileInPlaceOfFolder,
  folderInPlaceOfFile,
  notAFile,
  outputNotFolder,
  outsideOutput,
} from "./errors.js";
import {
  bothOf,
  type Edition,
  folderOf,
  type Generated,
  hashOf,
  isInside,
  MANIFEST_FILE,
  type Manifest,
  type ManifestText,
  readManifest,
  withoutCarriageReturns,
  writeManifest,
} from "./manifest.js";
import { type Files, isAmong, MODULES, moduleFiles, moduleFolders } from "./module-files.js";

/** What would change in the output folder. */
export interface Changes {
  /** The modules' folders that change, relative to the output folder, with all that they then hold. */
  readonly folders: ReadonlyMap<string, FolderChange>;
  /** Files that are missing or different, with what is there now; the record among them. */
  readonly write: ReadonlyMap<
    string,
    { readonly before: string | undefined; readonly after: string }
  >;
  /** Files of an earlier run that are no longer generated. */
  readonly remove: readonly string[];
  /** Files to be written or removed that are not as the generator left them. */
  readonly edited: readonly string[];
  /** Files in the modules' folders that the generator knows nothing of. */
  readonly foreign: readonly string[];
  /** Folders beside them that hold Terraform which the generator knows nothing of. */
  readonly foreignModules: readonly string[];
  /** The record as it is afterwards. */
  readonly manifest: Manifest;
}

/** A module's folder before and after. */
export interface FolderChange {
  /** Path relative to the folder → content; empty where the module is no longer generated. */
  readonly after: Files;
  /** The generator's files that are there, by the same paths. */
  readonly before: Files;
}

/** What Terraform itself leaves in a folder where it was run. */
const TERRAFORM_LEAVINGS = new Set([".terraform", ".terraform.lock.hcl"]);

/** The folder that modules are generated into. Nothing is read, written or deleted outside of it. */
export class OutputFolder {
  readonly path: string;

  /** @throws when the path is a file */
  constructor(path: string) {
    this.path = path;
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats !== undefined && !stats.isDirectory()) {
      throw outputNotFolder(path);
    }
  }

  /** The record, as far as it can be read. */
  manifest(): ManifestText {
    return readManifest(this.read(MANIFEST_FILE));
  }

  /**
   * Compares the folder with what should be in it.
   *
   * @param asked the modules to compare; others are left as they are
   * @throws when a file lies behind a symbolic link, or something else is in its place
   */
  compare(asked: Generated): Changes {
    const { manifest: recorded, state } = this.manifest();
    const isOurs = (file: string) => {
      const folder = folderOf(file);
      return folder !== undefined && isAmong(asked, folder);
    };
    const wanted = new Map(moduleFolders(asked).map((folder) => [folder, moduleFiles(folder)]));
    const kept = [...recorded.files].filter(([file]) => !isOurs(file));
    const all = new Map([...wanted].flatMap(([folder, files]) => inFolder(folder, files)));
    const manifest: Manifest = {
      layout: "modules",
      generated: settled(bothOf(recorded.generated, asked), asked),
      files: new Map([
        ...(state === "damaged" ? this.#recognized() : []),
        ...kept,
        ...[...all].map(([file, text]) => [file, hashOf(text)] as const),
      ]),
    };

    const write = new Map<string, { before: string | undefined; after: string }>();
    const read = this.#reader();
    for (const [file, text] of [...all, [MANIFEST_FILE, writeManifest(manifest)] as const]) {
      const before = read(file);
      if (before === undefined || withoutCarriageReturns(before) !== text) {
        write.set(file, { before, after: text });
      }
    }
    const listed = [...wanted.keys()].flatMap((folder) => this.list(folder));
    const obsolete = [...recorded.files.keys()].filter((file) => isOurs(file) && !all.has(file));
    const remove = obsolete.filter((file) => read(file) !== undefined);
    const isUntouched = (file: string) => {
      if (file === MANIFEST_FILE) {
        return state !== "foreign";
      }
      const now = read(file);
      return now === undefined || recorded.files.get(file) === hashOf(now);
    };
    const changing = new Set([...write.keys(), ...remove].flatMap((file) => folderOf(file) ?? []));
    return {
      folders: new Map(
        [...changing].map((folder) => {
          const files = wanted.get(folder) ?? new Map<string, string>();
          const old = remove.filter((file) => folderOf(file) === folder);
          const paths = [...files.keys(), ...old.map((file) => file.slice(folder.length + 1))];
          const before = paths.flatMap((path) => {
            const text = read(`${folder}/${path}`);
            return text === undefined ? [] : [[path, text] as const];
          });
          return [folder, { after: files, before: new Map(before) }];
        }),
      ),
      write,
      remove,
      edited: [...write.keys(), ...remove].filter((file) => !isUntouched(file)),
      foreign: listed.filter((file) => !all.has(file) && !recorded.files.has(file)),
      foreignModules: this.#foreignModules(recorded),
      manifest,
    };
  }

  /**
   * The content of a file; `undefined` where there is none.
   *
   * @throws when it is a folder or a device, or lies behind a symbolic link
   */
  read(file: string): string | undefined {
    const path = this.inside(file);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) {
      return undefined;
    }
    if (!stats.isFile()) {
      throw stats.isDirectory() ? folderInPlaceOfFile(path) : notAFile(path);
    }
    return readFileSync(path, "utf8");
  }

  /**
   * The path of what lies, or is to lie, in this folder.
   *
   * @throws when it leads out of the folder, by `..` or a symbolic link, or through a file
   */
  inside(file: string): string {
    const parts = file.split("/");
    let path = this.path;
    let isThere = true;
    for (const [index, part] of parts.entries()) {
      path = join(path, part);
      // Nothing lies in a folder that is not there.
      const stats: Stats | undefined = isThere ? statsOf(path) : undefined;
      isThere = stats !== undefined;
      if (!isInside(part) || stats?.isSymbolicLink()) {
        throw outsideOutput(this.path, file);
      }
      if (stats !== undefined && index < parts.length - 1 && !stats.isDirectory()) {
        throw fileInPlaceOfFolder(path);
      }
    }
    return path;
  }

  /** Files in folders of published modules that are as they would be generated. */
  #recognized(): (readonly [string, string])[] {
    const folders = moduleFolders({ hcl: "all", json: "all" });
    return folders.flatMap((folder) =>
      inFolder(folder, moduleFiles(folder)).flatMap(([file, text]) => {
        const now = this.read(file);
        return now !== undefined && withoutCarriageReturns(now) === text
          ? [[file, hashOf(text)] as const]
          : [];
      }),
    );
  }

  /** Reads each file once, so that all that is said of it is of the same text. */
  #reader(): (file: string) => string | undefined {
    const texts = new Map<string, string | undefined>();
    return (file) => {
      if (!texts.has(file)) {
        texts.set(file, this.read(file));
      }
      return texts.get(file);
    };
  }

  /** Files below a folder, without those that Terraform makes there. */
  list(folder: string): string[] {
    const path = this.inside(folder);
    const stats = statsOf(path);
    if (stats === undefined) {
      return [];
    }
    if (!stats.isDirectory()) {
      throw fileInPlaceOfFolder(path);
    }
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const file = posix.join(folder, entry.name);
      if (TERRAFORM_LEAVINGS.has(entry.name)) {
        return [];
      }
      return entry.isDirectory() ? this.list(file) : [file];
    });
  }

  /** Folders with Terraform files where a module's would lie, of which nobody knows. */
  #foreignModules({ files }: Manifest): string[] {
    const known = new Set([
      ...moduleFolders({ hcl: "all", json: "all" }),
      ...[...files.keys()].flatMap((file) => folderOf(file) ?? []),
    ]);
    return ["", "json"]
      .flatMap((above) => foldersIn(join(this.path, above)).map((name) => posix.join(above, name)))
      .filter((folder) => folder !== "json" && !known.has(folder))
      .filter((folder) =>
        readdirSync(join(this.path, folder)).some((name) => /\.tf(\.json)?$/.test(name)),
      );
  }
}

/** Names of the folders in a folder, without those that programs hide there. */
function foldersIn(path: string): string[] {
  if (!statsOf(path)?.isDirectory()) {
    return [];
  }
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name)
    .sort();
}

function statsOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function inFolder(folder: string, files: Files): (readonly [string, string])[] {
  return [...files].map(([file, text]) => [`${folder}/${file}`, text] as const);
}

/**
 * What was asked for, without modules that are no longer published and were asked for just now. Who has
 * named every module has them all, in whatever order.
 */
function settled(generated: Generated, asked: Generated): Generated {
  const left = (edition: Edition) => {
    const [modules, now] = [generated[edition], asked[edition]];
    if (modules === "all" || MODULES.every((name) => modules.includes(name))) {
      return "all";
    }
    return modules.filter(
      (name) => MODULES.includes(name) || !(now === "all" || now.includes(name)),
    );
  };
  return { hcl: left("hcl"), json: left("json") };
}
