import { type BuildOptions, build, type Plugin } from "esbuild";
import { dataSource, fileFilter, withUnpack } from "./computed-modules.js";

/**
 * Puts the library that reads YAML into the bundle, packed until it is asked for: few files are YAML, and Node.js
 * reads all of the bundle whenever it starts.
 *
 * @param options how the bundle is made
 * @param bundled takes the files that went into the library
 */
export function lateYaml(
  options: BuildOptions,
  bundled: (files: readonly string[]) => void,
): Plugin {
  return {
    name: "late-yaml",
    setup({ onLoad }) {
      onLoad({ filter: fileFilter("lib/cloudformation/yaml-library.ts") }, async () => {
        const { outputFiles, metafile } = await build({
          ...options,
          plugins: [],
          entryPoints: ["yaml"],
          write: false,
          metafile: true,
        });
        bundled(Object.keys(metafile.inputs));
        return { contents: loader(outputFiles?.[0]?.text ?? ""), loader: "js" };
      });
    },
  };
}

/** What stands in place of the file: the same function, with the library in it. */
function loader(text: string): string {
  return withUnpack(`
    let library;
    export const yamlLibrary = () => {
      if (library === undefined) {
        const late = { exports: {} };
        require("node:vm").compileFunction(
          ${dataSource(text)},
          ["module", "exports", "require"],
          { filename: "yaml.js" },
        )(late, late.exports, require);
        library = late.exports;
      }
      return library;
    };
  `);
}
