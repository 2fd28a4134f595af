import type { Comparison, Difference, DifferenceKind } from "./compare.js";

/** A reason for what the tool does not know and the judge does, or for what it refuses and the judge allows. */
interface Reason {
  readonly kinds: readonly DifferenceKind[];
  readonly name: string;
  readonly fits: (difference: Difference) => boolean;
}

/** All differences that are explained, of roots with something unknown: whatever is none of these is a fault. */
const REASONS: readonly Reason[] = [
  {
    kinds: ["needless untold"],
    name: "the plan has a list of policies that is known after the apply, and not what it holds beside those it refers to",
    fits: ({ because }) => because.includes("may give more policies than those that it refers to"),
  },
  {
    kinds: ["needless untold"],
    name: "the plan has no text of a policy with a reference that is known after the apply, and the generator has",
    fits: ({ because }) => because.includes("known only after the apply"),
  },
  {
    kinds: ["needless untold"],
    name: "the plan has no text of a policy that another root makes",
    fits: ({ because }) => because.includes("of-another-team"),
  },
  {
    kinds: ["needless untold"],
    name: "the plan does not tell the account, and no option does",
    fits: ({ because }) =>
      because.includes("the account, which is not known") ||
      because.includes("the caller's account is not told"),
  },
  {
    kinds: ["needless untold"],
    name: "whether a user or a role will have the policy is not told, and a role has no user's name",
    fits: ({ principal, because }) =>
      principal.startsWith("aws_iam_policy.") &&
      /aws:username\}? is decided by the caller's session$/.test(because),
  },
  {
    kinds: ["needless untold"],
    name: "conditions on keys that only the session decides exclude each other, and each is open by itself",
    fits: ({ because, asksTwice }) =>
      because.split("is decided by").length > (asksTwice === true ? 1 : 2),
  },
  {
    kinds: ["overlooked"],
    name: "what it may do is not told, and nothing says that it is there for Remotion",
    fits: ({ because }) => because !== "",
  },
];

/** What many roots came to. */
export class Tally {
  readonly #answers = new Map<string, number>();
  readonly #explained = new Map<string, number>();
  readonly #faults: Difference[] = [];
  #roots = 0;
  #principals = 0;
  #knownRoots = 0;
  #untoldWhereKnown = 0;

  /** Counts a root. */
  add({ principals, answers, differences, isKnown }: Comparison): void {
    this.#roots += 1;
    this.#principals += principals;
    for (const [answer, count] of Object.entries(answers)) {
      increase(this.#answers, answer, count);
    }
    if (isKnown) {
      this.#knownRoots += 1;
      this.#untoldWhereKnown += answers["untold"] ?? 0;
    }
    for (const difference of differences) {
      const reason = REASONS.find(
        ({ kinds, fits }) => !isKnown && kinds.includes(difference.kind) && fits(difference),
      );
      if (reason === undefined) {
        this.#faults.push(difference);
      } else {
        increase(this.#explained, `${difference.kind}: ${reason.name}`, 1);
      }
    }
  }

  /** Differences that nothing explains. */
  get faults(): readonly Difference[] {
    return this.#faults;
  }

  /** How many answers are untold in roots that have all that decides. */
  get untoldWhereKnown(): number {
    return this.#untoldWhereKnown;
  }

  /** How many requests were compared. */
  get requests(): number {
    return Array.from(this.#answers.values()).reduce((sum, count) => sum + count, 0);
  }

  /** What is printed, a line each. */
  get lines(): readonly string[] {
    const untold = this.#answers.get("untold") ?? 0;
    const share = ((100 * untold) / Math.max(1, this.requests)).toFixed(2);
    const count = (kind: DifferenceKind) => this.#faults.filter((one) => one.kind === kind).length;
    return [
      `roots ${this.#roots}, principals ${this.#principals}, calls ${this.requests}`,
      `answers ${[...this.#answers].map(([answer, number]) => `${answer} ${number}`).join(", ")}`,
      `false yes ${count("false yes")}, false no ${count("false no")}, needless untold ${count("needless untold")}, unasked ${count("unasked")}, overlooked ${count("overlooked")}`,
      ...[...this.#explained].map(([reason, number]) => `explained ${number}: ${reason}`),
      `untold ${share} %; where all is known (${this.#knownRoots} roots) ${this.#untoldWhereKnown}`,
    ];
  }
}

function increase(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
