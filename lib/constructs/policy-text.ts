import { TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document.js";
import { policySize } from "../iam/quotas.js";
import { PROFILES_WITHOUT_OPTIONS } from "../remotion/option-statements.js";
import type { StatementFact } from "../remotion/statement-fact.js";
import { comment } from "./comment.js";
import { concatenation } from "./concatenation.js";
import { CONCERNS, concern } from "./concern.js";
import { type ExpressionPart, expression } from "./expression.js";
import {
  type ExtraStatements,
  type Extras,
  grantStatements,
  optionStatements,
} from "./extra-statements.js";
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
   * A policy of the same stack with the same names, narrowing and options, whose locals serve again,
   * those of its grants only for the very same output buckets. Ignored where Terraform cannot pick
   * another profile from it, or the other's grants apart from its statements.
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
  /** Tokens of the lists that the policy's statements are in; some statements may lack a resource. */
  readonly lists: readonly string[];
  /** What other policies of the stack may use again. */
  readonly locals: PolicyLocals;
}

/** The locals that a policy's statements are in. */
interface PolicyLocals {
  /** The profile that `statements` holds, or every profile where Terraform picks. */
  readonly profile: string;
  readonly statements: TerraformLocal | undefined;
  /** Whether Terraform may find the condition of one of `statements` to be `null`. */
  readonly hasOptionalConditions: boolean;
  /** Whether grants to buckets are among `statements`: they are for that policy alone. */
  readonly holdsGrants: boolean;
  /** What the options add, for the profiles that have options. */
  readonly options: TerraformLocal | undefined;
  /** The grants that only Terraform knows, and what they were made of. */
  readonly grants: GrantsLocal | undefined;
}

interface GrantsLocal extends Pick<Extras, "outputBuckets" | "bucketAccesses"> {
  readonly local: TerraformLocal;
}

/**
 * Puts a policy together in locals of the scope: `statements` as data, one after another with its
 * reason, and `policy_json` for the text. There is no data source in it, so a plan shows the text
 * even where the caller's module has `depends_on`.
 */
export function policyText(scope: Construct, props: PolicyTextProps): PolicyText {
  const shared = props.sameStatementsAs?.locals;
  if (shared !== undefined && isUsable(shared, props)) {
    const grants = sameGrants(shared.grants, props)
      ? shared.grants
      : grantsLocal(scope, props, allOf(grantStatements(props)));
    return assemble(scope, props, { ...shared, grants }, undefined);
  }
  const grants = grantStatements(props);
  if (Token.isUnresolved(props.profile)) {
    const statements = profilesLocal(scope, props);
    const options = optionStatements(props);
    const locals = {
      profile: props.profile,
      statements,
      hasOptionalConditions: mayLackConditions(Object.values(props.profiles).flat(), props),
      holdsGrants: false,
      options: optionsLocal(scope, allOf(options)),
      grants: grantsLocal(scope, props, allOf(grants)),
    };
    return assemble(scope, props, locals, undefined);
  }
  const facts = props.profiles[props.profile] ?? [];
  const known = facts.map((fact) => factStatement(scope, fact, props));
  const options = hasOptions(props.profile) ? optionStatements(props) : NONE;
  const plain = [...known, ...options.plain, ...grants.plain];
  const locals = {
    profile: props.profile,
    statements: statementsLocal(scope, "statements", {
      source: props.source,
      statements: plain,
      about: props.statementsConcern,
    }),
    hasOptionalConditions: mayLackConditions(facts, props),
    holdsGrants: grants.plain.length > 0,
    options: optionsLocal(scope, options.optional),
    grants: grantsLocal(scope, props, grants.optional),
  };
  const whole = locals.options === undefined && locals.grants === undefined;
  return assemble(scope, props, locals, whole ? sizeOf(plain) : undefined);
}

/** Whether the statements of another policy are those of this one, and nothing beside. */
function isUsable(shared: PolicyLocals, { profile }: PolicyTextProps): boolean {
  return picksProfile(shared) || (shared.profile === profile && !shared.holdsGrants);
}

function allOf({ plain, optional }: ExtraStatements): readonly ReasonedStatement[] {
  return [...plain, ...optional];
}

/** Whether grants were made of the very same buckets, for the same accesses. */
function sameGrants(
  grants: GrantsLocal | undefined,
  { outputBuckets, bucketAccesses }: Extras,
): boolean {
  return grants?.outputBuckets === outputBuckets && grants.bucketAccesses === bucketAccesses;
}

const NONE = { plain: [], optional: [] } as const;

