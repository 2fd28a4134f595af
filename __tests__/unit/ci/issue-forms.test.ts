import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { REPOSITORY } from "../../support/repository.js";

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: { readonly label?: string; readonly value?: string };
}

interface Form {
  readonly name: string;
  readonly description: string;
  readonly body: readonly Field[];
}

const FOLDER = join(REPOSITORY, ".github", "ISSUE_TEMPLATE");
const FORMS = readdirSync(FOLDER)
  .filter((file) => file !== "config.yml")
  .map((file) => ({ file, form: parse(readFileSync(join(FOLDER, file), "utf8")) as Form }));

/* What GitHub shows nothing of, without a word, where it is wrong:
 * https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
 */
describe("the issue forms", () => {
  it("are there, each with a name of its own", () => {
    expect(FORMS.length).toBeGreaterThan(1);
    expect(new Set(FORMS.map(({ form }) => form.name)).size).toBe(FORMS.length);
  });

  it.each(FORMS)("$file has what GitHub wants of a form", ({ form }) => {
    expect(form.name.length).toBeGreaterThan(2);
    expect(form.description.length).toBeGreaterThan(2);
    const asked = form.body.filter(({ type }) => type !== "markdown");
    expect(asked.length).toBeGreaterThan(0);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
    for (const { type, id, attributes } of asked) {
      expect(["input", "textarea"]).toContain(type);
      expect(id).toMatch(/^[\w-]+$/);
      expect(attributes.label).toBeTruthy();
    }
    for (const { attributes } of form.body.filter(({ type }) => type === "markdown")) {
      expect(attributes.value).toBeTruthy();
    }
  });
});
