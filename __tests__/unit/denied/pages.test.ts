import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "../../support/repository.js";
import { answerTo } from "./support.js";

/** The cells of every row of a page's tables. */
function rowsOf(page: string): string[][] {
  return readFileSync(join(REPOSITORY, "docs", page), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

function codeIn(cell: string | undefined): string[] {
  return [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? "");
}

describe("docs/ACCESS-DENIED.md", () => {
  const rows = rowsOf("ACCESS-DENIED.md").slice(2);

  it.each(rows)("says of %s what the command says", (text, side) => {
    expect([answerTo(codeIn(text)[0] ?? "").side]).toEqual(codeIn(side));
  });
});

describe("docs/FROM-REMOTIONS-GUIDE.md", () => {
  const inputsOf = (module: string): string[] => {
    const file = join(REPOSITORY, "__tests__", "contract", `${module}.json`);
    expect(existsSync(file), module).toBe(true);
    return Object.keys(JSON.parse(readFileSync(file, "utf8")).variables);
  };
  const rows = rowsOf("FROM-REMOTIONS-GUIDE.md").filter(
    (cells) => cells.length === 4 && codeIn(cells[1]).length > 0,
  );

  it("maps more than twenty clicks", () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
  });

  it.each(rows)("names inputs that there are: %s", (_click, module, inputs, inOne) => {
    for (const name of codeIn(module)) {
      expect(inputsOf(name)).toEqual(expect.arrayContaining(codeIn(inputs)));
    }
    expect(inputsOf("remotion-lambda")).toEqual(expect.arrayContaining(codeIn(inOne)));
  });
});
