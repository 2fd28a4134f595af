import { isJsonObject, type JsonObject, type JsonValue } from "./json-value.js";
import type { ModuleDocument } from "./module-document.js";

/** What a module's README says beyond what its configuration says. */
export interface ModuleReadme {
  /** What the module makes, and for whom. Markdown. */
  readonly summary: string;
  /** Body of a mermaid diagram. */
  readonly diagram: string;
  /** The shortest useful call, in HCL. */
  readonly usage: string;
  /** Sections between the usage and the inputs. @default none */
  readonly sections?: readonly ReadmeSection[];
  /** What the policies allow, policy by policy. */
  readonly permissions: readonly PermissionTable[];
}

/** A section of a module's README. */
export interface ReadmeSection {
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

/** What one policy allows. */
export interface PermissionTable {
  readonly title: string;
  readonly rows: readonly PermissionRow[];
}

/** One statement of a policy. */
interface PermissionRow {
  readonly actions: readonly string[];
  readonly scope: string;
  readonly reason: string;
  /** What makes these calls. */
  readonly neededBy: readonly string[];
  /** The input that the statement is there for. @default it always is */
  readonly option?: string;
}

/** The README of a module, beside its HCL edition. */
export function readmeEdition(document: ModuleDocument, readme: ModuleReadme): string {
  const { name, terraform } = document;
  const sections = [
    `# ${name}`,
    GENERATED,
    readme.summary,
    ["```mermaid", readme.diagram.trim(), "```"].join("\n"),
    "## Usage",
    ["```hcl", readme.usage.trim(), "```"].join("\n"),
    ...(readme.sections ?? []).flatMap(({ title, body }) => [`## ${title}`, body.trim()]),
    "## Requirements",
    requirements(terraform["terraform"]),
    "## Inputs",
    inputs(terraform["variable"]),
    "## Outputs",
    outputs(terraform["output"]),
    "## Permissions",
    ...readme.permissions.flatMap(({ title, rows }) => [`### ${title}`, permissions(rows)]),
  ];
  return `${sections.join("\n\n")}\n`;
}

const GENERATED =
  "<!-- Written by remotion-lambda-terraform. Change its source and run `generate`; edits here are lost. -->";

function requirements(terraform: JsonValue | undefined): string {
  const { required_version = "", required_providers } = objectOf(terraform);
  const providers = Object.entries(objectOf(required_providers)).map(([localName, provider]) => {
    const { source = "", version = "" } = objectOf(provider);
    return [code(localName), code(source), code(version)];
  });
  return table(
    ["Name", "Source", "Version"],
    [["terraform", "", code(required_version)], ...providers],
  );
}

function inputs(variables: JsonValue | undefined): string {
  const rows = Object.entries(objectOf(variables)).map(([name, variable]) => {
    const { type = "", description = "", default: defaultValue } = objectOf(variable);
    return [
      code(name),
      text(description),
      code(oneLine(String(type))),
      defaultValue === undefined ? "required" : code(JSON.stringify(defaultValue)),
    ];
  });
  return table(["Name", "Description", "Type", "Default"], rows);
}

function outputs(values: JsonValue | undefined): string {
  const rows = Object.entries(objectOf(values)).map(([name, output]) => {
    const { description = "", sensitive = false } = objectOf(output);
    return [code(name), text(description), sensitive ? "yes" : "no"];
  });
  return table(["Name", "Description", "Sensitive"], rows);
}

function permissions(rows: readonly PermissionRow[]): string {
  return table(
    ["Permission", "Scope", "Reason", "Needed by"],
    rows.map(({ actions, scope, reason, neededBy, option }) => [
      actions.map(code).join("<br>"),
      text(scope),
      text(option === undefined ? reason : `${reason} With \`${snakeCase(option)}\` only.`),
      neededBy.map(code).join(", "),
    ]),
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** A multi-line type on one line. */
function oneLine(type: string): string {
  return type
    .replace(/\{\n\s*/g, "{ ")
    .replace(/\n\s*\}/g, " }")
    .replace(/\n\s*/g, ", ")
    .replace(/ +/g, " ");
}

function code(value: JsonValue): string {
  return `\`${String(value).replaceAll("|", "\\|")}\``;
}

function text(value: JsonValue): string {
  return String(value)
    .replaceAll("|", "\\|")
    .replaceAll("\n- ", "<br>")
    .replace(/\s*\n\s*/g, " ");
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
