import { TerraformLocal } from "cdktf";
import { describe, expect, it } from "vitest";
import { COMMENT_METADATA, comment } from "../../../lib/constructs/comment.js";
import { synthesize } from "../support/synthesize.js";

describe("comment", () => {
  it("is metadata of the element, about itself unless a part is named", () => {
    const noted: unknown[] = [];
    synthesize((stack) => {
      const local = new TerraformLocal(stack, "local", ["a"]);
      comment(local, "All of it.");
      comment(local, "The first.", "/0");
      const { metadata } = local.node;
      noted.push(...metadata.filter(({ type }) => type === COMMENT_METADATA));
    });

    expect(noted).toMatchObject([
      { data: { pointer: "", text: "All of it." } },
      { data: { pointer: "/0", text: "The first." } },
    ]);
  });

  it("is not in CDKTF's own output", () => {
    const { json } = synthesize((stack) => {
      comment(new TerraformLocal(stack, "local", "a"), "Nowhere to be seen.");
    });

    expect(JSON.stringify(json)).not.toContain("Nowhere to be seen.");
  });
});
