import { unknownModule } from "./errors.js";
import { EDITIONS, type Edition, type Generated, moduleOf } from "./manifest.js";
import { LICENSE, PUBLISHED_FILES } from "./published-files.js";

/** The editions that a module is written in. */
export type Format = Edition | "both";

/** Path relative to the output folder, with `/` → content. */
export type Files = ReadonlyMap<string, string>;

/** The names of the published modules. */
export const MODULES: readonly string[] = Object.keys(PUBLISHED_FILES);

/**
 * What a call asks to be written.
 *
 * @param modules their names; empty for all of them
 * @throws when a name is not a module's
 */
export function asked(modules: readonly string[], format: Format): Generated {
  for (const name of modules) {
    if (!MODULES.includes(name)) {
      throw unknownModule(name, MODULES);
    }
  }
  const named = modules.length === 0 ? "all" : MODULES.filter((name) => modules.includes(name));
  return { hcl: format === "json" ? [] : named, json: format === "hcl" ? [] : named };
}

/**
 * What a call asks to be compared: what it does not say is as the record has it, and everything where
 * the record has nothing.
 *
 * @throws when a name is not a module's
 */
export function askedToCheck(
  modules: readonly string[],
  format: Format | undefined,
  recorded: Generated,
): Generated {
  const everything = asked(modules, format ?? "both");
  const anywhere = [recorded.hcl, recorded.json];
  if (modules.length === 0) {
    if (anywhere.every((names) => names.length === 0)) {
      return everything;
    }
    if (format === undefined) {
      return recorded;
    }
    const names = anywhere.includes("all") ? "all" : [...new Set(anywhere.flat())];
    return { hcl: format === "json" ? [] : names, json: format === "hcl" ? [] : names };
  }
  if (format !== undefined) {
    return everything;
  }
  const editions = (name: string) => {
    const known = EDITIONS.filter((edition) => includes(recorded[edition], name));
    return known.length === 0 ? EDITIONS : known;
  };
  const named = (edition: Edition) => modules.filter((name) => editions(name).includes(edition));
  return { hcl: named("hcl"), json: named("json") };
}

/** The calls that write this, as somebody types them. */
export function callsFor({ hcl, json }: Generated, out: string): string {
  const names = (modules: Generated[Edition]) => (modules === "all" ? [] : modules);
  const call = (modules: Generated[Edition], format: Format) =>
    [
      "remotion-lambda-terraform generate",
      ...names(modules),
      ...(format === "both" ? [] : ["--format", format]),
      ...(out === "modules" ? [] : ["--out", asTyped(out)]),
    ].join(" ");
  if (String(hcl) === String(json)) {
    return call(hcl, "both");
  }
  return EDITIONS.map((edition) => ({ edition, modules: { hcl, json }[edition] }))
    .filter(({ modules }) => modules.length > 0)
    .map(({ edition, modules }) => call(modules, edition))
    .join(" && ");
}

/** The call that writes the tree for the registry. */
export function callForRegistry(out: string): string {
  return `remotion-lambda-terraform generate --layout registry --out ${asTyped(out)}`;
}

function asTyped(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : JSON.stringify(path);
}

/** Folders of the published modules among these, relative to the output folder. */
export function moduleFolders(generated: Generated): string[] {
  return MODULES.flatMap((name) => [
    ...(includes(generated.hcl, name) ? [name] : []),
    ...(includes(generated.json, name) ? [`json/${name}`] : []),
  ]);
}

/** Whether a folder is of these modules, published or of an earlier release. */
export function isAmong(generated: Generated, folder: string): boolean {
  const { edition, name } = moduleOf(folder);
  return includes(generated[edition], name);
}

function includes(modules: Generated[Edition], name: string): boolean {
  return modules === "all" || modules.includes(name);
}

/** The files of a module's folder: path relative to it → content. */
export function moduleFiles(folder: string): Files {
  const { edition, name } = moduleOf(folder);
  const files = PUBLISHED_FILES[name]?.[edition] ?? {};
  // Each folder can be copied alone, and the licence asks to go along.
  return new Map(Object.entries({ ...files, LICENSE }));
}
