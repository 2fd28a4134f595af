import fc from "fast-check";
import type { ValueRule } from "../../../lib/iam/value-rule.js";
import { Random } from "../../differential/support/random.js";

/** What fast-check knows no class of stands for it with some of its letters. */
const LETTERS: readonly [string, string] = ["\\p{L}\\p{Z}\\p{N}", "A-Za-z0-9 äéÑß日٣"];

const SAMPLES = 400;

/** What may stand in a value and is no letter of one's own script; some become others where they are normalized. */
const ODD = [
  ...[
    "*",
    "?",
    "$",
    "${",
    "%{",
    '"',
    "\\",
    "/",
    "//",
    "..",
    ".",
    ":",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
  ],
  ...["arn:", "aws:", "AWS:", "xn--", "sthree-", "amzn-s3-demo-", "-s3alias", "--ol-s3", ".mrap"],
  ...["--x-s3", "--table-s3", "192.168.0.1", "\u0000", "\u007f", "\u0085", "\u00a0", "\u00ad"],
  ...[
    "é",
    "ÿ",
    "Ā",
    "e\u0301",
    "\u0301",
    "\u200b",
    "\u2028",
    "\u3000",
    "日",
    "🎬",
    "👩‍👩‍👧",
    "²",
    "½",
  ],
  // The signs of Kelvin and Ångström, a Greek question mark, a letter that is two when normalized, and three that are one.
  ...["\u212a", "\u212b", "\u037e", "\u1fef", "\u0958", "\ufb1d", "\u1112\u1161\u11ab", "ﬁ", "Ⅷ"],
];

/**
 * Values that keep a rule, or nearly: what matches its pattern, as it is and with something put in, taken out, cut,
 * doubled or stretched to the longest that it allows. The same for the same seed.
 */
export function nearValues(rule: ValueRule, count: number, seed: number): readonly string[] {
  const random = new Random(seed);
  const pattern = new RegExp(rule.pattern.replaceAll(...LETTERS));
  const samples = fc.sample(fc.stringMatching(pattern), { numRuns: SAMPLES, seed });
  return Array.from({ length: count }, () => nearly(rule, samples, random));
}

function nearly(rule: ValueRule, samples: readonly string[], random: Random): string {
  const value = random.pick(samples);
  switch (random.below(10)) {
    case 0:
    case 1:
      return value;
    case 2:
      return stretched(value, random.pick(longest(rule)) + random.below(5) - 2, random);
    case 3: {
      const from = random.below(value.length + 1);
      return value.slice(0, from) + value.slice(from + 1 + random.below(3));
    }
    case 4:
      return value + random.pick(samples);
    case 5:
      return random.chance(0.5) ? value.toUpperCase() : value.toLowerCase();
    case 6:
      return Array.from({ length: random.below(20) }, () => character(random)).join("");
    default:
      return Array.from({ length: 1 + random.below(3) }).reduce<string>(
        (text) => changed(text, random),
        value,
      );
  }
}

/** The numbers of characters that a rule counts to. */
function longest({ pattern, maxLength }: ValueRule): readonly number[] {
  const counted = [...pattern.matchAll(/\{\d+,(\d+)\}/g)].map(([, most]) => Number(most));
  return [...counted, ...(maxLength === undefined ? [] : [maxLength]), 12];
}

/** One of its characters is there as often as the length wants it. */
function stretched(value: string, length: number, random: Random): string {
  const at = random.below(Math.max(1, value.length));
  const more = Math.max(0, length - value.length);
  return value.slice(0, at) + (value[at] ?? "a").repeat(more) + value.slice(at);
}

function changed(value: string, random: Random): string {
  const at = random.below(value.length + 1);
  return value.slice(0, at) + character(random) + value.slice(at + random.below(2));
}

function character(random: Random): string {
  const kind = random.below(10);
  if (kind < 6) {
    return String.fromCharCode(0x20 + random.below(0x5f));
  }
  return kind < 7 ? String.fromCharCode(random.below(0x100)) : random.pick(ODD);
}
