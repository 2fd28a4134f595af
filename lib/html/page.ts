import { embeddedJson, escapedHtml } from "./markup.js";
import { pageAssets } from "./page-assets.js";
import type { PageData } from "./page-data.js";
import { summaryHtml } from "./summary.js";

/** The sign in the tab of a browser: a shield with a check mark. */
const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath fill='%232563a8' d='M16 2 4 7v9c0 7 5 12 12 14 7-2 12-7 12-14V7z'/%3E%3Cpath fill='none' stroke='%23fff' stroke-width='3' d='m10 16 4.500 4.500L22 12'/%3E%3C/svg%3E";

/**
 * A page that stands alone: style, script and data are in it, and its policy lets nothing be asked of any other place.
 * Its script builds what is seen from the data, by functions that take texts for texts. Without a script the
 * summary can be read.
 *
 * @param shown makes a text harmless to whatever shows it: what is invisible, or changes the direction of others,
 * comes out as an escape
 */
export function htmlPage(data: PageData, shown: (text: string) => string): string {
  const { script, style, scriptHash, styleHash } = pageAssets();
  const policy = [
    "default-src 'none'",
    `script-src ${scriptHash}`,
    `style-src ${styleHash}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  const text = (one: string) => escapedHtml(shown(one));
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escapedHtml(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="robots" content="noindex">',
    `<meta name="generator" content="${text(`${data.tool} ${data.version}`)}">`,
    `<link rel="icon" href="${ICON}">`,
    `<title>${text(`${data.title} – ${data.source}`)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    `<body class="${data.about}">`,
    summaryHtml(data, text),
    `<script type="application/json" id="data">${embeddedJson(data, shown)}</script>`,
    `<script>${script}</script>`,
    "</body>",
    "</html>",
  ].join("\n");
}
