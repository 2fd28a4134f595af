import { createHash } from "node:crypto";

/** Name of the record in the output folder. */
export const MANIFEST_FILE = "manifest.json";

/** Who writes it; a record that does not say so is somebody else's file. */
const GENERATOR = "remotion-lambda-terraform";

/** The editions that a module is written in. */
export const EDITIONS = ["hcl", "json"] as const;

/** An edition: HCL in `<out>/<name>`, JSON in `<out>/json/<name>`. */
export type Edition = (typeof EDITIONS)[number];

/** The modules of each edition: their names, or `"all"` that are published, also those to come. */
export type Generated = Readonly<Record<Edition, "all" | readonly string[]>>;

/**
 * How the output folder is laid out: `modules` has a folder for each module and edition, `registry` is the work tree of
 * a repository that the Terraform registry reads.
 */
export type Layout = "modules" | "registry";

/** What the generator wrote, and what it was asked for. */
export interface Manifest {
  readonly layout: Layout;
  readonly generated: Generated;
  /** Path relative to the output folder, with `/` → hash of the content. */
  readonly files: ReadonlyMap<string, string>;
}

/** What was read as a record. */
export interface ManifestText {
  readonly manifest: Manifest;
  /**
   * `damaged` where it was cut or two versions stand in it, and lines of it are known; `foreign` where
   * something else made the file.
   */
  readonly state: "missing" | "whole" | "damaged" | "foreign";
}

/** A record of nothing. */
const NOTHING: Manifest = {
  layout: "modules",
  generated: { hcl: [], json: [] },
  files: new Map(),
};

/** How a record says that it is one of the layout `registry`; the other is not noted. */
const REGISTRY = { layout: "registry" } as const;

/** The text as it is compared: line ends are a matter of whoever checks the files out. */
export function withoutCarriageReturns(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** Hash of a file's content, as the manifest notes it: the same for either kind of line ends. */
export function hashOf(content: string): string {
  const text = withoutCarriageReturns(content);
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

/** The manifest as it lies in the output folder, sorted by path. */
export function writeManifest({ layout, generated, files }: Manifest): string {
  const sorted = Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
  const asked = layout === "registry" ? REGISTRY : { generated };
  return `${JSON.stringify({ generator: GENERATOR, ...asked, files: sorted }, null, 2)}\n`;
}

/** Reads a manifest back, as far as it goes. */
export function readManifest(text: string | undefined): ManifestText {
  if (text === undefined) {
    return { manifest: NOTHING, state: "missing" };
  }
  const parsed = parse(text);
  if (parsed !== undefined) {
    return { manifest: parsed, state: "whole" };
  }
  const start = `{\n  "generator": "${GENERATOR}"`;
  const plain = withoutCarriageReturns(text);
  if (!start.startsWith(plain.trim()) && !plain.includes(`"generator": "${GENERATOR}"`)) {
    return { manifest: NOTHING, state: "foreign" };
  }
  const files = new Map<string, string>();
  for (const [, path = "", hash = ""] of plain.matchAll(
    /^ *"([^"\\]+)": "(sha256:[0-9a-f]{64})",?$/gm,
  )) {
    if (isInside(path)) {
      files.set(path, hash);
    }
  }
  const layout = plain.includes('"layout": "registry"') ? "registry" : "modules";
  return { manifest: recordOf(layout, undefined, files), state: "damaged" };
}

function parse(text: string): Manifest | undefined {
  try {
    const { generator, layout, generated, files } = JSON.parse(text) as Record<string, unknown>;
    if (generator !== GENERATOR || typeof files !== "object" || files === null) {
      return undefined;
    }
    const hashes = new Map(
      Object.entries(files).filter(
        (entry): entry is [string, string] => typeof entry[1] === "string" && isInside(entry[0]),
      ),
    );
    return recordOf(layout === "registry" ? layout : "modules", generated, hashes);
  } catch {
    return undefined;
  }
}

function recordOf(layout: Layout, asked: unknown, files: ReadonlyMap<string, string>): Manifest {
  if (layout === "registry") {
    return { layout, generated: NOTHING.generated, files };
  }
  // The first releases did not note what they were asked for.
  return { layout, generated: generatedFrom(asked) ?? generatedOf(files), files };
}

/** Whether a path is one that the generator may have written: below its folder. */
export function isInside(file: string): boolean {
  return file.split("/").every((part) => !/^\.{0,2}$|[\\\0]/.test(part));
}

function generatedFrom(value: unknown): Generated | undefined {
  const { hcl, json } = (value ?? {}) as Record<string, unknown>;
  return isModules(hcl) && isModules(json) ? { hcl, json } : undefined;
}

function isModules(value: unknown): value is "all" | string[] {
  return (
    value === "all" || (Array.isArray(value) && value.every((name) => typeof name === "string"))
  );
}

/** The modules whose files these are. */
function generatedOf(files: ReadonlyMap<string, string>): Generated {
  return withFolders(
    NOTHING.generated,
    [...files.keys()].flatMap((file) => folderOf(file) ?? []),
  );
}

/** The folder of the module that a path belongs to: `remotion-user`, `json/remotion-user`. */
export function folderOf(file: string): string | undefined {
  const [first, second, third] = file.split("/");
  if (second === undefined) {
    return undefined;
  }
  return first === "json" ? third && `${first}/${second}` : first;
}

/** The edition and the name of a module's folder. */
export function moduleOf(folder: string): { readonly edition: Edition; readonly name: string } {
  return folder.startsWith("json/")
    ? { edition: "json", name: folder.slice("json/".length) }
    : { edition: "hcl", name: folder };
}

/** What was asked for, with these modules' folders as well. */
export function withFolders(generated: Generated, folders: Iterable<string>): Generated {
  const more = { hcl: new Set<string>(), json: new Set<string>() };
  for (const folder of folders) {
    const { edition, name } = moduleOf(folder);
    more[edition].add(name);
  }
  return bothOf(generated, { hcl: [...more.hcl], json: [...more.json] });
}

/** What one or the other was asked for. */
export function bothOf(one: Generated, other: Generated): Generated {
  const modules = (edition: Edition) => {
    const [first, second] = [one[edition], other[edition]];
    return first === "all" || second === "all" ? "all" : [...new Set([...first, ...second])].sort();
  };
  return { hcl: modules("hcl"), json: modules("json") };
}
