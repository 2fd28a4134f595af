import { repeatedKeyIn } from "../../json/repeated-key.js";
import { notJson, repeatedKey } from "./errors.js";

/**
 * Reads the JSON text of a policy. Only the JSON: what it holds is checked by `compilePolicy`.
 *
 * @param text the text, from wherever
 * @param where what the text is, as it begins an error message
 * @throws PolicyError when it is not JSON, or one object has a key twice
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicyJson(text: string, where: string): unknown {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw notJson(where, error);
  }
  const key = repeatedKeyIn(text, document);
  if (key !== undefined) {
    throw repeatedKey(where, key);
  }
  return document;
}
