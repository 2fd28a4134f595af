import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cdktfJson } from "../../../stacks/cdktf-json.js";
import { temporaryFolder, writeFile } from "../support/folder.js";

describe("cdktf.json", () => {
  it.each([
    { what: "nothing", text: "{}", settings: {} },
    {
      what: "its context",
      text: '{ "app": "x", "context": { "backend": { "type": "s3" } } }',
      settings: { context: { backend: { type: "s3" } } },
    },
    { what: "its folder", text: '{ "output": "out" }', settings: { outdir: "out" } },
    { what: "no context that is none", text: '{ "context": ["backend"] }', settings: {} },
  ])("gives the app $what", ({ text, settings }) => {
    const folder = temporaryFolder();
    writeFile(folder, "cdktf.json", text);

    expect(cdktfJson(folder, {})).toEqual(settings);
  });

  it("goes after the folder that CDKTF's command line names", () => {
    const folder = temporaryFolder();
    writeFile(folder, "cdktf.json", '{ "output": "out" }');

    expect(cdktfJson(folder, { CDKTF_OUTDIR: "named" })).toEqual({ outdir: "named" });
  });

  it("need not be there", () => {
    expect(cdktfJson(temporaryFolder(), {})).toEqual({});
  });

  it.each([
    { what: "cut off", text: '{ "context": ', says: /Unexpected end of JSON input|Expected/ },
    { what: "a list", text: "[]", says: /it holds no JSON object/ },
  ])("that is $what is refused by its path", ({ text, says }) => {
    const folder = temporaryFolder();
    writeFile(folder, "cdktf.json", text);

    expect(() => cdktfJson(folder, {})).toThrow(says);
    expect(() => cdktfJson(folder, {})).toThrow(join(folder, "cdktf.json"));
  });

  it("that is a folder is refused by its path", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "cdktf.json"));

    expect(() => cdktfJson(folder, {})).toThrow(join(folder, "cdktf.json"));
  });
});
