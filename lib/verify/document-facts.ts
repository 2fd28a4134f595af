import { onceEach } from "./once-each.js";
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

/** What a document says, worked out once. */
export function documentFacts(document: unknown): DocumentFacts {
  return typeof document === "object" && document !== null ? factsOf(document) : NO_FACTS;
}

const NO_FACTS: DocumentFacts = {
  named: undefined,
  passes: false,
  passed: [],
  rolesNamed: new Set(),
};

const factsOf = onceEach((document: object): DocumentFacts => {
  const facts = statementsOf(document).map(statementFacts);
  const passed = facts.flatMap((statement) => statement.passed);
  return {
    named: facts.find(({ named }) => named !== undefined)?.named,
    passes: facts.some(({ passes }) => passes),
    passed,
    rolesNamed: new Set(passed.flatMap(roleNamed)),
  };
});

const statementFacts = onceEach(
  (statement: WrittenStatement): Omit<DocumentFacts, "rolesNamed"> => {
    const allows = isAllow(statement);
    const passes = namesAction(statement, PASS_ROLE);
    return {
      named: allows ? namedBy(statement).find((resource) => OF_REMOTION.test(resource)) : undefined,
      passes,
      passed: passes && allows ? passedIn(statement) : [],
    };
  },
);

/** What a statement is about, as patterns; one that says what it is not about takes any role. */
function passedIn(statement: WrittenStatement): readonly string[] {
  return statement["NotResource"] === undefined ? listOf(statement["Resource"]) : ["*"];
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
