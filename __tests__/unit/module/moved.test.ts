import { describe, expect, it } from "vitest";
import { hclEdition } from "../../../lib/module/hcl-edition.js";
import { Moved, type MovedConfig } from "../../../lib/module/moved.js";
import { compareEditionsOf } from "../support/compare-editions.js";
import { moduleDocument, moduleStack } from "../support/module-stack.js";

describe("Moved", () => {
  const moves: readonly MovedConfig[] = [
    { from: "aws_iam_policy.old", to: "aws_iam_policy.this" },
    { from: "aws_iam_policy.this[0]", to: 'aws_iam_policy.this["1"]' },
    { from: 'aws_iam_role.this["a/b c"]', to: "aws_iam_role.this[12]" },
  ];
  const document = moduleDocument((stack) => {
    for (const [index, move] of moves.entries()) {
      new Moved(stack, `move-${index}`, move);
    }
  });

  it("adds one move after another to the module", () => {
    expect(document.terraform["moved"]).toEqual(moves);
  });

  it("is a block with bare addresses in HCL", () => {
    expect(hclEdition(document).get("main.tf")).toBe(`\
moved {
  from = aws_iam_policy.old
  to   = aws_iam_policy.this
}

moved {
  from = aws_iam_policy.this[0]
  to   = aws_iam_policy.this["1"]
}

moved {
  from = aws_iam_role.this["a/b c"]
  to   = aws_iam_role.this[12]
}
`);
  });

  it("says the same in both editions", async () => {
    expect(await compareEditionsOf(document)).toEqual([]);
  });

  it.each([
    "this",
    "module.a.aws_iam_policy.this",
    "aws_iam_policy.this[count.index]",
    "aws_iam_policy.this[*]",
    'aws_iam_policy.this["${each.key}"]',
    "aws_iam_policy.this\n}",
  ])("takes no address like %j", (address) => {
    const from = () => new Moved(moduleStack(), "it", { from: address, to: "aws_iam_policy.this" });
    const to = () => new Moved(moduleStack(), "it", { from: "aws_iam_policy.this", to: address });

    expect(from).toThrow(`it: from is ${JSON.stringify(address)}`);
    expect(to).toThrow(`it: to is ${JSON.stringify(address)}`);
    expect(to).toThrow("give one like aws_iam_policy.this, ");
  });
});
