import { type AttachedPolicies, evaluate } from "../iam/evaluate/evaluate.js";
import { type Glob, matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import { exampleOf, nameInArn } from "../terraform/iam-name.js";
import type { Principal } from "../terraform/principal.js";
import { type FunctionsRole, SAMPLE_ACCOUNT } from "./checked-scope.js";
import { documentFacts } from "./document-facts.js";
import type { Known } from "./who-is-who.js";

const PASS_ROLE = "iam:PassRole";

/** Those of a file who may pass roles to Lambda that their policies name in full. */
export class Passers {
  /** Their policies, by the names of the roles. */
  readonly #byRole = new Map<string, AttachedPolicies[]>();

  constructor(passing: readonly Known[]) {
    const seen = new Set<unknown>();
    for (const { policies } of passing) {
      const documents = policies.documents.filter((document) => documentFacts(document).passes);
      // What they may do besides is not asked, so one stands for all that are the same in this.
      if (documents.some((document) => !seen.has(document))) {
        this.#add(policies);
        for (const document of documents) {
          seen.add(document);
        }
      }
    }
  }

  /** Whether somebody may pass this role to Lambda, and names it. */
  passesByName(roleArn: string): boolean {
    const resource = exampleOf(roleArn.replace("::*:", `::${SAMPLE_ACCOUNT}:`));
    const request = {
      action: PASS_ROLE,
      resource,
      context: { "iam:PassedToService": "lambda.amazonaws.com" },
    };
    return (this.#byRole.get(nameInArn(resource)) ?? []).some(
      (policies) => evaluate(request, policies).decision === "allowed",
    );
  }

  #add({ identity, documents }: Known["policies"]): void {
    const facts = documents.map(documentFacts);
    // A boundary that forbids it makes the role no less the one that is meant to be passed.
    const attached = { identity: identity.filter((_policy, index) => facts[index]?.passes) };
    const names = new Set(
      facts.flatMap(({ passes, rolesNamed }) => (passes ? [...rolesNamed] : [])),
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
