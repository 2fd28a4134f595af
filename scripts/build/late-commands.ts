import { basename, join } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { REPOSITORY } from "./repository.js";

/** What `generate`, `verify`, `import` and `upstream` run, which is most of the program. */
const LATE = /^\.\/(generate|verify|upstream|import)\.js$/;

/** What they share with the rest of the bundle: the command line tells errors apart by their class. */
const SHARED = "./errors.js";

/**
 * Keeps commands as text in the bundle until they are called. Node.js reads all of a file's code whenever
 * it starts, which would take as long as all that a small command does; it reads past text for nothing.
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
          plugins: [shareErrors, ...(options.plugins ?? [])],
          write: false,
          metafile: true,
        });
        bundled(Object.keys(metafile.inputs));
        const [command] = outputFiles;
        return {
          contents: loader(command?.text ?? "", basename(path, ".ts")),
          resolveDir: join(REPOSITORY, "lib", "cli"),
          loader: "js",
        };
      });
    },
  };
}

const shareErrors: Plugin = {
  name: "share-errors",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/errors\.js$/ }, ({ path, resolveDir }) =>
      resolveDir === join(REPOSITORY, "lib", "cli") ? { path, external: true } : undefined,
    );
  },
};

/** A CommonJS module that runs the text of another when it is asked for. */
function loader(text: string, name: string): string {
  return `
    const errors = require(${JSON.stringify(SHARED)});
    const late = { exports: {} };
    require("node:vm").compileFunction(
      ${JSON.stringify(text)},
      ["module", "exports", "require"],
      { filename: ${JSON.stringify(`${name}.js`)} },
    )(late, late.exports, (id) => (id === ${JSON.stringify(SHARED)} ? errors : require(id)));
    module.exports = late.exports;
  `;
}
