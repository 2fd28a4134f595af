import { binaryPlan, emptyFile, hclText, notUtf8, planLog } from "./errors.js";
import { isObject, type JsonObject, property, textIn } from "./json-value.js";
import { parseJson } from "./parse-json.js";

/** How text in Terraform's own language begins, comments aside. */
const HCL =
  /^(?:#|\/\/|\/\*|(?:resource|data|module|variable|locals|output|provider|terraform|moved|import|removed|check)\b)/;

/**
 * Parses a file of JSON.
 *
 * @throws {UnreadableFile} when it is something else; the message says what it seems to be
 */
export function parseContent(file: string): unknown {
  const text = file.startsWith("\ufeff") ? file.slice(1) : file;
  const start = text.slice(0, 1000).trimStart();
  if (text.startsWith("PK\u0003\u0004")) {
    throw binaryPlan();
  }
  if (start.includes("\u0000")) {
    throw notUtf8();
  }
  if (start === "" && text.trim() === "") {
    throw emptyFile();
  }
  if (HCL.test(start)) {
    throw hclText();
  }
  if (/^\{"@level":/.test(start)) {
    throw planLog();
  }
  return parseJson(text);
}

/** Whether it is `terraform show -json` of a plan. */
export function isPlan(content: JsonObject): boolean {
  return (
    isObject(property(content, "planned_values")) ||
    (textIn(content, "format_version") !== undefined &&
      ["resource_changes", "configuration"].some((key) => Object.hasOwn(content, key)))
  );
}

/** Whether it is `terraform show -json` of a state. */
export function isState(content: JsonObject): boolean {
  return (
    (textIn(content, "format_version") !== undefined &&
      textIn(content, "terraform_version") !== undefined) ||
    (textIn(content, "format_version") !== undefined && isObject(property(content, "values")))
  );
}

/** Whether it is a `terraform.tfstate`. */
export function isRawState(content: JsonObject): boolean {
  return (
    typeof property(content, "version") === "number" &&
    ["terraform_version", "lineage", "serial"].some((key) => Object.hasOwn(content, key))
  );
}
