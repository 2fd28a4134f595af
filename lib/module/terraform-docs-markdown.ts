import { notPlainText } from "./errors.js";

/** A table as terraform-docs writes it: a yes or no stands in the middle of its column. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rules = head.map((name) => (name === "Required" ? ":------:" : "-".repeat(name.length)));
  return [head, rules, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A name that can be linked to. */
export function anchor(kind: string, name: string): string {
  const target = `${kind}_${name}`;
  return `<a name="${target}"></a> [${escaped(name)}](#${escaped(target)})`;
}

/**
 * A resource, linked to its page in the registry: of the version that is pinned, or else the latest.
 *
 * @param kind its type without the provider
 */
export function linkedResource(
  spec: string,
  source: string,
  version: string,
  kind: string,
): string {
  const isElsewhere = source.split("/").length > 2;
  const [, pinned = "latest"] = /^=? ?(\d\S*)$/.exec(version) ?? [];
  const page = `https://registry.terraform.io/providers/${source}/${pinned}/docs/resources/${kind}`;
  return isElsewhere ? spec : `[${spec}](${page})`;
}

/** A type or a value: over several lines it is preformatted. */
export function codeCell(code: string): string {
  if (code.includes("`")) {
    throw notPlainText(code);
  }
  return code.includes("\n")
    ? `<pre>${code.trim().replaceAll("\n", "<br/>")}</pre>`
    : `\`${code}\``;
}

/** Emphasis by underscores, which terraform-docs leaves as it is in places only. */
const EMPHASIS = /(^|\s)_+\s|\s_+[^\s_](.*[^\s_])?_+(\s|$)/m;

/**
 * A description: underscores are escaped outside of code and addresses.
 *
 * @throws when it holds a block of code, a lone backtick or emphasis
 */
export function textCell(text: string): string {
  if (text === "") {
    return "n/a";
  }
  const parts = text.split("`");
  const isOpen = parts.length % 2 === 0;
  if (
    isOpen ||
    text.includes("``") ||
    EMPHASIS.test(parts.filter((_part, at) => at % 2 === 0).join("``"))
  ) {
    throw notPlainText(text);
  }
  return parts
    .map((part, at) => (at % 2 === 1 ? `\`${part}\`` : escapedText(part)))
    .join("")
    .trim()
    .replace(/ {2}\n|\n/g, "<br/>");
}

function escapedText(text: string): string {
  return text
    .replaceAll("|", "\\|")
    .split(/([a-z]+:\/\/\S+)/)
    .map((part, at) => (at % 2 === 1 ? part : escaped(part)))
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll("_", "\\_");
}
