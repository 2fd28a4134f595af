import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readArguments } from "../../../scripts/node-versions/arguments.js";
import { UsageError } from "../../../scripts/node-versions/errors.js";
import { REPOSITORY } from "../support/source-files.js";

const DEFAULTS = {
  versions: ["20.19", "22", "24", "26"],
  whole: false,
  linked: false,
  cleanCache: false,
  deploys: true,
  shard: undefined,
};

describe("the arguments of the check", () => {
  it.each([
    { args: [], options: DEFAULTS },
    { args: ["26"], options: { ...DEFAULTS, versions: ["26"] } },
    { args: ["20.19.6", "22", "22"], options: { ...DEFAULTS, versions: ["20.19.6", "22"] } },
    { args: ["24", "--whole"], options: { ...DEFAULTS, versions: ["24"], whole: true } },
    { args: ["--linked", "24"], options: { ...DEFAULTS, versions: ["24"], linked: true } },
    { args: ["--clean-cache"], options: { ...DEFAULTS, cleanCache: true } },
    { args: ["--no-deploy"], options: { ...DEFAULTS, deploys: false } },
    { args: ["--shard=4/4"], options: { ...DEFAULTS, shard: "4/4" } },
  ])("reads $args", ({ args, options }) => {
    expect(readArguments(args)).toEqual(options);
  });

  it.each([
    { args: ["v26"], says: '"v26" is not a version of Node.js: write 26, 20.19 or 20.19.6.' },
    { args: ["26.x"], says: '"26.x" is not a version' },
    { args: ["latest"], says: '"latest" is not a version' },
    { args: ["26 && id"], says: '"26 && id" is not a version' },
    { args: ["--all"], says: "--all" },
    { args: ["--whole=yes"], says: "--whole" },
    { args: ["--shard=0/4"], says: "--shard is a part of the unit tests: write 2/4" },
    { args: ["--shard=5/4"], says: "--shard is a part" },
    { args: ["--shard=1/4/2"], says: "--shard is a part" },
    { args: ["--shard=2"], says: "--shard is a part" },
    { args: ["--shard=1/4", "--whole"], says: "and no --whole" },
    { args: ["--no-deploy", "--whole"], says: "all of which --whole runs" },
    { args: ["--linked", "--clean-cache"], says: "--clean-cache is of no use with --linked" },
  ])("refuses $args, and says how it is called", ({ args, says }) => {
    expect(() => readArguments(args)).toThrow(UsageError);
    expect(() => readArguments(args)).toThrow(says);
    expect(() => readArguments(args)).toThrow("Usage: npm run node-versions --");
  });

  it("begin with the oldest version that package.json takes", () => {
    const { engines } = JSON.parse(readFileSync(join(REPOSITORY, "package.json"), "utf8"));

    expect(engines.node).toBe(`>=${DEFAULTS.versions[0]}`);
  });
});
