import { type ArnParts, completedArnParts } from "../iam/evaluate/arn-parts.js";
import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { PolicyError } from "../iam/evaluate/errors.js";
import { UnknownPart } from "../iam/evaluate/unknown-part.js";
import { API_ROWS } from "../remotion/api-calls.js";
import type { Bystanders } from "../terraform/bystanders.js";
import { PolicyDocuments } from "../terraform/policy-text.js";
import type { Principal } from "../terraform/principal.js";
import { documentFacts } from "./document-facts.js";
import { isDefaultName, moduleOfOurs } from "./meant.js";
import { patternsOverlap } from "./patterns-overlap.js";
import { isOfRemotion } from "./probe.js";
import { isRemotions } from "./relevant-outside.js";
import { isAllow, listOf, namesAction, statementsOf, type WrittenStatement } from "./statements.js";
import type { VerifyOptions } from "./verify-options.js";

/** How many policies are known at a time: an account may have one for each of hundreds of thousands. */
const MOST_KNOWN = 5000;

/** A request that makes somebody no bystander: an action on one of these resources, as patterns. */
interface Concern {
  readonly action: string;
  readonly resources: readonly ArnParts[];
}

/**
 * Who has nothing to do with Remotion for sure: nothing that a policy allows can be a request to a function, bucket or
 * role of Remotion's, in whichever place. It is asked of each policy by itself, and less closely than of principals that
 * are held, who may be bystanders all the same.
 */
export class SureBystanders implements Bystanders {
  readonly #options: VerifyOptions;
  #concerns: readonly Concern[] | undefined;
  readonly #byPattern = new Map<string, readonly Concern[]>();
  #known = new Map<unknown, boolean>();

  constructor(options: VerifyOptions) {
    this.#options = options;
  }

  readonly mayBeMeant = (name: string, address: string): boolean => {
    const { named, principal, scope } = this.#options;
    const isName = (one: string | undefined) => one === name || one === address;
    return (
      isDefaultName(name) ||
      name === scope.lambdaRoleName ||
      isName(principal) ||
      named.some((part) => isName(part.name))
    );
  };

  readonly mayBeMeantIn = (moduleSources: readonly string[]): boolean =>
    moduleOfOurs({ moduleSources }) !== undefined;

  readonly mayConcern = (policy: unknown): boolean => {
    const known = this.#known.get(policy);
    if (known !== undefined) {
      return known;
    }
    if (this.#known.size >= MOST_KNOWN) {
      this.#known = new Map();
    }
    const found = this.#isConcern(policy);
    this.#known.set(policy, found);
    return found;
  };

  readonly rolesPassedBy = ({ policies }: Principal): readonly string[] =>
    policies.flatMap(({ document }) => [...documentFacts(document).rolesNamed]);

  #isConcern(policy: unknown): boolean {
    const document =
      typeof policy === "string" ? new PolicyDocuments("", new Map()).of(policy) : policy;
    // What is not told may be given beside the file.
    if (document instanceof UnknownPart) {
      return true;
    }
    try {
      compilePolicy(document, "");
    } catch (error) {
      if (error instanceof PolicyError) {
        return true;
      }
      throw error;
    }
    const { named, passes } = documentFacts(document);
    return (
      named !== undefined ||
      passes ||
      statementsOf(document).some((statement) => isAllow(statement) && this.#allows(statement))
    );
  }

  #allows(statement: WrittenStatement): boolean {
    const { Action, NotAction, Resource, NotResource } = statement;
    this.#concerns ??= concernsOf(this.#options);
    const concerns =
      NotAction === undefined
        ? listOf(Action).flatMap((pattern) => this.#named(pattern))
        : this.#concerns.filter(({ action }) => namesAction(statement, action));
    if (concerns.length === 0) {
      return false;
    }
    const patterns = (NotResource === undefined ? listOf(Resource) : ["*"]).map(completedArnParts);
    return concerns.some(({ resources }) =>
      resources.some((resource) => patterns.some((pattern) => overlap(pattern, resource))),
    );
  }

  /** What a pattern for actions names: few stand in all policies of an account together. */
  #named(pattern: string): readonly Concern[] {
    const known = this.#byPattern.get(pattern);
    if (known !== undefined) {
      return known;
    }
    const found = (this.#concerns ?? []).filter(({ action }) =>
      namesAction({ Action: pattern }, action),
    );
    if (this.#byPattern.size < MOST_KNOWN) {
      this.#byPattern.set(pattern, found);
    }
    return found;
  }
}

/** Whether an ARN may fit both, part by part; a policy variable may be anything. */
function overlap(pattern: ArnParts, resource: ArnParts): boolean {
  return pattern.every((part, index) =>
    patternsOverlap(part.replace(/\$\{[^}]*\}?/g, "*"), resource[index] ?? ""),
  );
}

/** The requests of Remotion's to what only Remotion has, wherever that is. */
function concernsOf({ scope: { bucketNames = [] } }: VerifyOptions): Concern[] {
  // Remotion's buckets may have other names where some are given.
  const hasUsualBuckets = bucketNames.every(isRemotions);
  const byAction = new Map<string, Set<string>>();
  for (const { action, resource } of API_ROWS.flatMap(({ calls }) => calls)) {
    if (isOfRemotion(resource)) {
      const resources = byAction.get(action) ?? new Set();
      const named = hasUsualBuckets ? resource.replace("{bucket}", "remotionlambda-*") : resource;
      byAction.set(action, resources.add(named.replace(/\{\w+\}/g, "*")));
    }
  }
  return Array.from(byAction, ([action, resources]) => ({
    action,
    resources: [...resources].map(completedArnParts),
  }));
}
