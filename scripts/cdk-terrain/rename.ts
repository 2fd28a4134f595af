import { CONSTRUCTS, KEPT, type Ranges, SUCCESSORS } from "./packages.js";

/** What stands before the specifier of an import: `import … from`, `export … from`, `import`, `import(`. */
const BEFORE = String.raw`^(?:import|export)\s[^"';]*?\bfrom\s+|^import\s+|\bimport\(\s*`;

/**
 * Gives the imports of a source file CDK Terrain's names, and changes nothing else: not the
 * specifiers of other packages, and no word of a comment or a message.
 */
export function renameImports(text: string): string {
  return SUCCESSORS.reduce(
    (renamed, { from, to }) =>
      renamed.replace(
        new RegExp(`(${BEFORE})"${from}(/[^"]*)?"`, "gm"),
        (_import, before: string, path = "") => `${before}"${to}${path}"`,
      ),
    text,
  );
}

/** The parts of `package.json` that are read. */
interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly repository?: unknown;
  readonly modulesRepository?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * `package.json` of the copy: what generating needs and no more, with CDK Terrain's packages.
 *
 * @param successors those packages
 */
export function renamedManifest(text: string, successors: Ranges): string {
  const manifest: Manifest = JSON.parse(text);
  const { name, version, license, repository, modulesRepository } = manifest;
  const { dependencies, devDependencies } = manifest;
  const ranges = new Map(Object.entries({ ...devDependencies, ...dependencies }));
  const needed = [
    ...Object.entries(successors),
    [CONSTRUCTS.name, CONSTRUCTS.version],
    ...KEPT.map((name) => [name, ranges.get(name)]),
  ];
  const renamed = {
    // What the modules say of where they come from, and the pages of where that is.
    ...{ name, version, license, repository, modulesRepository },
    private: true,
    type: "module",
    dependencies: Object.fromEntries(needed),
  };
  return `${JSON.stringify(renamed, null, 2)}\n`;
}
