import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blocksIn } from "../../support/page-blocks.js";
import { REPOSITORY } from "../../support/repository.js";

const PAGE = readFileSync(join(REPOSITORY, "docs", "SOURCES.md"), "utf8");

/** Ways to fetch a module, by their headings in docs/SOURCES.md. */
export const WAYS = {
  git: "A tag of git",
  archive: "An archive over HTTPS",
  registry: "The public registry",
  "own-registry": "A registry of your own",
  copy: "A copy in your repository",
  oci: "An artifact of OCI",
} as const;

/** A way to fetch a module. */
export type Way = keyof typeof WAYS;

/** The version that the page names. */
export const VERSION: string = JSON.parse(
  readFileSync(join(REPOSITORY, "package.json"), "utf8"),
).version;

/** Headings of the page that have a block of HCL. */
export function headingsWithHcl(): string[] {
  const headings = Array.from(PAGE.matchAll(/^## (.*)$/gm), ([, heading = ""]) => heading);
  return headings.filter((heading) => blocksIn(PAGE, `## ${heading}`, "hcl").length > 0);
}

/** The one block of a language that the page has for a way. */
export function blockOf(heading: string, language: "hcl" | "sh"): string {
  const [block, ...more] = blocksIn(PAGE, `## ${heading}`, language);
  if (block === undefined || more.length > 0) {
    throw new Error(`docs/SOURCES.md has not one block of ${language} for ${heading}.`);
  }
  return block;
}

/**
 * What the page has for a way, for a version: its number is changed wherever the page has its own, and the sum of the
 * archive is put in.
 */
export function snippetOf(way: Way, version: string, archive: Uint8Array): string {
  const sum = createHash("sha256").update(archive).digest("hex");
  return blockOf(WAYS[way], "hcl")
    .replaceAll(VERSION, version)
    .replace("sha256:SUM", `sha256:${sum}`);
}

/** The hosts that the page's sources name, and where on them each thing lies. */
export function addressesOnPage() {
  const source = (way: Way) => {
    const [, address = ""] = /^ +source += "(.*)"$/m.exec(blockOf(WAYS[way], "hcl")) ?? [];
    return address;
  };
  const git = new URL(source("git").replace(/^git::/, ""));
  const oci = new URL(source("oci").replace(/^oci:/, "https:"));
  const [host = "", ...own] = source("own-registry").split("/");
  return {
    git: { host: git.host, path: git.pathname.replace(/\.git\/\/.*/, "") },
    archive: new URL(source("archive")),
    registry: source("registry"),
    ownRegistry: { host, address: own.join("/") },
    oci: { host: oci.host, name: oci.pathname.slice(1).replace(/\/\/.*/, "") },
  };
}
