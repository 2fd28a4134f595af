import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canKeepRule } from "../../../lib/iam/partial-text.js";
import * as rules from "../../../lib/iam/rules.js";
import { keepsRule, type ValueRule } from "../../../lib/iam/value-rule.js";

const RULES: readonly (readonly [string, ValueRule])[] = Object.entries(rules);

describe.each(RULES)("%s", (_name, rule) => {
  it("takes the parts of whatever keeps it, wildcards aside: what stands before them must be known", () => {
    const kept = fc
      .stringMatching(new RegExp(rule.pattern, "u"))
      .filter((text) => keepsRule(rule, text) && !/[*?]/.test(text));

    fc.assert(
      fc.property(kept, fc.nat(), fc.nat(), (text, one, other) => {
        const characters = [...text];
        const [from = 0, to = 0] = [one, other]
          .map((place) => place % (characters.length + 1))
          .sort((a, b) => a - b);
        const parts = [characters.slice(0, from).join(""), characters.slice(to).join("")];

        expect(canKeepRule(rule, parts)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("takes what is known as a whole if, and only if, it keeps the rule", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 12 }), (text) => {
        expect(canKeepRule(rule, [text])).toBe(keepsRule(rule, text));
      }),
    );
  });

  it("takes a text of which nothing is known", () => {
    expect(canKeepRule(rule, ["", ""])).toBe(true);
  });
});

describe("a text of which a part is known", () => {
  it.each<[string, readonly string[], boolean]>([
    ["ROLE_NAME", ["", "*"], false],
    ["ROLE_NAME", ["", "-role"], true],
    ["ROLE_NAME", ["a b", ""], false],
    ["ROLE_NAME", ["", "-", ""], true],
    ["ROLE_NAME", ["r".repeat(65), ""], false],
    ["ROLE_NAME", ["arn:aws:iam::123456789012:role/", ""], false],
    ["ROLE_NAME", ["", "${aws:username}"], false],
    // A letter of which Terraform makes a letter and a point.
    ["TAG_KEY", ["\ufb2a"], false],
    ["TAG_KEY", ["team-", "\ufb2a"], false],
    ["TAG_KEY", ["team-", "\u05e9"], true],
    ["IAM_PATH", ["/", "/"], true],
    ["IAM_PATH", ["", "video"], false],
    ["IAM_PATH", ["video/", "/"], false],
    ["BUCKET_NAME", ["acme-", ""], true],
    ["BUCKET_NAME", ["Acme-", ""], false],
    ["BUCKET_NAME", ["xn--", ""], false],
    ["BUCKET_NAME", ["", "..", ""], false],
    ["BUCKET_NAME", ["", "-s3alias"], false],
    ["BUCKET_NAME", ["", "/*"], false],
    ["KEY_PREFIX", ["", "/"], true],
    ["KEY_PREFIX", ["", "*"], false],
    ["KEY_PREFIX", ["videos", ""], true],
    ["KEY_PREFIX", ["", "videos"], false],
    ["KMS_KEY_ARN", ["arn:aws:kms:", ":123456789012:key/", ""], true],
    ["KMS_KEY_ARN", ["arn:aws:kms:", ":123456789012:alias/", ""], false],
    ["KMS_KEY_ARN", ["arn:aws:kms:us-east-1:123456789012:key/", "*"], false],
    ["PRINCIPAL_ARN", ["arn:aws:iam::", ":root"], true],
    ["PRINCIPAL_ARN", ["arn:aws:iam::", ":*"], false],
    ["PRINCIPAL_ARN", ["", "*"], false],
    ["OIDC_PROVIDER_ARN", ["arn:aws:iam::", ":oidc-provider/gitlab.com"], true],
    ["OIDC_SUBJECT", ["repo:", "/video:*"], true],
    ["OIDC_SUBJECT", ["repo:", '"*'], false],
    ["OIDC_CLAIM_VALUE", ["prod-", ""], true],
    ["OIDC_CLAIM_VALUE", ["prod-", "*"], false],
    ["REGION", ["", "-1"], true],
    ["REGION", ["", "-*"], false],
  ])("%s of %j: %s", (name, parts, expected) => {
    expect(canKeepRule(ruleOf(name), parts)).toBe(expected);
  });

  it.each<[pattern: string, taken: readonly string[], refused: readonly string[]]>([
    ["^ab$", ["ab"], ["", "a", "b", "abb", "ba"]],
    ["^a?b$", ["b", "ab"], ["", "a", "aab"]],
    ["^a*b$", ["b", "ab", "aaab"], ["", "a"]],
    ["^a+b$", ["ab", "aaab"], ["", "b", "a"]],
    ["^a{2}b$", ["aab"], ["ab", "aaab", "b"]],
    ["^a{2,}$", ["aa", "aaaaa"], ["", "a"]],
    ["^a{1,3}$", ["a", "aa", "aaa"], ["", "aaaa"]],
    ["^a{0,2}b$", ["b", "ab", "aab"], ["aaab"]],
    ["^a{2,2}$", ["aa"], ["a", "aaa"]],
    ["^(ab|c)$", ["ab", "c"], ["a", "abc", ""]],
    ["^(?:ab|c)+$", ["ab", "cab", "abab"], ["", "a", "abca"]],
    ["^(a(b|c){2})?d$", ["d", "abcd"], ["abd", "ad"]],
    ["^[a-c.]$", ["b", "."], ["d", "ab"]],
    ["^[^a\\]]$", ["b", "["], ["a", "]"]],
    ["^\\p{Lu}x$", ["Äx"], ["äx", "1x"]],
    ["^\\P{Lu}x$", ["äx"], ["Äx"]],
    ["^a.c$", ["abc", "a.c"], ["ac", "abbc"]],
    ["^a[.]c$", ["a.c"], ["abc"]],
    ["^a\\.c$", ["a.c"], ["abc"]],
    [`^a{2000}$`, ["a".repeat(2000)], ["a".repeat(1999)]],
  ])("reads %s as JavaScript does", (pattern, taken, refused) => {
    const rule = { subject: "a text", pattern, requirement: "give one." };
    const kept = (text: string) => canKeepRule(rule, [text]);

    expect([...taken, ...refused].filter(kept)).toEqual(taken);
    expect([...taken, ...refused].filter((text) => new RegExp(pattern, "u").test(text))).toEqual(
      taken,
    );
    for (const text of taken) {
      expect(canKeepRule(rule, [text.slice(0, 1), text.slice(1)])).toBe(true);
      expect(canKeepRule(rule, [text.slice(0, 1), ""])).toBe(true);
      expect(canKeepRule(rule, ["", text.slice(1)])).toBe(true);
    }
  });

  it("has at least the length of what is known of it", () => {
    const rule = { subject: "a text", pattern: "^a*$", requirement: "give one.", maxLength: 3 };

    expect(canKeepRule(rule, ["aa", "a"])).toBe(true);
    expect(canKeepRule(rule, ["aa", "aa"])).toBe(false);
  });

  it("says which pattern it cannot read, and from where on", () => {
    const rule = { subject: "a text", pattern: "^ab)c$", requirement: "give one." };

    expect(() => canKeepRule(rule, ["a", ""])).toThrow(Error);
    expect(() => canKeepRule(rule, ["a", ""])).toThrow(
      'The pattern ^ab)c$ has ")c$", which is not read in parts: write it with classes',
    );
  });

  it.each(["^a(?=b)$", "^(a)\\1$", "^a{1,9999}$", "^(a$"])(
    "says where it cannot read %s",
    (pattern) => {
      const rule = { subject: "a text", pattern, requirement: "give one." };

      expect(() => canKeepRule(rule, ["a", ""])).toThrow("which is not read in parts");
    },
  );
});

function ruleOf(name: string): ValueRule {
  const rule = new Map(RULES).get(name);
  if (rule === undefined) {
    throw new Error(`There is no rule ${name}.`);
  }
  return rule;
}
