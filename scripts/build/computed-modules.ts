import { join } from "node:path";
import type { Plugin } from "esbuild";
import { REPOSITORY } from "./repository.js";
import { sourceOf } from "./source-of.js";

/**
 * Files whose exports are plain data that take CDKTF, or another file, to compute. They are computed
 * here, once, and the bundle holds what came out.
 */
const COMPUTED = new Map<string, () => Promise<object>>([
  ["lib/cli/published-documents.ts", () => import("../../lib/cli/published-documents.js")],
  ["lib/upstream/program-text.ts", () => import("../../lib/upstream/program-text.js")],
]);

/** Puts values in place of the files that compute them. */
export const computedModules: Plugin = {
  name: "computed-modules",
  setup({ onLoad }) {
    for (const [path, load] of COMPUTED) {
      const file = join(REPOSITORY, path).replaceAll(/[^\w/]/g, "\\$&");
      onLoad({ filter: new RegExp(`^${file}$`) }, async () => {
        const exported = Object.entries(await load());
        const contents = exported.map(
          ([name, value]) => `export const ${name} = ${sourceOf(value)};`,
        );
        return { contents: contents.join("\n"), loader: "js" };
      });
    }
  },
};
