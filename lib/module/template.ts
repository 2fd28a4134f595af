import { unclosedTemplate } from "./errors.js";

/** A piece of a Terraform string template: text as it stands, or `${…}` / `%{…}` with what is inside. */
export type TemplatePart =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "interpolation" | "directive"; readonly text: string };

/**
 * Splits a string of Terraform's JSON syntax into its literal and template parts. `$${` and `%%{`
 * stay in the literal text: they mean the same in both syntaxes.
 *
 * @throws when a template is opened and not closed
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
 */
export function parseTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let literal = "";
  let at = 0;
  while (at < text.length) {
    const three = text.slice(at, at + 3);
    const two = three.slice(0, 2);
    if (three === "$${" || three === "%%{") {
      literal += three;
      at += 3;
    } else if (two === "${" || two === "%{") {
      const end = closingBrace(text, at + 2);
      if (literal !== "") {
        parts.push({ kind: "literal", text: literal });
        literal = "";
      }
      const kind = two === "${" ? "interpolation" : "directive";
      parts.push({ kind, text: text.slice(at + 2, end) });
      at = end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  if (literal !== "") {
    parts.push({ kind: "literal", text: literal });
  }
  return parts;
}

/** The expression of a string that is one `${…}` and nothing else; `undefined` for every other string. */
export function soleExpression(text: string): string | undefined {
  const parts = parseTemplate(text);
  const [only] = parts;
  // `${~ … ~}` strips white space around it, which a bare expression cannot say.
  const bare = only?.kind === "interpolation" && !/^~|~$/.test(only.text);
  return parts.length === 1 && bare ? only.text : undefined;
}

/** Index of the brace that closes the template whose content begins at `from`. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = endOfQuotes(text, at);
      continue;
    }
    if (character === "{") {
      depth += 1;
    } else if (character === "}") {
      depth -= 1;
      if (depth === 0) {
        return at;
      }
    }
    at += 1;
  }
  throw unclosedTemplate(text);
}

/** Index just after the quoted string that begins at `from`; its templates may hold quotes themselves. */
export function endOfQuotes(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    const three = text.slice(at, at + 3);
    const two = three.slice(0, 2);
    if (text[at] === "\\") {
      at += 2;
    } else if (three === "$${" || three === "%%{") {
      at += 3;
    } else if (two === "${" || two === "%{") {
      at = closingBrace(text, at + 2) + 1;
    } else if (text[at] === '"') {
      return at + 1;
    } else {
      at += 1;
    }
  }
  throw unclosedTemplate(text);
}
