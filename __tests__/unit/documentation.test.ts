import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "../support/repository.js";

const FOLDERS = ["bench", "docs", "examples", "findings", "modules"];

const PAGES = [
  ...readdirSync(REPOSITORY),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => !file.includes("node_modules") && !file.includes(".terraform"))
      .map((file) => join(folder, file)),
  ),
].filter((file) => file.endsWith(".md"));

const textOf = (page: string) => readFileSync(join(REPOSITORY, page), "utf8");

/** The anchors of a page: those that GitHub makes of its headings, and those that terraform-docs writes. */
function anchorsOf(page: string): string[] {
  const text = textOf(page).replace(/^```.*?^```/gms, "");
  const headings = Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
  return [
    ...headings,
    ...Array.from(text.matchAll(/<a name="([^"]+)">/g), ([, name = ""]) => name),
  ];
}

/** Links of a page to what lies in the repository: path and anchor. */
function linksOf(page: string): { readonly target: string; readonly anchor: string | undefined }[] {
  const text = textOf(page)
    .replace(/^```.*?^```/gms, "")
    .replace(/`[^`\n]*`/g, "");
  return Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path = "", anchor] = link.replaceAll("\\_", "_").split("#");
      const target =
        path === "" ? page : relative(REPOSITORY, resolve(REPOSITORY, dirname(page), path));
      return { target, anchor };
    });
}

describe("the documentation", () => {
  it("has links to pages and headings that there are", () => {
    const anchors = new Map(PAGES.map((page) => [page, new Set(anchorsOf(page))]));
    const links = PAGES.flatMap((page) => linksOf(page).map((link) => ({ page, ...link })));
    const broken = links.filter(({ target, anchor }) => {
      const isThere = !target.startsWith("..") && existsSync(join(REPOSITORY, target));
      return (
        !isThere ||
        (anchor !== undefined && target.endsWith(".md") && !anchors.get(target)?.has(anchor))
      );
    });

    expect(links.length).toBeGreaterThan(50);
    expect(broken).toEqual([]);
  });

  it("begins with a README of one screen", () => {
    expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(60);
  });
});
