import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerDenial } from "../../../lib/denied/answer-denial.js";
import { deniedReport } from "../../../lib/denied/denied-report.js";
import { MAX_LENGTH, readDenials } from "../../../lib/denied/read-denials.js";
import { ASKERS, FUNCTION, message } from "./support.js";

const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

function reportTo(text: string): string[] {
  return deniedReport(readDenials(text).map(answerDenial));
}

/** Texts that a careless reader takes quadratic time for, each of the length that is read at most. */
const BOMBS: readonly (readonly [name: string, text: string])[] = [
  ["backslashes", "\\"],
  ["escaped quotes", '\\\\"'],
  ["escapes", "\u001b["],
  ["titles", "\u001b]"],
  ["lost colours", "[0;"],
  ["spaces", " "],
  ["tabs and lines", " \t\n"],
  ["margins", "> | "],
  ["marks", "is not authorized to perform: "],
  ["requests", `${message(ASKERS.user, "lambda:CreateFunction", FUNCTION)} `],
  ["ARNs", "arn:aws:iam::1:user/"],
  ["an ARN", "User: arn:aws:iam::1:user/a"],
  ["dots", "is not authorized to perform: s3:GetObject on resource: arn:......................"],
  ["objects", '{"explicitDeny":{"action":'],
  ["lists", '["explicitDeny action",'],
  ["items", 'Unable to access item "'],
  ["quotes", '"'],
  ["actions", "a:"],
  ["named actions", " s3:Aa"],
  ["encoded messages", "Encoded authorization "],
  ["tags", "<a "],
  ["names in ARNs", "is not authorized to perform: s3:GetObject on resource: arn:a:<a"],
  ["boxes of the console", "Action: a On resource: "],
  ["events", '{"eventSource":"s3.amazonaws.com","errorCode":"x",\n'],
  ["simulations", '{"EvaluationResults":[\n'],
  ["operations", "when calling the operation error "],
  ["times", "2026-11-30T10:00:00Z\n"],
  ["decoded messages", '"explicitDeny" "action" : "'],
].map(([name = "", unit = ""]) => [
  name,
  unit.repeat(Math.ceil(MAX_LENGTH / unit.length)).slice(0, MAX_LENGTH),
]);

describe("a text that is made to take long", () => {
  it.each(BOMBS)("of %s is read in proportion to its length", (_name, text) => {
    const began = performance.now();

    reportTo(text);

    // Some milliseconds, or minutes where the time is quadratic.
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

describe("an answer", () => {
  it("repeats no character that a terminal obeys", () => {
    const codes = [..."\"'\\ abc"].map((character) => character.charCodeAt(0));
    const unwanted = [0, 7, 8, 9, 10, 13, 27, 127, 155, 0x200b, 0x2028, 0x202e, 0x2066, 0xfeff];
    const dirty = fc
      .array(fc.constantFrom(...codes, ...unwanted), { maxLength: 20 })
      .map((all) => String.fromCharCode(...all));
    fc.assert(
      fc.property(dirty, dirty, dirty, (one, two, three) => {
        const text = message(
          `arn:aws:iam::123456789012:user/${one}x`,
          "s3:GetObject",
          `"arn:aws:s3:::acme${two}/${three}"`,
        );

        const answers = readDenials(text).map(answerDenial);

        expect(JSON.stringify(answers)).not.toMatch(UNPRINTABLE);
        expect(deniedReport(answers).join("")).not.toMatch(UNPRINTABLE);
      }),
      { numRuns: 500 },
    );
  });

  it("repeats none out of a decoded message either", () => {
    const context = {
      principal: { arn: "arn:aws:iam::123456789012:user/\u001b[2Ja\u202e" },
      action: "s3:GetObject",
      resource: "arn:aws:s3:::acme/\u0007\n\u009b31mb",
    };
    const text = JSON.stringify({
      DecodedMessage: JSON.stringify({ explicitDeny: false, context }),
    });

    expect(JSON.stringify(readDenials(text).map(answerDenial))).not.toMatch(UNPRINTABLE);
  });

  it("gives no value to an input that the input would refuse", () => {
    const report = reportTo(
      message(ASKERS.user, "s3:GetObject", '"arn:aws:s3:::Acme*${var.x}/a"'),
    ).join("\n");

    expect(report).toContain('name = "NAME"');
  });

  it("takes its share of time where a text has a thousand refusals", () => {
    const texts = Array.from({ length: 1200 }, (_, index) =>
      message(ASKERS.user, "s3:GetObject", `"arn:aws:s3:::acme-${index}/a"`),
    );

    expect(readDenials(texts.join("\n"))).toHaveLength(1000);
  });
});

describe("a text that tells of nothing denied", () => {
  it.each([
    "",
    " ",
    "hello",
    "{}",
    "[]",
    "null",
    '{"DecodedMessage":"{}"}',
    "\u001b[31m",
    "Rate exceeded",
  ])("has no answer: %j", (text) => {
    expect(readDenials(text)).toEqual([]);
  });

  it("never fails", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: "binary" })), (text) => {
        expect(() => reportTo(text)).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
