import type { Adoption } from "../adoption/adoption.js";
import type { ModuleArguments } from "../adoption/module-arguments.js";
import { alignAssignments } from "../module/align.js";
import { hclBlock } from "../module/hcl-body.js";
import { hclArgument, hclValue } from "../module/hcl-value.js";
import type { JsonObject, JsonValue } from "../module/json-value.js";
import type { ADOPTION_FORMATS } from "./choices.js";

type Format = (typeof ADOPTION_FORMATS)[number];

/** The `moved` and `import` blocks of an adoption, as the text of a file. */
export function adoptionBlocks({ moves, imports }: Adoption, format: Format): string {
  if (format === "json") {
    const blocks = {
      ...(moves.length > 0 ? { moved: moves.map(({ from, to }) => ({ from, to })) } : {}),
      ...(imports.length > 0
        ? { import: imports.map(({ to, id }) => ({ to, id: escapeTemplates(id) })) }
        : {}),
    };
    return JSON.stringify(blocks, null, 2);
  }
  const blocks = [
    ...moves.map(({ from, to }) => hclBlock("moved", { from, to }, { bare: ["from", "to"] })),
    ...imports.map(({ to, id }) =>
      hclBlock("import", { to, id }, { bare: ["to"], literal: ["id"] }),
    ),
  ];
  return blocks.map((lines) => alignAssignments(lines).join("\n")).join("\n\n");
}

/** The arguments of a module, moved in, to be put into its block. */
export function adoptionArguments(values: ModuleArguments, format: Format): string {
  const lines =
    format === "json"
      ? JSON.stringify(escapedIn(values), null, 2).split("\n").slice(1, -1)
      : alignAssignments(
          Object.entries(values).flatMap(([name, value]) =>
            hclArgument(name, hclValue(value, { templates: false })),
          ),
        ).map((line) => `  ${line}`);
  return lines.join("\n");
}

/** Text as Terraform's JSON syntax takes it where it would look for templates. */
function escapeTemplates(text: string): string {
  return text.replace(/([$%])\{/g, "$1$1{");
}

function escapedIn(values: JsonObject): JsonObject {
  const escaped = (value: JsonValue): JsonValue =>
    typeof value === "string"
      ? escapeTemplates(value)
      : typeof value === "object" && value !== null && !Array.isArray(value)
        ? escapedIn(value as JsonObject)
        : value;
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [escapeTemplates(key), escaped(value)]),
  );
}
