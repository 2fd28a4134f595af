import { parse } from "@cdktf/hcl2json";
import { describe, expect, it } from "vitest";
import { hclLiteral, readFromHcl } from "../../../lib/module/hcl-literal.js";

const LONG = Array.from({ length: 60 }, (_each, at) => `word${at}`).join(" ");

describe("a text without templates in HCL", () => {
  it.each([
    ["a short one", "Short."],
    ["a long one, which is folded", LONG],
    ["one that ends with templates", `${LONG} $\{x} %{y}`],
    ["a long list, whose items stay apart", `Each with:\n- a: ${LONG}\n- b: short.`],
    ["a short list, in quotes", "Each with:\n- a\n- b"],
    ["one whose white space means something", `${LONG}\n\n  indented`],
    ["one with quotes", `"${LONG}" \\`],
  ])("is read as readFromHcl says: %s", async (_what, text) => {
    const lines = ['variable "v" {', `  description = ${hclLiteral(text).join("\n  ")}`, "}", ""];
    const read = await parse("main.tf", lines.join("\n"));

    // hcl2json leaves the signs of templates as they are written.
    const description = String(read["variable"].v[0].description).replace(/([$%])\1\{/g, "$1{");
    expect(readFromHcl(text)).toBe(description);
  });

  it("says the same words, folded or not", () => {
    expect(readFromHcl(LONG)).not.toBe(LONG);
    expect(readFromHcl(LONG).split(/\s+/).filter(Boolean)).toEqual(LONG.split(" "));
  });
});
