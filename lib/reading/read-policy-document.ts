import type { ByteSource } from "../json/json-reader.js";
import { isObject, property, textIn } from "../json/json-value.js";
import { noPolicyDocument } from "../terraform/errors.js";
import { PolicyDocuments } from "../terraform/policy-text.js";
import { readContents, refuseRepeated } from "./file-content.js";

/**
 * Reads one policy of whatever kind: the document, or an answer of `aws organizations describe-policy`,
 * `aws s3api get-bucket-policy` or `aws kms get-key-policy`.
 *
 * @param file its text, or where its bytes come from
 * @returns the document; where the file has the text of one that is no JSON object, or has a key twice, that text,
 * which `compilePolicy` refuses
 * @throws {UnreadableFile} when the file is none of these, or a key stands twice in it
 * @see https://docs.aws.amazon.com/cli/latest/reference/organizations/describe-policy.html
 * @see https://docs.aws.amazon.com/cli/latest/reference/s3api/get-bucket-policy.html
 */
export function readPolicyDocument(file: string | ByteSource): unknown {
  const { contents, repeated } = readContents([file], "all");
  refuseRepeated(repeated);
  const [content, ...others] = contents;
  if (!isObject(content) || others.length > 0) {
    throw noPolicyDocument([]);
  }
  if (Object.hasOwn(content, "Statement")) {
    return content;
  }
  const answered = property(content, "Policy");
  const text = typeof answered === "string" ? answered : textIn(answered, "Content");
  if (text === undefined) {
    throw noPolicyDocument(Object.keys(content));
  }
  return new PolicyDocuments("the policy", new Map()).of(text);
}
