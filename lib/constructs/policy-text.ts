import { TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { policyDocument, type Statement } from "../iam/policy-document.js";
import { policySize } from "../iam/quotas.js";
import type { StatementFact } from "../remotion/statement-fact.js";
import { comment } from "./comment.js";
import { CONCERNS, concern } from "./concern.js";
import { deferred, expression } from "./expression.js";
import {
  type ExtraStatements,
  type Extras,
  grantStatements,
  optionStatements,
} from "./extra-statements.js";
import { factStatement, type ReasonedStatement } from "./fact-statement.js";
import {
  commonStatements,
  type GrantsLocal,
  hasOptions,
  ownStatements,
  type PolicyLocals,
  picksProfile,
  profileOf,
} from "./policy-locals.js";

/** What a policy says. */
export interface PolicyTextProps extends Extras {
  /** Profile → its statements; none where the policy only has extras. */
  readonly profiles: Readonly<Record<string, readonly StatementFact[]>>;
  /** Which profile; may be a token. */
  readonly profile: string;
  /** Where the statements come from, for the reader of the Terraform. @default what each says of itself */
  readonly source?: string;
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

/**
 * Puts a policy together in locals of the scope: `statements` as data, one after another with its
 * reason, and `policy_json` for the text. There is no data source in it, so a plan shows the text
 * even where the caller's module has `depends_on`.
 */
export function policyText(scope: Construct, props: PolicyTextProps): PolicyText {
  const shared = props.sameStatementsAs?.locals;
  if (shared !== undefined && isUsable(shared, props)) {
    const isSame = sameGrants(shared.grants, props);
    if (isSame && picksProfile(shared)) {
      shared.common.local ??= commonLocal(shared, props);
      return assemble(scope, props, shared, undefined);
    }
    const grants = isSame
      ? shared.grants
      : grantsLocal(scope, props, allOf(grantStatements(props)));
    return assemble(scope, props, { ...shared, grants, common: { scope } }, undefined);
  }
  const grants = grantStatements(props);
  if (Token.isUnresolved(props.profile)) {
    const statements = profilesLocal(scope, props);
    const locals = {
      profile: props.profile,
      statements,
      hasOptionalConditions: mayLackConditions(Object.values(props.profiles).flat(), props),
      holdsGrants: false,
      options: optionsLocal(scope, props, allOf(optionStatements(props))),
      grants: grantsLocal(scope, props, allOf(grants)),
      common: { scope },
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
    options: optionsLocal(scope, props, options.optional),
    grants: grantsLocal(scope, props, grants.optional),
    common: { scope },
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
  const { common, statements } = locals;
  const own = () => ownStatements(locals, profile, Object.keys(profiles));
  // Another policy may come to need the same ones.
  const text = new TerraformLocal(
    scope,
    "policy_json",
    deferred(
      () =>
        expression`jsonencode({\n  Version   = "2012-10-17"\n  Statement = ${
          common.local === undefined ? own() : profileOf(common.local.fqn, profile)
        }\n})`,
    ),
  );
  let measured: string | undefined;
  const sources = [statements, locals.options, locals.grants?.local];
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

/** A local for the statements of every profile, beside those that it is made of. */
function commonLocal(
  locals: PolicyLocals,
  { profiles, statementsConcern }: PolicyTextProps,
): TerraformLocal {
  const statements = commonStatements(locals, Object.keys(profiles));
  const local = new TerraformLocal(
    locals.common.scope,
    "policy_statements",
    expression`${statements}`,
  );
  comment(local, "What a policy of each profile says, without what names no resource.");
  concern(local, statementsConcern);
  return local;
}

const LEFT_OUT = "the policy leaves out statements without a resource.";

function optionsLocal(
  scope: Construct,
  { profiles }: PolicyTextProps,
  statements: readonly ReasonedStatement[],
): TerraformLocal | undefined {
  const without = Object.keys(profiles).filter((profile) => !hasOptions(profile));
  const users = without.length === 0 ? "" : `, to any profile but ${without.join(" and ")}`;
  return statementsLocal(scope, "option_statements", {
    source: `What options add${users}; ${LEFT_OUT}`,
    statements,
  });
}

function grantsLocal(
  scope: Construct,
  { outputBuckets, bucketAccesses, hasManyBuckets, statementsConcern }: PolicyTextProps,
  statements: readonly ReasonedStatement[],
): GrantsLocal | undefined {
  const local = statementsLocal(scope, "output_bucket_grants", {
    source: `${sourceOfGrants(outputBuckets, hasManyBuckets)}; ${LEFT_OUT}`,
    statements,
    // Where they are all that the policy has, they are what its scope is about.
    about: statementsConcern === undefined ? undefined : CONCERNS.bucketGrants,
  });
  return local === undefined ? undefined : { local, outputBuckets, bucketAccesses };
}

function sourceOfGrants(
  outputBuckets: PolicyTextProps["outputBuckets"],
  hasManyBuckets: boolean | undefined,
): string {
  const grants = "Grants to output buckets";
  if (!Token.isUnresolved(outputBuckets)) {
    return grants;
  }
  return hasManyBuckets === true
    ? `${grants}: the keys of an object are its ARNs, each once and in order`
    : `${grants}, each ARN once and in order`;
}

/** Statements in one local. */
interface StatementList {
  /** Where they come from, for the reader of the Terraform. @default what each says of itself */
  readonly source?: string | undefined;
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
  if (source !== undefined) {
    comment(local, source);
  }
  commentReasons(local, "", statements);
  concern(local, about);
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
  if (props.source !== undefined) {
    comment(local, props.source);
  }
  concern(local, props.statementsConcern);
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
