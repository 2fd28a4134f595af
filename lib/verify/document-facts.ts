import { isAllow, listOf, namesAction, statementsOf, type WrittenStatement } from "./statements.js";

const PASS_ROLE = "iam:PassRole";

/** What the names of Remotion's functions and buckets begin with. */
const OF_REMOTION = /remotion-render-|remotionlambda-/;

/** A log group, which others read, too; and what Remotion, its functions and its callers do there. */
const OF_LOGS = /^arn:[^:]*:logs:/;
const LOGS_ACTIONS = [
  "logs:CreateLogGroup",
  "logs:PutRetentionPolicy",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
];

/** What is read from a policy document as it is written. */
export interface DocumentFacts {
  /** A function or bucket of Remotion's that an Allow names. */
  readonly named: string | undefined;
  /** Whether a statement is about passing roles. */
  readonly passes: boolean;
  /** What its Allow statements for passing roles name. */
  readonly passed: readonly string[];
  /** The names of the roles among them that are no patterns. */
  readonly rolesNamed: ReadonlySet<string>;
}

/** Thousands of principals have the same documents. */
const KNOWN = new WeakMap<object, DocumentFacts>();

/** What a document says, worked out once. */
export function documentFacts(document: unknown): DocumentFacts {
  if (typeof document !== "object" || document === null) {
    return factsOf(document);
  }
  const known = KNOWN.get(document) ?? factsOf(document);
  KNOWN.set(document, known);
  return known;
}

function factsOf(document: unknown): DocumentFacts {
  const statements = statementsOf(document);
  const allowing = statements.filter(isAllow);
  const passing = statements.filter((statement) => namesAction(statement, PASS_ROLE));
  const passed = passing.filter(isAllow).flatMap((statement) => listOf(statement["Resource"]));
  return {
    named: allowing
      .flatMap((statement) => namedBy(statement))
      .find((resource) => OF_REMOTION.test(resource)),
    passes: passing.length > 0,
    passed,
    rolesNamed: new Set(passed.flatMap(roleNamed)),
  };
}

/** What a statement names, but for log groups that it lets read. */
function namedBy(statement: WrittenStatement): readonly string[] {
  const resources = listOf(statement["Resource"]);
  const others = resources.filter((resource) => !OF_LOGS.test(resource));
  return others.length === resources.length ||
    LOGS_ACTIONS.some((action) => namesAction(statement, action))
    ? resources
    : others;
}

/** The name at the end of an ARN of a role, where that is no pattern. */
function roleNamed(arn: string): string[] {
  const [, name] = /^arn(?::[^:]*){4}:role\/(?:[^*?]*\/)?([^/*?]+)$/.exec(arn) ?? [];
  return name === undefined || arn.includes("${") ? [] : [name];
}
