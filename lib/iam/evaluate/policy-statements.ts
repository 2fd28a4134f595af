import { checkSize } from "./document-size.js";
import {
  moreRemarks,
  noStatements,
  notAnObject,
  repeatedSid,
  unknownElement,
  unknownVersion,
} from "./errors.js";
import { isJsonObject } from "./json-object.js";
import { readPolicyJson } from "./policy-json.js";
import type { TextSyntax } from "./policy-text.js";
import { UnknownPart } from "./unknown-part.js";

const ELEMENTS = ["Version", "Id", "Statement"] as const;

/** Remarks that are kept of one policy. */
const MAX_REMARKS = 20;

/** What makes one statement ready. */
type Compile<Statement> = (
  statement: unknown,
  index: number,
  syntax: Pick<TextSyntax, "variables">,
  where: string,
) => Statement;

/** What every statement has that has been made ready, whatever its kind of policy. */
interface AnyStatement {
  readonly sid?: string;
  readonly remarks?: readonly string[];
}

/** The statements of a policy, ready, and what there is to say about them. */
export interface PolicyStatements<Statement> {
  readonly name: string;
  readonly statements: readonly Statement[];
  readonly remarks?: readonly string[];
}

/**
 * Checks a policy of whatever kind and makes its statements ready.
 *
 * @param policy the JSON text, or what it holds; from any source
 * @throws PolicyError when it is not such a policy
 */
export function policyStatements<Statement extends AnyStatement>(
  policy: unknown,
  name: string,
  compile: Compile<Statement>,
): PolicyStatements<Statement> {
  const where = `Policy ${JSON.stringify(name)}`;
  const { version, list } = partsOf(policy, where);
  const syntax = { variables: version instanceof UnknownPart ? version : version === "2012-10-17" };
  const sids = new Set<string>();
  const remarks = new Remarks();
  const statements = list.map((statement, index) => {
    const site = `${where}, Statement[${index}]`;
    const compiled = compile(statement, index, syntax, site);
    if (compiled.sid !== undefined) {
      if (sids.has(compiled.sid)) {
        throw repeatedSid(`${site}.Sid`, compiled.sid);
      }
      sids.add(compiled.sid);
    }
    remarks.add(compiled.remarks);
    return compiled;
  });
  return { name, statements, ...remarks.of(where) };
}

/** The version and the statements of a policy; one statement where nothing is told of them. */
function partsOf(
  policy: unknown,
  where: string,
): { readonly version: unknown; readonly list: readonly unknown[] } {
  const document = typeof policy === "string" ? readPolicyJson(policy, where) : policy;
  if (document instanceof UnknownPart) {
    return { version: document, list: [document] };
  }
  if (!isJsonObject(document)) {
    throw notAnObject(where, document);
  }
  checkSize(document, where);
  for (const key of Object.keys(document)) {
    if (!ELEMENTS.some((element) => element === key)) {
      throw unknownElement(where, key, ELEMENTS);
    }
  }
  const { Version: version, Statement: element } = document;
  if (!isVersion(version)) {
    throw unknownVersion(`${where}, Version`, version);
  }
  const list: readonly unknown[] = Array.isArray(element) ? element : [element];
  if (element === undefined || list.length === 0) {
    throw noStatements(`${where}, Statement`);
  }
  return { version, list };
}

function isVersion(version: unknown): boolean {
  return (
    version === undefined ||
    version === "2012-10-17" ||
    version === "2008-10-17" ||
    version instanceof UnknownPart
  );
}

/** The remarks about a policy, not too many of them. */
class Remarks {
  readonly #kept: string[] = [];
  #more = 0;

  add(remarks: readonly string[] = []): void {
    for (const remark of remarks) {
      if (this.#kept.length < MAX_REMARKS) {
        this.#kept.push(remark);
      } else {
        this.#more += 1;
      }
    }
  }

  of(where: string): { readonly remarks?: readonly string[] } {
    if (this.#kept.length === 0) {
      return {};
    }
    return {
      remarks: this.#more === 0 ? this.#kept : [...this.#kept, moreRemarks(where, this.#more)],
    };
  }
}
