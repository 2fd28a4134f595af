import { join, relative, sep } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { CHUNKS, type Chunk, MAIN, placed } from "./chunks.js";
import { moreThanFunctions } from "./errors.js";
import { REPOSITORY } from "./repository.js";

/** A chunk, ready to be bundled. */
interface PlannedChunk extends Chunk {
  readonly sources: ReadonlySet<string>;
  /** What other chunks may ask it for: source → its names → the names in the chunk, which are each of one thing. */
  readonly exported: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * Bundles the command line to one file, and beside it one for each part that few calls need: Node.js reads all of
 * a file's code whenever it loads it.
 *
 * @param options how sources are bundled
 * @param folder where to: `cli.cjs`, and the folder `cli`
 * @param banner what the first file begins with
 * @returns the files that went into them, relative to the repository
 */
export async function bundleChunks(
  options: BuildOptions,
  folder: string,
  banner: string,
): Promise<string[]> {
  const chunks = await plannedChunks(options);
  const bundling = chunks.map((chunk) =>
    build({
      ...options,
      stdin: { contents: entryOf(chunk), resolveDir: REPOSITORY, loader: "js" },
      outfile: join(folder, chunk.name === MAIN ? `${MAIN}.cjs` : join(MAIN, `${chunk.name}.cjs`)),
      plugins: [otherChunks(chunk, chunks), ...(options.plugins ?? [])],
      ...(chunk.name === MAIN ? { banner: { js: banner } } : {}),
      // The entry is an ES module that says what CommonJS is given: values as they are, and no function for each.
      logOverride: { "commonjs-variable-in-esm": "silent" },
    }),
  );
  await Promise.all(bundling);
  return chunks.flatMap(({ sources }) => [...sources]);
}

async function plannedChunks(options: BuildOptions): Promise<readonly PlannedChunk[]> {
  const imports = await importsOf(options);
  const chunkOf = placed(CHUNKS, imports);
  const shared = new Set(CHUNKS.flatMap(({ roots }) => roots));
  for (const [source, imported] of imports) {
    for (const other of imported) {
      if (chunkOf.get(other) !== chunkOf.get(source)) {
        shared.add(other);
      }
    }
  }
  const exports = await exportsOf([...shared], options);
  return CHUNKS.map((chunk) => {
    const sources = [...chunkOf].filter(([, of]) => of === chunk).map(([source]) => source);
    const taken = new Set<string>();
    const exported = sources.flatMap((source) => {
      const names = exports.get(source);
      return names === undefined
        ? []
        : [[source, new Map(names.map((name) => [name, freeName(name, taken)]))] as const];
    });
    return { ...chunk, sources: new Set(sources), exported: new Map(exported) };
  });
}

/** What each source imports at once, by paths relative to the repository. */
async function importsOf(options: BuildOptions): Promise<Map<string, readonly string[]>> {
  const { metafile } = await build({
    ...options,
    entryPoints: CHUNKS.flatMap(({ roots }) => [...roots]),
    outdir: REPOSITORY,
    write: false,
    metafile: true,
  });
  return new Map(
    Object.entries(metafile.inputs).map(([source, { imports }]) => [
      source,
      imports
        .filter(({ external, kind }) => !external && kind !== "dynamic-import")
        .map(({ path }) => path),
    ]),
  );
}

/** The names of what sources export. */
async function exportsOf(
  sources: readonly string[],
  { absWorkingDir, platform, plugins }: BuildOptions,
): Promise<Map<string, readonly string[]>> {
  const { metafile } = await build({
    absWorkingDir: absWorkingDir ?? REPOSITORY,
    platform: platform ?? "node",
    plugins: plugins ?? [],
    format: "esm",
    // A source and its data may have names that differ by the extension alone.
    entryPoints: sources.map((source, index) => ({ in: source, out: String(index) })),
    outdir: REPOSITORY,
    write: false,
    metafile: true,
    logLevel: "error",
  });
  return new Map(
    Object.values(metafile.outputs).map(({ entryPoint = "", exports }) => [entryPoint, exports]),
  );
}

function freeName(name: string, taken: Set<string>): string {
  const base = name === "default" ? "data" : name;
  let free = base;
  for (let count = 2; taken.has(free); count += 1) {
    free = `${base}${count}`;
  }
  taken.add(free);
  return free;
}

/** What a chunk begins with: it runs what exports nothing, and gives to other chunks what they may ask for. */
function entryOf({ exported }: PlannedChunk): string {
  const imports = [...exported].map(([source, names]) => {
    const pairs = [...names].map(([name, free]) => `${name} as ${free}`);
    return `import ${pairs.length === 0 ? "" : `{ ${pairs.join(", ")} } from `}${JSON.stringify(`./${source}`)};`;
  });
  return [...imports, `module.exports = { ${namesOf({ exported }).join(", ")} };`].join("\n");
}

function namesOf({ exported }: Pick<PlannedChunk, "exported">): readonly string[] {
  return [...exported.values()].flatMap((names) => [...names.values()]);
}

/** Puts in place of each source that is in another chunk what asks that one for it. */
function otherChunks(chunk: PlannedChunk, chunks: readonly PlannedChunk[]): Plugin {
  const earlier = new Set(chunks.slice(0, chunks.indexOf(chunk)));
  const others = new Map(
    chunks
      .filter((other) => other !== chunk)
      .flatMap((other) => [...other.exported.keys()].map((source) => [source, other] as const)),
  );
  const contentsOf = async (source: string, other: PlannedChunk): Promise<string> => {
    const names = [...(other.exported.get(source) ?? [])];
    return earlier.has(other)
      ? `export { ${names.map(([name, free]) => `${free} as ${name}`).join(", ")} } from "chunk:${other.name}";`
      : lateFunctions(names, fileFrom(chunk, other), await import(join(REPOSITORY, source)));
  };
  return {
    name: "other-chunks",
    setup({ onResolve, onLoad }) {
      // package.json says that no source does anything by being imported; the one that starts it all does.
      onResolve({ filter: /^\.\/lib\/.*\.ts$/ }, ({ path }) => ({
        path: join(REPOSITORY, path),
        sideEffects: true,
      }));
      onResolve({ filter: /\.cjs$/ }, ({ path }) => ({ path, external: true }));
      onResolve({ filter: /^chunk:/ }, ({ path }) => ({ path, namespace: "chunk" }));
      onLoad({ filter: /^chunk:/, namespace: "chunk" }, ({ path }) => {
        const other = chunks.find(({ name }) => path === `chunk:${name}`);
        // Asked for everything that it gives in one place, and so only once.
        return other === undefined
          ? undefined
          : {
              contents: `export { ${namesOf(other).join(", ")} } from "${fileFrom(chunk, other)}";`,
            };
      });
      onLoad({ filter: /./, namespace: "file" }, async ({ path }) => {
        const source = relative(REPOSITORY, path).split(sep).join("/");
        const other = others.get(source);
        return other === undefined
          ? undefined
          : { contents: await contentsOf(source, other), resolveDir: REPOSITORY };
      });
    },
  };
}

/**
 * The functions of a source, which load the chunk that it is in when they are called.
 *
 * @throws when it exports anything else
 */
function lateFunctions(
  names: readonly (readonly [string, string])[],
  file: string,
  source: Readonly<Record<string, unknown>>,
): string {
  return names
    .map(([name, free]) => {
      if (typeof source[name] !== "function") {
        throw moreThanFunctions(file, name);
      }
      return `export const ${name} = (...args) => require(${JSON.stringify(file)}).${free}(...args);`;
    })
    .join("\n");
}

/** The file of a chunk, as another one asks for it. */
function fileFrom({ name }: Chunk, other: Chunk): string {
  if (other.name === MAIN) {
    return `../${MAIN}.cjs`;
  }
  return name === MAIN ? `./${MAIN}/${other.name}.cjs` : `./${other.name}.cjs`;
}
