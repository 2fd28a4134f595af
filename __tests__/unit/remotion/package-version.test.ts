import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { releaseInPackageJson } from "../../../lib/remotion/package-version.js";

const asked = (range: unknown, name = "@remotion/lambda", section = "dependencies") =>
  releaseInPackageJson(JSON.stringify({ [section]: { [name]: range } }));

describe("the release that a package.json asks for", () => {
  it.each([
    ["4.0.512", "4.0.512", true],
    ["=4.0.512", "4.0.512", true],
    ["v4.0.512", "4.0.512", true],
    [" 4.0.512 ", "4.0.512", true],
    ["npm:@remotion/lambda@4.0.512", "4.0.512", true],
    ["^4.0.512", "4.0.512", false],
    ["~4.0.512", "4.0.512", false],
    [">=4.0.512", "4.0.512", false],
    [">= 4.0.512", "4.0.512", false],
    [">=4.0.512 <5.0.0", "4.0.512", false],
    ["4.0.512 <5.0.0", "4.0.512", false],
  ])("%j is %s, exactly: %s", (range, version, exact) => {
    expect(asked(range)).toEqual({ version, exact });
  });

  it.each([
    ["latest"],
    ["*"],
    [""],
    ["4"],
    ["4.0"],
    ["^4.0"],
    ["4.0.x"],
    ["<5.0.0"],
    [">4.0.512"],
    ["workspace:*"],
    ["workspace:^4.0.512"],
    ["catalog:"],
    ["file:../lambda"],
    ["github:remotion-dev/remotion"],
    ["https://example.com/lambda-4.0.512.tgz"],
    ["4.0.512 || 4.0.520"],
    ["4.0.500 - 4.0.512"],
    ["4.0.512-alpha.1"],
    ["04.0.512"],
    ["4.0.9999999999"],
    [4],
    [null],
    [["4.0.512"]],
  ])("%j is none", (range) => {
    expect(asked(range)).toBeUndefined();
  });

  it.each([
    ["@remotion/lambda", "dependencies"],
    ["@remotion/lambda", "devDependencies"],
    ["@remotion/lambda-client", "dependencies"],
    ["remotion", "dependencies"],
    ["remotion", "devDependencies"],
  ])("is that of %s in %s", (name, section) => {
    expect(asked("4.0.512", name, section)?.version).toBe("4.0.512");
  });

  it("is that of @remotion/lambda before that of others, and of dependencies before devDependencies", () => {
    const text = JSON.stringify({
      dependencies: { remotion: "4.0.1", "@remotion/lambda": "4.0.512" },
      devDependencies: { "@remotion/lambda": "4.0.3", "@remotion/lambda-client": "4.0.2" },
    });

    expect(releaseInPackageJson(text)).toEqual({ version: "4.0.512", exact: true });
  });

  it.each([
    ["{"],
    [""],
    ["null"],
    ["[]"],
    ['"dependencies"'],
    ["{}"],
    ['{"dependencies":[]}'],
    ['{"dependencies":{"react":"4.0.512"}}'],
    ['{\uFEFF"dependencies":{"remotion":"4.0.512"}}'],
    ['{"peerDependencies":{"remotion":"4.0.512"}}'],
    ['{"__proto__":{"dependencies":{"remotion":"4.0.512"}}}'],
  ])("is none in %s", (text) => {
    expect(releaseInPackageJson(text)).toBeUndefined();
  });

  it("is read behind a byte order mark", () => {
    const text = `\uFEFF${JSON.stringify({ dependencies: { remotion: "4.0.512" } })}`;

    expect(releaseInPackageJson(text)?.version).toBe("4.0.512");
  });

  it("is none or a version, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `^4.0.1${text}`),
        ),
        (range) => {
          expect(asked(range)?.version ?? "0.0.0").toMatch(/^\d+\.\d+\.\d+$/);
        },
      ),
    );
  });

  it("takes no time over a long range", () => {
    expect(asked(`npm:${"@".repeat(1_000_000)}`)).toBeUndefined();
    expect(asked(`4.0.1${" ".repeat(1_000_000)}x`)?.version).toBe("4.0.1");
  });
});
