import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { type AttachedPolicies, evaluate } from "../iam/evaluate/evaluate.js";
import { nameInArn } from "../terraform/iam-name.js";
import type { Principal } from "../terraform/principal.js";
import { isAllow, listOf, namesAction, statementsOf, type WrittenStatement } from "./statements.js";

const PASS_ROLE = "iam:PassRole";

/** The statements of a policy that are about passing roles, as a policy. */
interface PassingPolicy {
  readonly Version?: unknown;
  readonly Statement: readonly WrittenStatement[];
}

/** Those of a file who may pass roles to Lambda. */
export class Passers {
  /** Their policies as to passing, by the names of the roles that they are for. */
  readonly #byRole = new Map<string, AttachedPolicies[]>();
  /** Likewise, of those who may pass roles that are not named in full. */
  readonly #ofPatterns: AttachedPolicies[] = [];

  /** @throws PolicyError when a statement about passing roles is malformed */
  constructor(principals: readonly Principal[]) {
    // What they may do besides is not asked, so that most of them are one and the same.
    const distinct = new Map<string, readonly PassingPolicy[]>();
    for (const { policies } of principals) {
      const passing = policies.flatMap(({ document }) => passingPolicy(document) ?? []);
      if (passing.some(({ Statement }) => Statement.some(isAllow))) {
        distinct.set(JSON.stringify(passing), passing);
      }
    }
    for (const passing of distinct.values()) {
      this.#add(passing);
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

  #add(passing: readonly PassingPolicy[]): void {
    // A boundary that forbids it makes the role no less the one that is meant to be passed.
    const policies = { identity: passing.map((document) => compilePolicy(document, "policy")) };
    const names = new Set(
      passing.flatMap(({ Statement }) => Statement.filter(isAllow).flatMap(rolesNamed)),
    );
    if (names.has(undefined)) {
      this.#ofPatterns.push(policies);
      return;
    }
    for (const name of names) {
      const others = this.#byRole.get(name ?? "");
      if (others === undefined) {
        this.#byRole.set(name ?? "", [policies]);
      } else {
        others.push(policies);
      }
    }
  }
}

/** What a policy says of passing roles; undefined where that is nothing. */
function passingPolicy(document: unknown): PassingPolicy | undefined {
  const Statement = statementsOf(document).filter((statement) => namesAction(statement, PASS_ROLE));
  const { Version } = document as { readonly Version?: unknown };
  return Statement.length === 0
    ? undefined
    : { ...(Version === undefined ? {} : { Version }), Statement };
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
