import { describe, expect, it } from "vitest";
import { hashOf, type Manifest, readManifest, writeManifest } from "../../../lib/cli/manifest.js";

describe("the record of what was generated", () => {
  const files = new Map([
    ["b/main.tf", hashOf("b")],
    ["a/main.tf", hashOf("a")],
  ]);
  const manifest: Manifest = {
    layout: "modules",
    generated: { hcl: ["a", "b"], json: "all" },
    files,
  };

  it("can be read back", () => {
    expect(readManifest(writeManifest(manifest))).toEqual({ manifest, state: "whole" });
  });

  it("is sorted by path and ends with a line break", () => {
    const text = writeManifest(manifest);

    expect(text.indexOf("a/main.tf")).toBeLessThan(text.indexOf("b/main.tf"));
    expect(text.endsWith("}\n")).toBe(true);
    expect(writeManifest({ ...manifest, files: new Map([...files].toReversed()) })).toBe(text);
  });

  it("names no file outside of its folder, whatever stands in it", () => {
    const hash = hashOf("x");
    const paths = ["../x", "a/../../x", "/x", "a//x", ".", "a\\..\\x", "a/\0"];
    const text = writeManifest({
      ...manifest,
      files: new Map([["a/x", hash], ...paths.map((path) => [path, hash] as const)]),
    });

    expect([...readManifest(text).manifest.files.keys()]).toEqual(["a/x"]);
    expect([...readManifest(text.slice(0, -2)).manifest.files.keys()]).toEqual(["a/x"]);
  });

  it("is damaged at any length, and never taken for another file", () => {
    const text = writeManifest(manifest);
    const states = Array.from({ length: text.length - 2 }, (_cut, end) => {
      return readManifest(text.slice(0, end)).state;
    });

    expect(new Set(states)).toEqual(new Set(["damaged"]));
  });

  it("has the lines that are left of it", () => {
    const text = writeManifest(manifest);

    expect(readManifest(text.slice(0, text.indexOf("b/main.tf"))).manifest).toEqual({
      layout: "modules",
      generated: { hcl: ["a"], json: [] },
      files: new Map([["a/main.tf", hashOf("a")]]),
    });
  });
});

describe("hashOf", () => {
  it("is the SHA-256 of the content", () => {
    expect(hashOf("")).toBe(
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  it("differs with a line break, and not with its kind", () => {
    expect(hashOf("a")).not.toBe(hashOf("a\n"));
    expect(hashOf("a\r\n")).toBe(hashOf("a\n"));
  });
});
