import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { brotliCompressSync } from "node:zlib";
import type { Plugin } from "esbuild";
import { notPlainData } from "./errors.js";
import { REPOSITORY } from "./repository.js";

/**
 * Files whose exports are plain data that take CDKTF, other files, or time, to compute. They are computed
 * here, once, and the bundle holds what came out.
 */
const COMPUTED = new Map<string, () => Promise<object>>([
  ["lib/cli/published-files.ts", () => import("../../lib/cli/published-files.js")],
  ["lib/cli/registry-documents.ts", () => import("../../lib/cli/registry-documents.js")],
  ["lib/cli/version.ts", () => import("../../lib/cli/version.js")],
  ["lib/upstream/program-text.ts", () => import("../../lib/upstream/program-text.js")],
  ["lib/verify/profile-calls-table.ts", () => import("../../lib/verify/profile-calls-table.js")],
]);

/** A function that gives what it takes time, and esbuild, to compute: its file, its name, what it gives. */
const COMPUTED_FUNCTION = [
  "lib/html/page-assets.ts",
  "pageAssets",
  async () => (await import("../../lib/html/page-assets.js")).pageAssets(),
] as const;

/**
 * Puts values in place of the files that compute them. All data is put in as text, JSON files too, and
 * packed where it is large: Node.js reads all of the bundle whenever it starts, and past a text ten
 * times faster than past an expression.
 */
export const computedModules: Plugin = {
  name: "computed-modules",
  setup({ onLoad }) {
    for (const [path, load] of COMPUTED) {
      onLoad({ filter: fileFilter(path) }, async () => {
        const exported = Object.entries(await load());
        const lines = exported.map(
          ([name, value]) => `export const ${name} = ${dataSource(value)};`,
        );
        return { contents: withUnpack(lines.join("\n")), loader: "js" };
      });
    }
    const [path, name, load] = COMPUTED_FUNCTION;
    onLoad({ filter: fileFilter(path) }, async () => ({
      contents: withUnpack(
        `const data = ${dataSource(await load())}; export const ${name} = () => data;`,
      ),
      loader: "js",
    }));
    onLoad({ filter: /\.json$/ }, ({ path: file }) => ({
      contents: withUnpack(`export default ${dataSource(jsonIn(file))};`),
      loader: "js",
    }));
  },
};

/** What matches a file of the repository, and no other. */
export function fileFilter(path: string): RegExp {
  return new RegExp(`^${join(REPOSITORY, path).replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}

/** What a JSON file holds. */
function jsonIn(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Text up to this many characters is not worth packing. */
const SMALL = 100_000;

/** The source with what the expressions of `dataSource` need, if they do: that takes time to load, too. */
function withUnpack(source: string): string {
  return source.includes("unpack(") ? UNPACK + source : source;
}

/** Loads what unpacks only where something is unpacked. */
const UNPACK = `const unpack = (packed) =>
  require("node:zlib").brotliDecompressSync(Buffer.from(packed, "base64")).toString();
`;

/** An expression for a value that JSON can say. @throws when there is something else in it */
export function dataSource(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined || !isDeepStrictEqual(JSON.parse(text), value)) {
    throw notPlainData(value);
  }
  if (text.length <= SMALL) {
    return `JSON.parse(${JSON.stringify(text)})`;
  }
  return `JSON.parse(unpack(${JSON.stringify(brotliCompressSync(text).toString("base64"))}))`;
}
