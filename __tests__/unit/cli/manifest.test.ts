import { describe, expect, it } from "vitest";
import { hashOf, readManifest, writeManifest } from "../../../lib/cli/manifest.js";

describe("the record of what was generated", () => {
  const manifest = new Map([
    ["b/main.tf", hashOf("b")],
    ["a/main.tf", hashOf("a")],
  ]);

  it("can be read back", () => {
    expect(readManifest(writeManifest(manifest), "m.json")).toEqual(manifest);
  });

  it("is sorted by path and ends with a line break", () => {
    const text = writeManifest(manifest);

    expect(text.indexOf("a/main.tf")).toBeLessThan(text.indexOf("b/main.tf"));
    expect(text.endsWith("}\n")).toBe(true);
    expect(writeManifest(new Map([...manifest].toReversed()))).toBe(text);
  });

  it("names its file when it cannot be read", () => {
    expect(() => readManifest("oops", "modules/manifest.json")).toThrow(
      "modules/manifest.json is not the record that this program writes",
    );
  });
});

describe("hashOf", () => {
  it("is the SHA-256 of the content", () => {
    expect(hashOf("")).toBe(
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  it("differs with a line break", () => {
    expect(hashOf("a")).not.toBe(hashOf("a\n"));
  });
});
