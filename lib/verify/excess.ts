import { type Glob, matchesGlob, parseGlob } from "../iam/evaluate/glob.js";
import type { PolicyDocument } from "../iam/policy-document.js";
import { bucketGrantStatements } from "../remotion/bucket-grants.js";
import type { OutputBucket } from "../remotion/output-bucket.js";
import type { Excess } from "./answer.js";
import { onceEach } from "./once-each.js";
import { isAllow, listOf, statementsOf, type WrittenStatement } from "./statements.js";

/** A statement of the reference, as patterns. */
interface Reference {
  readonly actions: readonly Glob[];
  readonly resources: readonly Glob[];
}

/** Statements of the reference that cover the same actions, and which resources they are known to cover. */
interface Covering {
  readonly statements: readonly Reference[];
  readonly resources: Map<string, boolean>;
}

/** What policies allow beyond a reference. */
export class ExcessFinder {
  readonly #reference: readonly Reference[];
  readonly #covering = new Map<string, Covering>();
  readonly #found = onceEach((statement: WrittenStatement) => this.#excessIn(statement));

  /** @param outputBuckets buckets that are wanted beside the reference */
  constructor({ Statement }: PolicyDocument, outputBuckets: readonly OutputBucket[] = []) {
    const wanted = bucketGrantStatements(outputBuckets, "aws").concat(
      bucketGrantStatements(outputBuckets, "aws-cn"),
    );
    this.#reference = [...Statement, ...wanted].map(({ Action, Resource }) => ({
      actions: Action.map((action) => parseGlob(action.toLowerCase())),
      resources: Resource.map(parseGlob),
    }));
  }

  /**
   * What the Allow statements of a policy name and the reference does not cover, pair by pair. A
   * pattern is covered by the same pattern, or by a wider one; conditions are not looked at.
   */
  excessOf(policy: string, document: unknown): Excess[] {
    return statementsOf(document).flatMap((statement) =>
      this.#found(statement).map((pair) => ({ policy, ...pair })),
    );
  }

  #excessIn(statement: WrittenStatement): readonly Omit<Excess, "policy">[] {
    if (!isAllow(statement)) {
      return [];
    }
    const resources = named(statement, "Resource");
    return named(statement, "Action").flatMap((action) => {
      const covering = this.#coveringOf(action);
      return resources
        .filter((resource) => !coversResource(covering, resource))
        .map((resource) => ({ action, resource }));
    });
  }

  #coveringOf(action: string): Covering {
    const known = this.#covering.get(action);
    if (known !== undefined) {
      return known;
    }
    const folded = action.toLowerCase();
    const statements = this.#reference.filter(({ actions }) => covers(actions, folded));
    const covering = [...this.#covering.values()].find((other) =>
      isSameList(other.statements, statements),
    ) ?? { statements, resources: new Map<string, boolean>() };
    this.#covering.set(action, covering);
    return covering;
  }
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function coversResource({ statements, resources }: Covering, resource: string): boolean {
  let covered = resources.get(resource);
  if (covered === undefined) {
    covered = statements.some((statement) => covers(statement.resources, resource));
    resources.set(resource, covered);
  }
  return covered;
}

/** Whether a pattern matches whatever the other one matches: its stars take the other's stars. */
function covers(wide: readonly Glob[], narrow: string): boolean {
  return wide.some((glob) => matchesGlob(glob, narrow));
}

function named(statement: WrittenStatement, element: string): string[] {
  const all = listOf(statement[element]);
  const except = listOf(statement[`Not${element}`]).map((value) => `not ${value}`);
  return [...all, ...except];
}
