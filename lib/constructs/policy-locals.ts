import { type TerraformLocal, Token } from "cdktf";
import type { Construct } from "constructs";
import { PROFILES_WITHOUT_OPTIONS } from "../remotion/option-statements.js";
import { type ExpressionPart, expression } from "./expression.js";
import type { Extras } from "./extra-statements.js";
import { joinedStatements } from "./joined-statements.js";

/** The locals that a policy's statements are in. */
export interface PolicyLocals {
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
  /** What policies with these very locals have in common, for Terraform to pick from by profile. */
  readonly common: CommonStatements;
}

/** Statements of every profile with those of options and grants: a local only where several policies need it. */
interface CommonStatements {
  readonly scope: Construct;
  local?: TerraformLocal;
}

export interface GrantsLocal extends Pick<Extras, "outputBuckets" | "bucketAccesses"> {
  readonly local: TerraformLocal;
}

/** The statements of one policy by itself. */
export function ownStatements(
  locals: PolicyLocals,
  profile: string,
  profiles: readonly string[],
): ExpressionPart {
  const { statements, hasOptionalConditions, options } = locals;
  const fqn = statements?.fqn;
  return joinedStatements(
    {
      statements: fqn !== undefined && picksProfile(locals) ? profileOf(fqn, profile) : fqn,
      hasOptionalConditions,
      optional: [
        ...(options === undefined || !hasOptions(profile)
          ? []
          : [optionsFor(options, profile, Token.isUnresolved(profile) ? profiles : [])]),
        ...grantsIn(locals),
      ],
    },
    "  ",
  );
}

/** The statements of every profile, each as a policy with it has them. */
export function commonStatements(
  locals: PolicyLocals,
  profiles: readonly string[],
): ExpressionPart {
  const { statements, hasOptionalConditions, options } = locals;
  const joined = joinedStatements(
    {
      statements: "statements",
      hasOptionalConditions,
      optional: [
        ...(options === undefined ? [] : [optionsFor(options, "profile", profiles)]),
        ...grantsIn(locals),
      ],
    },
    "  ",
  );
  return expression`{\n  for profile, statements in ${statements?.fqn ?? "{}"} : profile => ${joined}\n}`;
}

function grantsIn({ grants }: PolicyLocals): readonly ExpressionPart[] {
  return grants === undefined ? [] : [grants.local.fqn];
}

/** The statements of options, unless the profile is one without any. */
function optionsFor(
  { fqn }: TerraformLocal,
  profile: string,
  profiles: readonly string[],
): ExpressionPart {
  const without = profiles.filter((each) => !hasOptions(each));
  const [first, ...more] = without.map((each) => expression`${profile} != "${each}"`);
  return first === undefined
    ? fqn
    : expression`[for statement in ${fqn} : statement if ${more.reduce((all, each) => expression`${all} && ${each}`, first)}]`;
}

/** Whether the APIs of a profile, perhaps known to Terraform only, make use of the options. */
export function hasOptions(profile: string): boolean {
  return !PROFILES_WITHOUT_OPTIONS.includes(profile);
}

/** The statements of one profile. */
export function profileOf(statements: string, profile: string): ExpressionPart {
  return Token.isUnresolved(profile)
    ? expression`${statements}[${profile}]`
    : expression`${statements}.${profile}`;
}

/** Whether Terraform picks the profile. */
export function picksProfile({ profile }: PolicyLocals): boolean {
  return Token.isUnresolved(profile);
}
