import { describe, expect, it } from "vitest";
import { alignAssignments } from "../../../lib/module/align.js";

interface AlignCase {
  readonly lines: readonly string[];
  readonly aligned: readonly string[];
}

const CASES: Record<string, AlignCase> = {
  "aligns neighbours": {
    lines: ["a = 1", "long = 2"],
    aligned: ["a    = 1", "long = 2"],
  },
  "keeps the indentation": {
    lines: ["  a = 1", "  long = 2"],
    aligned: ["  a    = 1", "  long = 2"],
  },
  "levels what was aligned otherwise": {
    lines: ["a        = 1", "bc =2"],
    aligned: ["a  = 1", "bc = 2"],
  },
  "ends a group at a blank line": {
    lines: ["a = 1", "", "long = 2"],
    aligned: ["a = 1", "", "long = 2"],
  },
  "ends a group at a comment, whatever is in it": {
    lines: ["a = 1", '# b = "c', "long = 2"],
    aligned: ["a = 1", '# b = "c', "long = 2"],
  },
  "ends a group at a block": {
    lines: ["a = 1", "block {", "  bc = 2", "}", "long = 3"],
    aligned: ["a = 1", "block {", "  bc = 2", "}", "long = 3"],
  },
  "takes a heredoc for a part of its line, and leaves what is in it": {
    lines: ["a = 1", "long = <<-EOT", "  b = 2", "EOT", "bc = 3", "", "d = 4"],
    aligned: ["a    = 1", "long = <<-EOT", "  b = 2", "EOT", "bc   = 3", "", "d = 4"],
  },
  "ends a group at an argument over several lines": {
    lines: ["a = 1", "long = [", "  2,", "]", "bc = 3"],
    aligned: ["a = 1", "long = [", "  2,", "]", "bc = 3"],
  },
  "aligns an argument that closes its brackets on the line": {
    lines: ["a = [{ b = 1 }]", "long = f(2)"],
    aligned: ["a    = [{ b = 1 }]", "long = f(2)"],
  },
  "does not count brackets in quotes": {
    lines: ['a = "["', 'long = ")"'],
    aligned: ['a    = "["', 'long = ")"'],
  },
  "does not take an equals sign in a quoted key for the argument's": {
    lines: ['"a=b" = 1', "c = 2"],
    aligned: ['"a=b" = 1', "c     = 2"],
  },
  "does not take a hash in quotes for a comment": {
    lines: ['a = "#"', "long = 2"],
    aligned: ['a    = "#"', "long = 2"],
  },
  "leaves comparisons and arrows alone": {
    lines: ["a == b", "c => d", "e != f", "g <= h", "i >= j"],
    aligned: ["a == b", "c => d", "e != f", "g <= h", "i >= j"],
  },
  "aligns by the first equals sign": {
    lines: ["a = b == c", "long = d"],
    aligned: ["a    = b == c", "long = d"],
  },
};

describe("alignAssignments", () => {
  it.each(Object.entries(CASES))("%s", (_case, { lines, aligned }) => {
    expect(alignAssignments(lines)).toEqual(aligned);
  });

  it("changes nothing the second time", () => {
    const lines = Object.values(CASES).flatMap((given) => [...given.lines, ""]);
    const once = alignAssignments(lines);

    expect(alignAssignments(once)).toEqual(once);
  });
});
