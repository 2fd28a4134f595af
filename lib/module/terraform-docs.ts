import { alignAssignments } from "./align.js";
import { readFromHcl } from "./hcl-literal.js";
import { indent } from "./hcl-value.js";
import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.js";
import { anchor, codeCell, linkedResource, table, textCell } from "./terraform-docs-markdown.js";

/** Where terraform-docs writes its tables, and leaves all else alone. */
const BEGIN = "<!-- BEGIN_TF_DOCS -->";
const END = "<!-- END_TF_DOCS -->";

/** The language that a module is written in. */
export type EditionLanguage = "hcl" | "json";

/**
 * What terraform-docs reads of a file that is not the same in both editions: HCL folds long descriptions, and types
 * are moved in.
 */
const READ: Readonly<
  Record<EditionLanguage, Record<"description" | "type", (text: string) => string>>
> = {
  hcl: {
    description: readFromHcl,
    type: (text) => {
      const [first = "", ...rest] = alignAssignments(text.split("\n"));
      return [first, ...indent(rest)].join("\n");
    },
  },
  json: { description: (text) => text, type: (text) => text },
};

/**
 * Requirements, providers, resources, inputs and outputs of a module between the markers of terraform-docs, byte for
 * byte what its version 0.24 puts there with its own settings: whoever runs it over the module changes nothing.
 *
 * @param terraform the module in Terraform's JSON syntax
 * @param language the edition that the README lies beside
 * @throws when a description holds what terraform-docs reads as Markdown
 * @see https://terraform-docs.io/reference/markdown-table/
 */
export function terraformDocs(terraform: JsonObject, language: EditionLanguage): string {
  const sections = [
    requirements(objectOf(terraform["terraform"])),
    providers(terraform),
    "## Modules\n\nNo modules.",
    resources(terraform),
    inputs(objectOf(terraform["variable"]), language),
    outputs(objectOf(terraform["output"]), language),
  ];
  return `${BEGIN}\n${sections.join("\n\n")}\n${END}`;
}

function requirements({ required_version, required_providers }: JsonObject): string {
  const core = required_version === undefined ? [] : [["terraform", String(required_version)]];
  const all = Object.entries(objectOf(required_providers)).sort(byName);
  const versions = all.map(([name, provider]) => [name, versionOf(provider)]);
  const rows = [...core, ...versions].map(([name = "", version = ""]) => [
    anchor("requirement", name),
    version,
  ]);
  return section("Requirements", ["Name", "Version"], rows);
}

function providers(terraform: JsonObject): string {
  const required = requiredProviders(terraform);
  const used = new Set(resourceNames(terraform).map(({ type }) => providerOf(type)));
  const rows = [...used]
    .sort()
    .map((name) => [anchor("provider", name), versionOf(required[name] ?? null)]);
  return section("Providers", ["Name", "Version"], rows);
}

function resources(terraform: JsonObject): string {
  const required = requiredProviders(terraform);
  const rows = resourceNames(terraform)
    .map(({ type, name }) => ({ type, spec: `${type}.${name}` }))
    .sort((one, other) => compare(one.spec, other.spec))
    .map(({ type, spec }) => {
      const provider = providerOf(type);
      const { source = `hashicorp/${provider}`, version = "" } = objectOf(
        required[provider] ?? null,
      );
      const kind = type.slice(provider.length + 1);
      return [linkedResource(spec, String(source), String(version), kind), "resource"];
    });
  return section("Resources", ["Name", "Type"], rows);
}

function inputs(variables: JsonObject, language: EditionLanguage): string {
  const read = READ[language];
  const rows = Object.entries(variables)
    .sort(byName)
    .map(([name, variable]) => {
      const { type = "any", description = "", default: defaultValue } = objectOf(variable);
      return [
        anchor("input", name),
        textCell(read.description(String(description))),
        codeCell(read.type(String(type))),
        defaultValue === undefined ? "n/a" : codeCell(shownDefault(defaultValue)),
        defaultValue === undefined ? "yes" : "no",
      ];
    });
  return section("Inputs", ["Name", "Description", "Type", "Default", "Required"], rows);
}

function outputs(values: JsonObject, language: EditionLanguage): string {
  const rows = Object.entries(values)
    .sort(byName)
    .map(([name, output]) => {
      const { description = "" } = objectOf(output);
      return [anchor("output", name), textCell(READ[language].description(String(description)))];
    });
  return section("Outputs", ["Name", "Description"], rows);
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return `## ${title}\n\n${rows.length === 0 ? `No ${title.toLowerCase()}.` : table(head, rows)}`;
}

/** A default as Go writes JSON: the keys of objects in order, and a line for each entry. */
function shownDefault(value: JsonValue): string {
  const inOrder = (_key: string, each: JsonValue) =>
    isJsonObject(each) ? Object.fromEntries(Object.entries(each).sort(byName)) : each;
  return JSON.stringify(value, inOrder, 2);
}

function resourceNames({ resource }: JsonObject): { type: string; name: string }[] {
  return Object.entries(objectOf(resource)).flatMap(([type, byName]) =>
    Object.keys(objectOf(byName)).map((name) => ({ type, name })),
  );
}

function providerOf(type: string): string {
  return type.split("_", 1)[0] ?? "";
}

function requiredProviders({ terraform }: JsonObject): JsonObject {
  return objectOf(objectOf(terraform)["required_providers"]);
}

function versionOf(provider: JsonValue): string {
  const { version = "n/a" } = objectOf(provider);
  return String(version);
}

function byName(
  [one]: readonly [string, JsonValue],
  [other]: readonly [string, JsonValue],
): number {
  return compare(one, other);
}

/** In the order of characters, as Go compares, and no language's. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
