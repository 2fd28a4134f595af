import { basename, join, relative, sep } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { REPOSITORY } from "./repository.js";

/** What few calls run: all but `policy` and `explain`, which is most of the program. */
const LATE = /^\.\/(generate|verify|upstream|import|denied|completion|refused-call)\.js$/;

/**
 * Files that they share with the rest of the bundle: the command line tells errors apart by their class,
 * and one copy of the large table is enough.
 */
const SHARED = new Set([
  "lib/cli/errors.ts",
  "lib/iam/aws-managed/aws-managed-data.ts",
  "lib/remotion/api-calls.ts",
]);

/**
 * Keeps commands as text in the bundle until they are called. Node.js reads all of a file's code whenever
 * it starts, which would take as long as all that a small command does; it reads past text for little.
 *
 * @param options how the bundle is made
 * @param bundled takes the files that went into the commands
 */
export function lateCommands(
  options: BuildOptions,
  bundled: (files: readonly string[]) => void,
): Plugin {
  return {
    name: "late-commands",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: LATE }, ({ path, resolveDir, kind }) =>
        kind === "dynamic-import"
          ? { path: join(resolveDir, path.replace(/\.js$/, ".ts")), namespace: "late" }
          : undefined,
      );
      onLoad({ filter: /.*/, namespace: "late" }, async ({ path }) => {
        const { outputFiles, metafile } = await build({
          ...options,
          entryPoints: [path],
          plugins: [leaveShared, ...(options.plugins ?? [])],
          write: false,
          metafile: true,
        });
        bundled(Object.keys(metafile.inputs));
        const [command] = outputFiles;
        const used = Object.values(metafile.outputs)
          .flatMap(({ imports }) => imports.map((imported) => imported.path))
          .filter((imported) => SHARED.has(imported));
        return {
          contents: loader(command?.text ?? "", basename(path, ".ts"), new Set(used)),
          resolveDir: REPOSITORY,
          loader: "js",
        };
      });
    },
  };
}

/** Leaves the shared files to the loader, by their paths in the repository. */
const leaveShared: Plugin = {
  name: "leave-shared",
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) => {
      const source = relative(REPOSITORY, join(resolveDir, path.replace(/\.js$/, ".ts")));
      const file = source.split(sep).join("/");
      return SHARED.has(file) ? { path: file, external: true } : undefined;
    });
  },
};

/** A CommonJS module that runs the text of another when it is asked for. */
function loader(text: string, name: string, shared: ReadonlySet<string>): string {
  const cases = [...shared].map(
    (file) => `if (id === ${JSON.stringify(file)}) return require(${JSON.stringify(`./${file}`)});`,
  );
  return `
    const late = { exports: {} };
    require("node:vm").compileFunction(
      ${JSON.stringify(text)},
      ["module", "exports", "require"],
      { filename: ${JSON.stringify(`${name}.js`)} },
    )(late, late.exports, (id) => { ${cases.join("\n")} return require(id); });
    module.exports = late.exports;
  `;
}
