import { describe, expect, it } from "vitest";
import { readArguments } from "../../../scripts/release/arguments.js";
import { isLower, releaseDate } from "../../../scripts/release/version.js";

describe("the version of a release", () => {
  it.each<[string, string, boolean]>([
    ["0.1.0", "0.1.0", false],
    ["0.1.1", "0.1.0", false],
    ["0.10.0", "0.9.0", false],
    ["0.9.9", "0.10.0", true],
    ["1.0.0", "2.0.0", true],
    ["1.2.3", "1.2.10", true],
  ])("%s is lower than %s: %s", (version, than, expected) => {
    expect(isLower(version, than)).toBe(expected);
  });

  it.each(["v0.1.0", "0.1", "0.1.0-rc.1", "01.1.0", "0.1.0 ", "0.1.0\n", "latest", "\u001b[31m"])(
    "%j is none",
    (version) => {
      expect(() => readArguments([version], {})).toThrow(
        /^The version is ".*", which is not three/,
      );
    },
  );
});

describe("the day of a release", () => {
  it.each<[string | undefined, string | undefined, string]>([
    ["2026-12-01", undefined, "2026-12-01"],
    ["2026-12-01", "0", "2026-12-01"],
    [undefined, "0", "1970-01-01"],
    // A minute before midnight in UTC, whatever the time zone.
    [undefined, "1796083140", "2026-11-30"],
  ])("of --date %s and SOURCE_DATE_EPOCH %s is %s", (date, epoch, expected) => {
    expect(releaseDate(date, epoch)).toBe(expected);
  });

  it("is today where neither is given", () => {
    expect(releaseDate(undefined, undefined)).toBe(new Date().toISOString().slice(0, 10));
  });

  it.each<[string | undefined, string | undefined]>([
    ["2026-02-30", undefined],
    ["1.12.2026", undefined],
    ["2026-12-01T10:00:00Z", undefined],
    ["", undefined],
    [undefined, "yesterday"],
    [undefined, ""],
    [undefined, "99999999999999999999"],
  ])("is none of --date %s and SOURCE_DATE_EPOCH %s", (date, epoch) => {
    expect(() => releaseDate(date, epoch)).toThrow(/^The date is ".*", which is no day/);
  });
});

describe("the arguments of a release", () => {
  it.each<[readonly string[], "dry" | "write" | "tagged", string]>([
    [["0.1.0"], "dry", "release/v0.1.0"],
    [["0.1.0", "--write"], "write", "release/v0.1.0"],
    [["0.1.0", "--tagged", "--out", "made"], "tagged", "made"],
  ])("%o", (args, mode, out) => {
    const date = "2026-12-01";
    expect(readArguments([...args, "--date", date], {})).toEqual({
      version: "0.1.0",
      date,
      mode,
      out,
    });
  });

  it.each<[readonly string[], string]>([
    [[], "There is no version."],
    [["0.1.0", "0.2.0"], "There is one version."],
    [["0.1.0", "--write", "--tagged"], "--write makes what --tagged takes"],
    [["0.1.0", "--push"], "Unknown option '--push'"],
  ])("that are none: %o", (args, message) => {
    expect(() => readArguments(args, {})).toThrow(message);
  });
});
