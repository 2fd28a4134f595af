import { describe, expect, it } from "vitest";
import { plainScalar } from "../../../lib/cloudformation/yaml-scalar.js";

/* What PyYAML, which the `aws` command line reads templates with, makes of the same, but for timestamps. */
const SCALARS: readonly (readonly [string, string | number | boolean | null])[] = [
  ["", null],
  ["~", null],
  ["null", null],
  ["nULL", "nULL"],
  ["NO", false],
  ["no", false],
  ["Off", false],
  ["on", true],
  ["Yes", true],
  ["yEs", "yEs"],
  ["n", "n"],
  ["y", "y"],
  ["true", true],
  ["2012-10-17", "2012-10-17"],
  ["2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"],
  ["0", 0],
  ["-0", -0],
  ["12", 12],
  ["1_000", 1000],
  ["0755", 493],
  ["-017", -15],
  ["0o17", "0o17"],
  ["089", "089"],
  ["0x1F", 31],
  ["0b101", 5],
  ["190:20:30", 685_230],
  ["1:60", "1:60"],
  ["123456789012", 123_456_789_012],
  // An account that begins with a zero is a text only where it has an 8 or a 9.
  ["012345678901", "012345678901"],
  ["012345670123", 1_402_433_619],
  ["12345678901234567890", "12345678901234567890"],
  ["1.5", 1.5],
  [".5", 0.5],
  ["1.", 1],
  ["1e3", "1e3"],
  ["1.0e+3", 1000],
  ["1.2.3", "1.2.3"],
  [".inf", ".inf"],
  ["=", "="],
  ["arn:aws:s3:::b", "arn:aws:s3:::b"],
];

describe("a scalar without quotes", () => {
  it.each(SCALARS)("%j is %j", (text, value) => {
    expect(plainScalar(text)).toBe(value);
  });
});
