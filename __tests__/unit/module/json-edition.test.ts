import { describe, expect, it } from "vitest";
import { jsonEdition } from "../../../lib/module/json-edition.js";
import type { JsonObject } from "../../../lib/module/json-value.js";
import { fixtureModule } from "../support/fixture-module.js";

describe("the JSON edition", () => {
  const document = fixtureModule();
  const edition = jsonEdition(document);

  it("has the files of the standard module structure", () => {
    expect([...edition.keys()]).toEqual([
      "versions.tf.json",
      "variables.tf.json",
      "main.tf.json",
      "outputs.tf.json",
    ]);
  });

  it("is the module's configuration, every block in one file", () => {
    const files = [...edition.values()].map((text) => JSON.parse(text) as JsonObject);
    const keys = files.flatMap((file) => Object.keys(file));

    expect(Object.assign({}, ...files)).toEqual(document.terraform);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([...edition])("indents %s by two spaces and ends it with a line break", (_file, text) => {
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });

  it("has no comments: inside a local they would be data", () => {
    expect([...edition.values()].join("")).not.toMatch(/"\/\/"|What may be done/);
  });
});
