import { describe, expect, it } from "vitest";
import { everyOfManyRule } from "../../../lib/constructs/many-strings-rule.js";
import { BUCKET_NAME } from "../../../lib/iam/rules.js";
import { keepsRule } from "../../../lib/iam/value-rule.js";

const RULE = {
  subject: "a word",
  pattern: "^(a|b)[(|]c$",
  forbidden: "^ac|c(d|e)$|^(?:f|g)$|[|]\\|h",
  requirement: "give one.",
  forbiddenBecause: "no others.",
};

const ITEMS = { of: "var.v", what: 'v has "words"', holding: (text: string) => [text] };

describe("a rule of thousands of strings", () => {
  it("takes the right ones out of all of them, and names the first of what is left", () => {
    const [rule] = everyOfManyRule(RULE, ITEMS);

    expect(rule?.condition).toBe(
      '${replace(jsonencode(var.v), "/\\"(?:a|b)[(|]c\\",?/", "") == "[]"}',
    );
    expect(rule?.errorMessage).toBe(
      [
        '${join("", [for wrong in [regexall("\\"(?:[^\\"\\\\\\\\]|\\\\\\\\.)*\\"|null", ',
        'replace(jsonencode(var.v), "/\\"(?:a|b)[(|]c\\",?/", ""))] : ',
        '"v has \\"words\\": ${join(", ", slice(wrong, 0, min(10, length(wrong))))}',
        '${length(wrong) > 10 ? " and ${length(wrong) - 10} more" : ""}. Give one."])}',
      ].join(""),
    );
    expect(rule?.comment).toMatch(/10 wrong ones at most/);
  });

  it("finds each that is forbidden as a whole", () => {
    const [, rule] = everyOfManyRule(RULE, ITEMS);
    const found = [
      'regexall(join("|", [',
      ['ac[^\\"]*', '[^\\"]*c(?:d|e)', "(?:f|g)", '[^\\"]*[|]\\\\|h[^\\"]*']
        .map((text) => `"\\"${text}\\""`)
        .join(", "),
      "]), jsonencode(var.v))",
    ].join("");

    expect(rule?.condition).toBe(`\${length(${found}) == 0}`);
    expect(rule?.errorMessage).toContain(`[for wrong in [${found}] : "v has`);
    expect(rule?.errorMessage).toMatch(/[.] No others[.]"\]\)\}$/);
    expect(everyOfManyRule({ ...RULE, forbidden: undefined } as never, ITEMS)).toHaveLength(1);
  });

  it("gives an example of what it refuses, where there is one", () => {
    const refused = { pattern: "d", forbidden: "ac" };

    expect(everyOfManyRule({ ...RULE, refused }, ITEMS).map((rule) => rule.refused)).toEqual([
      { value: ["d"], message: 'v has "words": "d". Give one.' },
      { value: ["ac"], message: 'v has "words": "ac". No others.' },
    ]);
    expect(everyOfManyRule(RULE, ITEMS).map((rule) => rule.refused)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

/** What Terraform makes of the rule's own texts: those that are refused, as its message names them. */
function refusedOf(values: readonly (string | null)[]): readonly string[] {
  const [right, forbidden] = everyOfManyRule(BUCKET_NAME, ITEMS);
  const all = JSON.stringify(values);
  const [, pattern = ""] = /, "[/](.*)[/]", ""\) == /.exec(right?.condition ?? "") ?? [];
  const [, list = ""] = /join\("[|]", (\[.*\])\), json/.exec(forbidden?.condition ?? "") ?? [];
  const left = all.replaceAll(new RegExp(JSON.parse(`"${pattern}"`), "g"), "");
  return [
    ...(left === "[]" ? [] : (left.match(/"(?:[^"\\]|\\.)*"|null/g) ?? ["?"])),
    ...(all.match(new RegExp(JSON.parse(list).join("|"), "g")) ?? []),
  ];
}

describe("bucket names", () => {
  const right = ["acme-videos", "a.b", "null", "x1y", "b".repeat(63)];
  const wrong = [
    ...["", "a", "ab", "Bad", "a_b", "-ab", "ab-", "b".repeat(64), "a,b", "a]b", 'a"b', 'a","b'],
    ...['"abc"', "a\\b", "a\nb", "a..b", "1.2.3.4", "xn--a", "sthree-a", "a-s3alias", "a.mrap"],
    ...["arn:aws:s3:::abc", "abc,", "abc]", "[abc", '"', "\\", "${abc}"],
  ];

  it("that are right are all taken out", () => {
    expect(right.filter((name) => !keepsRule(BUCKET_NAME, name))).toEqual([]);
    expect(refusedOf(right)).toEqual([]);
    expect(refusedOf([])).toEqual([]);
  });

  it.each(wrong)("of which one is %j are refused, wherever it stands", (name) => {
    expect(keepsRule(BUCKET_NAME, name)).toBe(false);
    for (const list of [[name], [name, ...right], [...right, name], ["abc", name, "def"]]) {
      expect(refusedOf(list)).not.toEqual([]);
    }
  });

  it("of which one is null are refused", () => {
    expect(refusedOf(["abc", null, "def"])).toEqual(["null"]);
  });

  it("are named as JSON has them, and no right one beside them", () => {
    expect(refusedOf(["abc", "Bad", "a,b", 'x"y', "d..e", "def"])).toEqual([
      '"Bad"',
      '"a,b"',
      '"x\\"y"',
      '"d..e"',
    ]);
  });
});
