import type { Accepted } from "./accepted.js";
import { type Answer, type Verification, worse } from "./answer.js";
import type { VerifiedReading } from "./verify-reading.js";

/** What else ends a run with 1. */
export interface Strictness {
  /** What is in excess of the profile. @default false */
  readonly excess: boolean;
  /** What Remotion goes on without. @default false */
  readonly tolerated: boolean;
  /** What is not told counts as allowed. @default false */
  readonly allowUntold: boolean;
}

/** What a file comes to. */
export interface Outcome {
  /** `untold` also where the file has nobody of Remotion's, and where others may be who are not in it. */
  readonly complete: "complete" | "missing" | "untold";
  /** 0 nothing is missing; 1 something is, or too much is granted; 3 nothing is missing, something untold. */
  readonly exitCode: 0 | 1 | 3;
  /** Why, where that is not what is missing or untold. */
  readonly reasons: readonly string[];
}

/** What a file comes to, for those who are meant for Remotion, without what is accepted. */
export function outcomeOf(
  { verified, incomplete }: VerifiedReading,
  { excess, tolerated, allowUntold }: Strictness,
  accepted: Accepted,
): Outcome {
  const meant = verified.filter(({ standing }) => standing === "meant");
  const open = new OpenAnswers(accepted);
  const worst = meant.map((one) => open.of(one)).reduce<Answer>(worse, "allowed");
  const nobody = meant.length === 0;
  const complete =
    worst === "missing"
      ? "missing"
      : worst === "untold" || nobody || incomplete !== undefined
        ? "untold"
        : "complete";
  const reasons = [
    ...meant.flatMap((one) => (excess ? excessOf(one, accepted) : [])),
    ...(tolerated && meant.some((one) => goesOnWithout(one, accepted))
      ? ["Something is tolerated (--fail-on tolerated)."]
      : []),
    ...meant.flatMap((one) => forbiddenOf(one, accepted)),
  ];
  const failed = complete === "missing" || reasons.length > 0;
  return {
    complete,
    exitCode: failed ? 1 : complete === "untold" && !(allowUntold && !nobody) ? 3 : 0,
    reasons,
  };
}

/** The worst that is said of principals, what is accepted left out. */
class OpenAnswers {
  readonly #accepted: Accepted;
  /** What is said of the APIs, where nothing is accepted: the same of all who lack the same. */
  readonly #known = new Map<Verification["apis"], Answer>();

  constructor(accepted: Accepted) {
    this.#accepted = accepted;
  }

  of(verification: Verification): Answer {
    return verification.findings
      .map(({ answer }) => answer)
      .reduce<Answer>(worse, this.#ofApis(verification));
  }

  #ofApis(verification: Verification): Answer {
    const { apis } = verification;
    if (!this.#accepted.isEmpty) {
      return apis
        .flatMap(({ calls }) => calls)
        .filter((call) => call.answer === "allowed" || !this.#accepted.has(verification, call))
        .map(({ answer }) => answer)
        .reduce<Answer>(worse, "allowed");
    }
    const known =
      this.#known.get(apis) ?? apis.map(({ answer }) => answer).reduce<Answer>(worse, "allowed");
    this.#known.set(apis, known);
    return known;
  }
}

/** Whether Remotion goes on without something, beside whatever else is said. */
function goesOnWithout(verification: Verification, accepted: Accepted): boolean {
  return verification.apis.some(
    (api) =>
      api.answer !== "allowed" &&
      api.calls.some((call) => call.answer === "tolerated" && !accepted.has(verification, call)),
  );
}

function excessOf(verification: Verification, accepted: Accepted): string[] {
  const open = verification.excess.filter((found) => !accepted.has(verification, found));
  return open.length === 0
    ? []
    : [`${verification.principal} has more than its profile (--fail-on excess).`];
}

function forbiddenOf(verification: Verification, accepted: Accepted): string[] {
  return verification.forbidden
    .filter((found) => !accepted.has(verification, found))
    .map(
      ({ policy, action, resource }) =>
        `${verification.principal} may ${action} on ${resource} by ${policy} (--forbid).`,
    );
}
