import type { ModuleDocument } from "./module-document.js";
import { type EditionLanguage, terraformDocs } from "./terraform-docs.js";

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

/**
 * The README of a module, beside one of its editions: what terraform-docs writes, between its markers, and around that
 * what it knows nothing of.
 *
 * @throws when a description is not plain text
 */
export function readmeEdition(
  { name, terraform }: ModuleDocument,
  readme: ModuleReadme,
  language: EditionLanguage,
): string {
  const sections = [
    `# ${name}`,
    GENERATED,
    readme.summary,
    ["```mermaid", readme.diagram.trim(), "```"].join("\n"),
    "## Usage",
    ["```hcl", readme.usage.trim(), "```"].join("\n"),
    ...(readme.sections ?? []).flatMap(({ title, body }) => [`## ${title}`, body.trim()]),
    terraformDocs(terraform, language),
    "## Permissions",
    ...readme.permissions.flatMap(({ title, rows }) => [`### ${title}`, permissions(rows)]),
  ];
  return `${sections.join("\n\n")}\n`;
}

const GENERATED =
  "<!-- Written by remotion-lambda-terraform. Change its source and run `generate`; edits here are lost. -->";

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

function code(value: string): string {
  return `\`${value.replaceAll("|", "\\|")}\``;
}

function text(value: string): string {
  return value.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");
}
