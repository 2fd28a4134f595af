import { type CompiledStatement, compileStatement } from "./compile-statement.js";
import {
  noStatements,
  notAnObject,
  repeatedSid,
  unknownElement,
  unknownVersion,
} from "./errors.js";
import { isJsonObject } from "./json-object.js";
import { readPolicyJson } from "./policy-json.js";

/** A policy that has been checked and made ready for many requests. */
export interface CompiledPolicy {
  /** The name it was compiled under. */
  readonly name: string;
  readonly statements: readonly CompiledStatement[];
}

const ELEMENTS = ["Version", "Id", "Statement"] as const;

/**
 * Checks an identity policy or a permissions boundary and makes it ready for `evaluate`. Compile
 * once, evaluate often.
 *
 * Checked is what decides the meaning: IAM knows more rules, of quotas and of names that exist, which
 * this does not check. Lists without an entry are refused, because they grant nothing that anyone
 * meant. In a policy without `"Version": "2012-10-17"` a `${…}` is plain text, as in IAM.
 *
 * @param policy the JSON text, or what it holds; from any source
 * @param name what to call the policy in results and error messages
 * @param compile what makes a statement ready. @default compileStatement
 * @throws PolicyError when it is not such a policy, with the place, the value and the way out
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function compilePolicy(
  policy: unknown,
  name: string,
  compile = compileStatement,
): CompiledPolicy {
  const where = `Policy ${JSON.stringify(name)}`;
  const document = typeof policy === "string" ? readPolicyJson(policy, where) : policy;
  if (!isJsonObject(document)) {
    throw notAnObject(where, document);
  }
  for (const key of Object.keys(document)) {
    if (!ELEMENTS.some((element) => element === key)) {
      throw unknownElement(where, key, ELEMENTS);
    }
  }
  const { Version: version, Statement: element } = document;
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17") {
    throw unknownVersion(`${where}, Version`, version);
  }
  const list: readonly unknown[] = Array.isArray(element) ? element : [element];
  if (element === undefined || list.length === 0) {
    throw noStatements(`${where}, Statement`);
  }
  const syntax = { variables: version === "2012-10-17" };
  const sids = new Set<string>();
  const statements = list.map((statement, index) => {
    const site = `${where}, Statement[${index}]`;
    const compiled = compile(statement, index, syntax, site);
    if (compiled.sid !== undefined) {
      if (sids.has(compiled.sid)) {
        throw repeatedSid(`${site}.Sid`, compiled.sid);
      }
      sids.add(compiled.sid);
    }
    return compiled;
  });
  return { name, statements };
}
