import type { Verification } from "./answer.js";

/** A finding that somebody has looked at and lives with, for a time. */
export interface AcceptedFinding {
  /** Name or address of the principal. @default every one */
  readonly principal?: string;
  /** The action that is missing, tolerated, untold, in excess or forbidden. */
  readonly action: string;
  /** The resource, as the report names it. @default every one */
  readonly resource?: string;
  /** Why it is accepted. */
  readonly reason: string;
  /** The last day on which it is, as in 2027-01-31. */
  readonly until: string;
}

/** What an accepted finding is compared with. */
export interface FoundThing {
  readonly action: string;
  readonly resource: string;
}

/** The findings that are accepted today. */
export class Accepted {
  readonly #findings: readonly AcceptedFinding[];
  readonly #today: string;

  /** @param today as in 2027-01-31 */
  constructor(findings: readonly AcceptedFinding[], today: string) {
    this.#findings = findings;
    this.#today = today;
  }

  /** Whether there are none. */
  get isEmpty(): boolean {
    return this.#findings.length === 0;
  }

  /** Those whose last day is over. */
  get expired(): readonly AcceptedFinding[] {
    return this.#findings.filter(({ until }) => until < this.#today);
  }

  /** Whether something that was found of a principal is accepted. */
  has(verification: Verification, found: FoundThing): boolean {
    return this.find(verification, found) !== undefined;
  }

  /** Who accepts it, and why; undefined where nobody does. */
  find({ principal, address }: Verification, found: FoundThing): AcceptedFinding | undefined {
    return this.#findings.find(
      (accepted) =>
        accepted.until >= this.#today &&
        accepted.action.toLowerCase() === found.action.toLowerCase() &&
        (accepted.principal === undefined ||
          accepted.principal === principal ||
          accepted.principal === address) &&
        (accepted.resource === undefined || accepted.resource === found.resource),
    );
  }
}
