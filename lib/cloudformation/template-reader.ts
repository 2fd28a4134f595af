import { isObject, type JsonObject, property } from "../json/json-value.js";
import { repeatedKeyIn } from "../json/repeated-key.js";
import { repeatedKey } from "../terraform/errors.js";
import type { IamFile } from "../terraform/iam-file.js";
import { parseJson } from "../terraform/parse-json.js";
import { noTemplate } from "./errors.js";
import { parseYaml } from "./parse-yaml.js";
import { readTemplate } from "./read-template.js";

/** Reads templates of CloudFormation. */
export interface TemplateReader {
  /** Parses one in YAML. @throws {UnreadableFile} when it is none */
  readonly parse: (text: string) => unknown;
  /** IAM in one, or in an answer of `aws cloudformation get-template`. @throws {UnreadableFile} */
  readonly read: (content: JsonObject) => IamFile;
}

/**
 * Reads templates, and the answers of `aws cloudformation get-template`.
 *
 * @param parameters values of parameters, and of AWS::AccountId, AWS::Partition, AWS::Region and AWS::StackName
 */
export function templateReader(parameters: ReadonlyMap<string, string>): TemplateReader {
  return {
    parse: parseYaml,
    read: (content) => readTemplate(templateIn(content), parameters),
  };
}

/** The template in an answer, as text or as object; anything else is one itself. */
function templateIn(content: JsonObject): JsonObject {
  const body = property(content, "TemplateBody");
  if (body === undefined) {
    return content;
  }
  const template = typeof body === "string" ? parsed(body) : body;
  if (!isObject(template)) {
    throw noTemplate();
  }
  return template;
}

function parsed(text: string): unknown {
  if (!text.trimStart().startsWith("{")) {
    return parseYaml(text);
  }
  const template = parseJson(text);
  const key = repeatedKeyIn(text, template);
  if (key !== undefined) {
    throw repeatedKey(key);
  }
  return template;
}
