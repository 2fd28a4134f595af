import { expect, test } from "vitest";
import { parseNumber } from "../../../../lib/iam/evaluate/number-value.js";

test.each([
  ["10", 10],
  ["+7", 7],
  ["-12", -12],
  ["0.125", 0.125],
  ["1e3", 1000],
  ["25E+10", 25e10],
  ["1.5e-12", 1.5e-12],
])("%s is a number", (text, expected) => {
  expect(parseNumber(text)).toBe(expected);
});

test.each([
  "",
  "ten",
  "x1",
  "1x",
  " 1",
  "1 ",
  "1.",
  ".5",
  "1e",
  "1e5.0",
  "1d5",
  "1ex",
  "0x10",
  "1,5",
  "Infinity",
])("%j is none", (text) => {
  expect(parseNumber(text)).toBeUndefined();
});