function assemble(
  scope: Construct,
  { profile, profiles }: PolicyTextProps,
  locals: PolicyLocals,
  size: number | undefined,
): PolicyText {
  const grants = locals.grants?.local;
  const lists: ExpressionPart[] = [];
  if (locals.statements !== undefined) {
    const { fqn } = locals.statements;
    const statements = picksProfile(locals) ? profileOf(fqn, profile) : fqn;
    lists.push(locals.hasOptionalConditions ? withoutNullConditions(statements) : statements);
  }
  if (locals.options !== undefined && hasOptions(profile)) {
    lists.push(withResources(locals.options, optionsOn(profile, Object.keys(profiles))));
  }
  if (grants !== undefined) {
    lists.push(withResources(grants, ""));
  }
  const text = new TerraformLocal(
    scope,
    "policy_json",
    expression`jsonencode({\n  Version   = "2012-10-17"\n  Statement = ${concatenation(lists, "  ")}\n})`,
  );
  let measured: string | undefined;
  const sources = [locals.statements, locals.options, grants];
  return {
    json: text.asString,
    get length() {
      measured ??= sizeLocal(scope, text);
      return measured;
    },
    size,
    lists: sources.flatMap((local) => (local === undefined ? [] : [local.fqn])),
    locals,
  };
}

function sizeLocal(scope: Construct, text: TerraformLocal): string {
  const length = new TerraformLocal(scope, "policy_size", expression`length(${text.fqn})`);
  comment(length, "Characters as IAM counts them: jsonencode writes no white space.");
  return length.fqn;
}

/** Whether the APIs of a profile, perhaps known to Terraform only, make use of the options. */
function hasOptions(profile: string): boolean {
  return !PROFILES_WITHOUT_OPTIONS.includes(profile);
}

/** A condition that turns the options off for the profiles without any. */
function optionsOn(profile: string, profiles: readonly string[]): ExpressionPart {
  const without = profiles.filter((each) => Token.isUnresolved(profile) && !hasOptions(each));
  return without.reduce<ExpressionPart>(
    (text, each) => expression`${text} && ${profile} != "${each}"`,
    "",
  );
}

/** The statements of a local that have a resource, on a further condition. */
function withResources({ fqn }: TerraformLocal, condition: ExpressionPart): ExpressionPart {
  return expression`[for statement in ${fqn} : statement if length(statement.Resource) > 0${condition}]`;
}

/** Whether the conditions of some statements are for Terraform to find out. */
function mayLackConditions(
  facts: readonly StatementFact[],
  { narrowing }: PolicyTextProps,
): boolean {
  return (
    Token.isUnresolved(narrowing?.account) &&
    facts.some(({ limitedToAccount }) => limitedToAccount === true)
  );
}

/** Statements whose conditions are left out where they are null: IAM takes no such condition. */
function withoutNullConditions(statements: ExpressionPart): ExpressionPart {
  return expression`[for statement in ${statements} : { for key, value in statement : key => value if key != "Condition" || value != null }]`;
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

const LEFT_OUT = "the policy leaves out statements without a resource.";

function optionsLocal(
  scope: Construct,
  statements: readonly ReasonedStatement[],
): TerraformLocal | undefined {
  return statementsLocal(scope, "option_statements", {
    source: `What options add; ${LEFT_OUT}`,
    statements,
  });
}

function grantsLocal(
  scope: Construct,
  { outputBuckets, bucketAccesses, statementsConcern }: PolicyTextProps,
  statements: readonly ReasonedStatement[],
): GrantsLocal | undefined {
  const local = statementsLocal(scope, "output_bucket_grants", {
    source: `Grants to output buckets; ${LEFT_OUT}`,
    statements,
    // Where they are all that the policy has, they are what its scope is about.
    about: statementsConcern === undefined ? undefined : CONCERNS.bucketGrants,
  });
  return local === undefined ? undefined : { local, outputBuckets, bucketAccesses };
}

/** Statements in one local. */
interface StatementList {
  /** Where they come from, for the reader of the Terraform. */
  readonly source: string;
  readonly statements: readonly ReasonedStatement[];
  /** What they are about. @default what the scope is */
  readonly about?: string | undefined;
}

function statementsLocal(
  scope: Construct,
  id: string,
  { source, statements, about }: StatementList,
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
  isAbout(local, about);
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
  isAbout(local, props.statementsConcern);
  for (const [profile, statements] of profiles) {
    commentReasons(local, `/${profile}`, statements);
  }
  return local;
}

function isAbout(local: TerraformLocal, name: string | undefined): void {
  if (name !== undefined) {
    concern(local, name);
  }
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

/** The policy's size, unless a part of it is known to Terraform only. */
function sizeOf(statements: readonly ReasonedStatement[]): number | undefined {
  const plain = statements.map(({ statement }) => statement);
  const known =
    !Token.isUnresolved(JSON.stringify(plain)) &&
    plain.every(
      ({ Resource, Condition }) => Array.isArray(Resource) && !Token.isUnresolved(Condition),
    );
  return known ? policySize(policyDocument(plain as readonly Statement[])) : undefined;
}
