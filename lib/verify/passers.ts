import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { PolicyError } from "../iam/evaluate/errors.js";
import { type AttachedPolicies, evaluate } from "../iam/evaluate/evaluate.js";
import { type Glob, matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { nameInArn } from "../terraform/iam-name.js";
import type { Principal } from "../terraform/principal.js";
import { type FunctionsRole, SAMPLE_ACCOUNT } from "./checked-scope.js";
import { documentFacts } from "./document-facts.js";

const PASS_ROLE = "iam:PassRole";

/** Those of a file who may pass roles to Lambda that their policies name in full. */
export class Passers {
  /** Their policies, by the names of the roles. */
  readonly #byRole = new Map<string, AttachedPolicies[]>();

  constructor(principals: readonly Principal[]) {
    const seen = new Set<unknown>();
    for (const { policies } of principals) {
      const passing = policies.filter(({ document }) => documentFacts(document).passes);
      // What they may do besides is not asked, so one stands for all that are the same in this.
      if (passing.some(({ document }) => !seen.has(document))) {
        this.#add(passing);
        for (const { document } of passing) {
          seen.add(document);
        }
      }
    }
  }

  /** Whether somebody may pass this role to Lambda, and names it. */
  passesByName(roleArn: string): boolean {
    const request = {
      action: PASS_ROLE,
      resource: roleArn.replace("::*:", `::${SAMPLE_ACCOUNT}:`),
      context: { "iam:PassedToService": "lambda.amazonaws.com" },
    };
    return (this.#byRole.get(nameInArn(roleArn)) ?? []).some(
      (policies) => evaluate(request, policies).decision === "allowed",
    );
  }

  #add(passing: Principal["policies"]): void {
    // A boundary that forbids it makes the role no less the one that is meant to be passed.
    const attached = { identity: passing.flatMap(compiled) };
    const names = new Set(
      passing.flatMap(({ document }) => [...documentFacts(document).rolesNamed]),
    );
    for (const name of names) {
      const others = this.#byRole.get(name);
      if (others === undefined) {
        this.#byRole.set(name, [attached]);
      } else {
        others.push(attached);
      }
    }
  }
}

/** The policy, ready for requests; nothing where IAM would refuse it. */
function compiled({ document, name }: Principal["policies"][number]) {
  try {
    return [compilePolicy(document, name)];
  } catch (error) {
    if (error instanceof PolicyError) {
      return [];
    }
    throw error;
  }
}

/** How many roles are looked at where a pattern takes them all. */
const MAX_ROLES = 20;

/**
 * Of several roles those that a principal names to pass them; where it names none, those that its patterns
 * take; and where these take none, the first, which it lacks.
 */
export function passedBy(
  principal: Principal,
  roles: readonly FunctionsRole[],
): readonly FunctionsRole[] {
  const facts = principal.policies.map(({ document }) => documentFacts(document));
  const named = roles.filter(({ name }) => facts.some(({ rolesNamed }) => rolesNamed.has(name)));
  if (named.length > 0) {
    return named;
  }
  const patterns = facts.flatMap(({ passed }) => passed).map(parseGlob);
  const taken = patterns.length === 0 ? [] : roles.filter((role) => isTaken(role, patterns));
  return (taken.length > 0 ? taken : roles.slice(0, 1)).slice(0, MAX_ROLES);
}

/** Whether a pattern takes the role, in whichever account. */
function isTaken({ name, path }: FunctionsRole, patterns: readonly Glob[]): boolean {
  return patterns.some((pattern) =>
    ["aws", "aws-cn"].some((partition) =>
      matchesGlob(pattern, `arn:${partition}:iam::${SAMPLE_ACCOUNT}:role${path}${name}`),
    ),
  );
}
