import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

/** What stands in every page, whatever it shows. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
  /** Their hashes, as a Content-Security-Policy names them. */
  readonly scriptHash: string;
  readonly styleHash: string;
}

let assets: PageAssets | undefined;

/** The script and the style of pages. The build takes what comes out in place of this file. */
export function pageAssets(): PageAssets {
  if (assets === undefined) {
    const script = bundled("page/main.ts");
    const style = bundled("page/page.css");
    assets = { script, style, scriptHash: hashOf(script), styleHash: hashOf(style) };
  }
  return assets;
}

function bundled(path: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL(path, import.meta.url))],
    bundle: true,
    minify: true,
    format: "iife",
    // Browsers of the last two years.
    target: ["chrome123", "firefox121", "safari17.5"],
    charset: "ascii",
    legalComments: "none",
    write: false,
    logLevel: "warning",
  });
  // Where a tag could end it, or a log of a pipeline could obey it, the text would be another one in the page.
  return (outputFiles[0]?.text ?? "").trim();
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
