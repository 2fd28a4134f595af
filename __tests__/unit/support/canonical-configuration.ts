import { isJsonObject, type JsonObject, type JsonValue } from "../../../lib/module/json-value.js";
import { canonicalExpression, canonicalTemplate } from "./canonical-template.js";

/*
 * Terraform's two syntaxes in one form. What differs between them by nature, and nothing else, is
 * levelled here:
 *
 * - `hcl2json` puts every block's body into a list, `locals` blocks may be several, and a computed key
 *   of an object stands in parentheses in HCL;
 * - types and addresses are bare expressions in HCL and plain strings in JSON;
 * - a long description is a heredoc in HCL, folded at its spaces, and a list in it has its lines in both;
 * - comments are `#` in HCL, and an entry of a `locals` block in JSON;
 * - descriptions, defaults and versions hold no templates in JSON, so `${` there is `$${` in HCL.
 */

/** What a file of the HCL edition says, as `hcl2json` reads it. */
export function canonicalHcl(parsed: JsonObject): JsonValue {
  const unwrapped = mapObject(parsed, (section, key) => {
    switch (key) {
      case "terraform":
        return unwrapIn(sole(section), ["required_providers"]);
      case "variable":
      case "output":
        return mapObject(section, (body) => mapObject(sole(body), unfolded));
      case "locals":
        return mergeLocals(section);
      case "resource":
        return mapObject(section, (byName) =>
          mapObject(byName, (body) => unwrapIn(sole(body), ["lifecycle", "timeouts"])),
        );
      default:
        return section;
    }
  });
  return templates(unwrapped);
}

/** What a file of the JSON edition says. */
export function canonicalJson(file: JsonObject): JsonValue {
  return mapObject(file, (section, key) => {
    switch (key) {
      case "terraform":
        return literals(section);
      case "variable":
        return mapObject(section, (body) =>
          mapObject(body, (value, name) => VARIABLE[name]?.(value) ?? templates(value)),
        );
      case "output":
        return mapObject(section, (body) =>
          mapObject(body, (value, name) => OUTPUT[name]?.(value) ?? templates(value)),
        );
      case "resource":
        return mapObject(section, (byName) =>
          mapObject(byName, (body) =>
            mapObject(body, (value, name) => RESOURCE[name]?.(value) ?? templates(value)),
          ),
        );
      case "moved":
        return expressions(section);
      case "locals": {
        const { "//": _comments, ...locals } = isJsonObject(section) ? section : {};
        return templates(locals);
      }
      default:
        return templates(section);
    }
  });
}

type Change = (value: JsonValue) => JsonValue;

const VARIABLE: Record<string, Change> = {
  type: expressions,
  description: (text) => literals(typeof text === "string" ? text.replaceAll("\n- ", " - ") : text),
  default: literals,
};
const OUTPUT: Record<string, Change> = { description: literals, depends_on: expressions };
const RESOURCE: Record<string, Change> = {
  depends_on: expressions,
  provider: expressions,
  lifecycle: (lifecycle) =>
    mapObject(lifecycle, (value, name) =>
      name === "ignore_changes" || name === "replace_triggered_by"
        ? expressions(value)
        : templates(value),
    ),
};

/** Strings are templates; so are the keys of objects. */
function templates(value: JsonValue): JsonValue {
  return mapStrings(value, canonicalTemplate, (key) =>
    canonicalTemplate(key).replace(/^\$\{\( (.*) \)\}$/s, "${$1}"),
  );
}

/** Strings hold no templates. */
function literals(value: JsonValue): JsonValue {
  const escapeTemplates = (text: string) => text.replace(/([$%])\{/g, "$1$1{");
  return mapStrings(value, escapeTemplates, escapeTemplates);
}

/** Strings are expressions. */
function expressions(value: JsonValue): JsonValue {
  return mapStrings(value, canonicalExpression, (key) => key);
}

/** The only item of a list; everything else as it is. */
function sole(value: JsonValue): JsonValue {
  const [only, ...others] = Array.isArray(value) ? value : [];
  return only !== undefined && others.length === 0 ? only : value;
}

/** Takes blocks that there is one of out of their lists. */
function unwrapIn(body: JsonValue, blocks: readonly string[]): JsonValue {
  return mapObject(body, (value, name) => (blocks.includes(name) ? sole(value) : value));
}

/** A description from a heredoc, whose line breaks stand for spaces, and the last one for nothing. */
function unfolded(value: JsonValue, name: string): JsonValue {
  return name === "description" && typeof value === "string" && value.endsWith("\n")
    ? value.trimEnd().replaceAll(/\s+/g, " ")
    : value;
}

/** Several `locals` blocks are one. A name may be in one of them only. */
function mergeLocals(blocks: JsonValue): JsonValue {
  const entries = (Array.isArray(blocks) ? blocks : [blocks]).flatMap((block) =>
    Object.entries(isJsonObject(block) ? block : {}),
  );
  const names = entries.map(([name]) => name);
  return new Set(names).size === names.length ? Object.fromEntries(entries) : blocks;
}

function mapObject(
  value: JsonValue,
  change: (value: JsonValue, key: string) => JsonValue,
): JsonValue {
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner, key)]))
    : value;
}

function mapStrings(
  value: JsonValue,
  change: (text: string) => string,
  changeKey: (key: string) => string,
): JsonValue {
  if (typeof value === "string") {
    return change(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => mapStrings(item, change, changeKey));
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(([key, inner]): [string, JsonValue] => [
      changeKey(key),
      mapStrings(inner, change, changeKey),
    ]);
    if (new Set(entries.map(([key]) => key)).size < entries.length) {
      throw new Error(`Two keys are the same expression: ${Object.keys(value).join(", ")}`);
    }
    return Object.fromEntries(entries);
  }
  return value;
}
