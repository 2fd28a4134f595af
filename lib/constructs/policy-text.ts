import { TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document.js";
import { policySize } from "../iam/quotas.js";
import type { StatementFact } from "../remotion/statement-fact.js";
import { comment } from "./comment.js";
import { type ExpressionPart, expression } from "./expression.js";
import { type Extras, extraStatements } from "./extra-statements.js";
import { factStatement, type ReasonedStatement } from "./fact-statement.js";

/** What a policy says. */
export interface PolicyTextProps extends Extras {
  /** Profile → its statements; none where the policy only has extras. */
  readonly profiles: Readonly<Record<string, readonly StatementFact[]>>;
  /** Which profile; may be a token. */
  readonly profile: string;
  /** Where the statements come from, for the reader of the Terraform. */
  readonly source: string;
  /**
   * A policy of the same stack with the same names, narrowing and options, whose locals serve again;
   * only the output buckets may differ. Ignored where Terraform cannot pick another profile from it.
   *
   * @default none
   */
  readonly sameStatementsAs?: PolicyText | undefined;
}

/** A policy put together in Terraform's locals. */
export interface PolicyText {
  /** Token of the policy's JSON text. */
  readonly json: string;
  /** Token of the text's length, which is the size that IAM counts: `jsonencode` writes no white space. */
  readonly length: string;
  /** Characters without white space, where no part of the policy is a token. */
  readonly size: number | undefined;
  /** What other policies of the stack may use again. */
  readonly locals: PolicyLocals;
}

/** The locals that a policy's statements are in. */
interface PolicyLocals {
  /** The profile that `statements` holds, or every profile where Terraform picks. */
  readonly profile: string;
  readonly statements: TerraformLocal | undefined;
  /** Lists of what is allowed beside the profile. */
  readonly extras: readonly ExpressionPart[];
}

/**
 * Puts a policy together in locals of the scope: `statements` as data, one after another with its
 * reason, and `policy_json` for the text. There is no data source in it, so a plan shows the text
 * even where the caller's module has `depends_on`.
 */
export function policyText(scope: Construct, props: PolicyTextProps): PolicyText {
  const shared = props.sameStatementsAs?.locals;
  const usable = shared !== undefined && (picksProfile(shared) || shared.profile === props.profile);
  return usable ? textWith(scope, props, shared) : ownText(scope, props);
}

/** A policy whose statements are all its own. */
function ownText(scope: Construct, props: PolicyTextProps): PolicyText {
  const { profile, profiles, source } = props;
  const byProfile = Token.isUnresolved(profile);
  const { plain, local: optionalLocal } = extraStatements(scope, props);
  const facts = (byProfile ? undefined : profiles[profile]) ?? [];
  const known = [...facts.map((fact) => factStatement(scope, fact, props)), ...plain];
  const statements = byProfile
    ? profilesLocal(scope, props)
    : statementsLocal(scope, "statements", source, known);
  const further = byProfile
    ? statementsLocal(scope, "further_statements", "What is allowed beside.", plain)
    : undefined;
  const optional = optionalLocal();
  const extras = [...namesOf(further), ...withResources(optional)];
  return assemble(scope, {
    profile,
    locals: { profile, statements, extras },
    lists: [],
    size: byProfile || optional !== undefined ? undefined : sizeOf(known),
  });
}

/** A policy with the statements of another one, and output buckets of its own. */
function textWith(scope: Construct, props: PolicyTextProps, locals: PolicyLocals): PolicyText {
  const { plain, local } = extraStatements(scope, {
    principal: props.principal,
    names: props.names,
    outputBuckets: props.outputBuckets,
  });
  const further = statementsLocal(scope, "further_statements", "Grants to output buckets.", plain);
  return assemble(scope, {
    profile: props.profile,
    locals,
    lists: [...namesOf(further), ...withResources(local())],
    size: undefined,
  });
}

function assemble(
  scope: Construct,
  parts: {
    readonly profile: string;
    readonly locals: PolicyLocals;
    readonly lists: readonly ExpressionPart[];
    readonly size: number | undefined;
  },
): PolicyText {
  const { profile, locals, lists, size } = parts;
  const statements = namesOf(locals.statements).map(
    (name): ExpressionPart => (picksProfile(locals) ? profileOf(name, profile) : name),
  );
  const all = concatenation([...statements, ...locals.extras, ...lists]);
  const text = new TerraformLocal(
    scope,
    "policy_json",
    expression`jsonencode({\n  Version   = "2012-10-17"\n  Statement = ${all}\n})`,
  );
  const length = new TerraformLocal(scope, "policy_size", expression`length(${text.fqn})`);
  comment(length, "Characters as IAM counts them: jsonencode writes no white space.");
  return { json: text.asString, length: length.fqn, size, locals };
}

/** The statements of one profile. */
function profileOf(statements: string, profile: string): ExpressionPart {
  return Token.isUnresolved(profile)
    ? expression`${statements}[${profile}]`
    : expression`${statements}.${profile}`;
}

function picksProfile({ profile }: PolicyLocals): boolean {
  return Token.isUnresolved(profile);
}

function namesOf(local: TerraformLocal | undefined): string[] {
  return local === undefined ? [] : [local.fqn];
}

/** The statements of a local that have a resource. */
function withResources(local: TerraformLocal | undefined): ExpressionPart[] {
  return namesOf(local).map(
    (name) => expression`[for statement in ${name} : statement if length(statement.Resource) > 0]`,
  );
}

function statementsLocal(
  scope: Construct,
  id: string,
  source: string,
  statements: readonly ReasonedStatement[],
): TerraformLocal | undefined {
  if (statements.length === 0) {
    return undefined;
  }
  const local = new TerraformLocal(
    scope,
    id,
    statements.map(({ statement }) => statement),
  );
  comment(local, source);
  commentReasons(local, "", statements);
  return local;
}

/** The statements of every profile, for Terraform to pick from. */
function profilesLocal(scope: Construct, props: PolicyTextProps): TerraformLocal {
  const profiles = Object.entries(props.profiles).map(
    ([profile, facts]) =>
      [profile, facts.map((fact) => factStatement(scope, fact, props))] as const,
  );
  const local = new TerraformLocal(
    scope,
    "statements",
    Object.fromEntries(
      profiles.map(([profile, statements]) => [
        profile,
        statements.map(({ statement }) => statement),
      ]),
    ),
  );
  comment(local, props.source);
  for (const [profile, statements] of profiles) {
    commentReasons(local, `/${profile}`, statements);
  }
  return local;
}

function commentReasons(
  local: TerraformLocal,
  pointer: string,
  statements: readonly ReasonedStatement[],
): void {
  for (const [index, { reason }] of statements.entries()) {
    comment(local, reason, `${pointer}/${index}`);
  }
}

/** Lists as one, on a line each where there are several, indented as inside the policy. */
function concatenation(lists: readonly ExpressionPart[]): ExpressionPart {
  const [first = "[]", ...more] = lists;
  if (more.length === 0) {
    return first;
  }
  const lines = lists.reduce((text, list) => expression`${text}\n    ${list},`, expression``);
  return expression`concat(${lines}\n  )`;
}

/** The policy's size, unless a part of it is known to Terraform only. */
function sizeOf(statements: readonly ReasonedStatement[]): number | undefined {
  const plain = statements.map(({ statement }) => statement);
  const known =
    !Token.isUnresolved(JSON.stringify(plain)) &&
    plain.every(({ Resource }) => Array.isArray(Resource));
  return known ? policySize(policyDocument(plain as readonly Statement[])) : undefined;
}
