import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { type AttachedPolicies, evaluate } from "../iam/evaluate/evaluate.js";
import { nameInArn } from "../terraform/iam-name.js";
import type { Principal, PrincipalPolicy } from "../terraform/principal.js";
import { isAllow, listOf, namesAction, statementsOf, type WrittenStatement } from "./statements.js";

const PASS_ROLE = "iam:PassRole";

/** Those of a file who may pass roles to Lambda. */
export class Passers {
  /** Their policies, by the names of the roles that they may pass. */
  readonly #byRole = new Map<string, AttachedPolicies[]>();
  /** Likewise, of those who may pass roles that are not named in full. */
  readonly #ofPatterns: AttachedPolicies[] = [];

  /** @throws PolicyError when a policy of somebody who may pass roles is malformed */
  constructor(principals: readonly Principal[]) {
    // What they may do besides is not asked, so one stands for all that are the same in this.
    const distinct = new Map<string, Principal>();
    for (const principal of principals) {
      if (rolesPassedBy(principal).length > 0) {
        distinct.set(JSON.stringify(principal.policies.flatMap(passing)), principal);
      }
    }
    for (const principal of distinct.values()) {
      this.#add(principal);
    }
  }

  /** Whether somebody may pass a role to Lambda. */
  mayPass(roleArn: string): boolean {
    const request = {
      action: PASS_ROLE,
      resource: roleArn.replace("::*:", "::123456789012:"),
      context: { "iam:PassedToService": "lambda.amazonaws.com" },
    };
    const named = this.#byRole.get(nameInArn(roleArn)) ?? [];
    return [...named, ...this.#ofPatterns].some(
      (policies) => evaluate(request, policies).decision === "allowed",
    );
  }

  #add(principal: Principal): void {
    // A boundary that forbids it makes the role no less the one that is meant to be passed.
    const policies = {
      identity: principal.policies.map(({ document, name }) => compilePolicy(document, name)),
    };
    for (const name of new Set(rolesPassedBy(principal))) {
      if (name === undefined) {
        this.#ofPatterns.push(policies);
        continue;
      }
      const others = this.#byRole.get(name);
      if (others === undefined) {
        this.#byRole.set(name, [policies]);
      } else {
        others.push(policies);
      }
    }
  }
}

/** What a policy says of passing roles: its statements, under the version that says how to read them. */
function passing({ document }: PrincipalPolicy): [unknown, WrittenStatement[]] | [] {
  const statements = statementsOf(document).filter((statement) =>
    namesAction(statement, PASS_ROLE),
  );
  const { Version } = document as { readonly Version?: unknown };
  return statements.length === 0 ? [] : [Version, statements];
}

/** The names of the roles that a principal may pass; undefined for any that is not named in full. */
function rolesPassedBy({ policies }: Principal): (string | undefined)[] {
  return policies
    .flatMap(({ document }) => statementsOf(document))
    .filter((statement) => isAllow(statement) && namesAction(statement, PASS_ROLE))
    .flatMap(rolesNamed);
}

/** The names at the ends of the ARNs that a statement is for; undefined for any that is a pattern. */
function rolesNamed({ Resource }: WrittenStatement): (string | undefined)[] {
  const resources = listOf(Resource);
  return resources.length === 0
    ? [undefined]
    : resources.map((arn) =>
        arn.includes("${") ? undefined : /^arn(?::[^:]*){4}:[^:]*\/([^/*?]+)$/.exec(arn)?.[1],
      );
}
