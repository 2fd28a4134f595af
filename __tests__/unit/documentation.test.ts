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

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): string[] {
  const headings = textOf(page)
    .replace(/^```.*?^```/gms, "")
    .matchAll(/^#+ (.*)$/gm);
  return Array.from(headings, ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
}

/** Links of a page to what lies in the repository: path and anchor. */
function linksOf(page: string): { readonly target: string; readonly anchor: string | undefined }[] {
  const text = textOf(page)
    .replace(/^```.*?^```/gms, "")
    .replace(/`[^`\n]*`/g, "");
  return Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [path = "", anchor] = link.split("#");
      const target =
        path === "" ? page : relative(REPOSITORY, resolve(REPOSITORY, dirname(page), path));
      return { target, anchor };
    });
}

describe("the documentation", () => {
  it("has links to pages and headings that there are", () => {
    const links = PAGES.flatMap((page) => linksOf(page).map((link) => ({ page, ...link })));
    const broken = links.filter(({ target, anchor }) => {
      const isThere = !target.startsWith("..") && existsSync(join(REPOSITORY, target));
      return (
        !isThere ||
        (anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).includes(anchor))
      );
    });

    expect(links.length).toBeGreaterThan(50);
    expect(broken).toEqual([]);
  });

  it("begins with a README of one screen", () => {
    expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(60);
  });
});
