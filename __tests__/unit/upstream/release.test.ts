import { describe, expect, it } from "vitest";
import { keepsRule } from "../../../lib/iam/value-rule.js";
import { RELEASE } from "../../../lib/upstream/release.js";

describe("a release", () => {
  it.each(["4.0.527", "3.0.0-rc.15", "2.5.0-alpha.b28f7f17", "latest", "next", "release-4"])(
    "may be %s",
    (release) => {
      expect(keepsRule(RELEASE, release)).toBe(true);
    },
  );

  it.each([
    { what: "nothing", release: "" },
    { what: "an option", release: "--registry=http://example.com" },
    { what: "a path", release: "../elsewhere" },
    { what: "a file", release: "file:package.tgz" },
    { what: "an address", release: "https://example.com/package.tgz" },
    { what: "a repository", release: "github:someone/something" },
    { what: "another package", release: "npm:left-pad@1.0.0" },
    { what: "a command", release: "4.0.527; rm -rf ." },
    { what: "a substitution", release: "$(id)" },
    { what: "a second line", release: "4.0.527\nlatest" },
    { what: "a range", release: "^4.0.0" },
    { what: "a range that looks like a tag", release: "v4" },
    { what: "any version", release: "x" },
    { what: "half a version", release: "4.0" },
    { what: "a version with a path behind", release: "4.0.527-a/../b" },
    { what: "a version with a build", release: "4.0.527+b3" },
    { what: "another alphabet", release: "lаtest" },
    { what: "too long a tag", release: "a".repeat(33) },
  ])("may not be $what", ({ release }) => {
    expect(keepsRule(RELEASE, release)).toBe(false);
  });
});
