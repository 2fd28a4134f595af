import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { policySize } from "../iam/quotas.js";
import { onceEach } from "./once-each.js";

/** The size of a policy document as IAM counts it. Of one that is told in part, the told part counts. */
export function documentSize(document: unknown): number {
  return typeof document === "object" && document !== null && !(document instanceof UnknownPart)
    ? sizeOf(document)
    : 0;
}

/** What is around the statements, and each of them: thousands of documents share most of theirs. */
const sizeOf = onceEach((document: object): number => {
  const statements: unknown = "Statement" in document ? document.Statement : undefined;
  if (!Array.isArray(statements)) {
    return sizeOfPart(document);
  }
  const commas = Math.max(0, statements.length - 1);
  return statements.reduce<number>(
    (sum, statement) => sum + sizeOfStatement(statement),
    sizeOfPart({ ...document, Statement: [] }) + commas,
  );
});

function sizeOfStatement(statement: unknown): number {
  return typeof statement === "object" && statement !== null
    ? sizeOfObject(statement)
    : policySize(JSON.stringify(statement));
}

const sizeOfObject = onceEach(sizeOfPart);

function sizeOfPart(part: object): number {
  // Asked about each value, JSON.stringify takes several times as long.
  const isAllText = Object.values(part).every((value) =>
    Array.isArray(value) ? value.every(isText) : isText(value),
  );
  return policySize(isAllText ? JSON.stringify(part) : JSON.stringify(part, withoutUnknown));
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function withoutUnknown(_key: string, value: unknown): unknown {
  return value instanceof UnknownPart ? "" : value;
}
