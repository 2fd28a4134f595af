import { describe, expect, it } from "vitest";
import { markdownTable, megabytes, milliseconds, textTable, times } from "../../../bench/table.js";

const TABLE = {
  columns: ["Command", "Time"],
  rows: [
    ["--help", "40 ms"],
    ["a | b", "1.00 s"],
  ],
};

describe("a table", () => {
  it("is aligned for a terminal", () => {
    expect(textTable(TABLE)).toBe(
      ["Command    Time", "-------  ------", "--help    40 ms", "a | b    1.00 s"].join("\n"),
    );
  });

  it("is Markdown for a page", () => {
    expect(markdownTable(TABLE)).toBe(
      ["| Command | Time |", "| --- | ---: |", "| --help | 40 ms |", "| a \\| b | 1.00 s |"].join(
        "\n",
      ),
    );
  });
});

describe("figures", () => {
  it.each([
    [milliseconds(12.4), "12 ms"],
    [milliseconds(1234), "1.23 s"],
    [times(1.254), "1.25 ×"],
    [times(0.00213), "0.0021 ×"],
    [megabytes(1.26), "1.3 MB"],
    [megabytes(181.3), "181 MB"],
  ])("%s", (written, expected) => {
    expect(written).toBe(expected);
  });
});
