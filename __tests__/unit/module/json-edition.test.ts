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

    const { locals, ...others } = Object.assign({}, ...files) as Record<string, JsonObject>;
    const { "//": comments, ...declared } = locals ?? {};

    expect({ locals: declared, ...others }).toEqual(document.terraform);
    expect(JSON.stringify(others)).not.toContain('"//"');
    expect(comments).toEqual(expect.anything());
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([...edition])("indents %s by two spaces and ends it with a line break", (_file, text) => {
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
  });

  it("says what statements are for beside the locals: inside of one it would be data", () => {
    const statement = { Sid: "A", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] };
    const terraform = {
      locals: { list: [statement], profiles: { full: [statement], none: [] }, other: [{}] },
    };
    const element = (name: string, comments: Record<string, string>) => ({
      address: `local.${name}`,
      comments: new Map(Object.entries(comments)),
      blocks: {},
    });
    const layout = [
      element("list", { "": "A list.", "/0": "Read." }),
      element("profiles", { "/full/0": "Read all." }),
      element("other", { "": "Nothing.", "/0": "No statement." }),
    ];
    const text = jsonEdition({ name: "it", terraform, layout }).get("main.tf.json") ?? "";

    expect(JSON.parse(text)).toEqual({
      locals: {
        "//": { list: { A: "Read." }, profiles: { full: { A: "Read all." } } },
        ...terraform.locals,
      },
    });
  });
});
