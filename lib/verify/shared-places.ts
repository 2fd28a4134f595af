import type { CheckedIn, Dimension, Finding, Verification } from "./answer.js";
import { listed } from "./listed.js";

/** Where both must be the same: the function that a user calls runs as the role, and writes to the bucket. */
const PLACES = [
  { dimension: "region", of: ({ regions }: CheckedIn) => regions, plural: "regions" },
  { dimension: "bucket", of: ({ buckets }: CheckedIn) => buckets, plural: "buckets" },
  { dimension: "function", of: ({ functions }: CheckedIn) => functions, plural: "functions" },
] as const satisfies readonly {
  dimension: Dimension;
  of: (checked: CheckedIn) => readonly string[];
  plural: string;
}[];

/**
 * What a user or caller shares with no role of Remotion's functions: each may do its part, and together
 * nothing is rendered.
 *
 * @param roles those that are meant for Remotion
 */
export function nothingShared(user: CheckedIn, roles: readonly Verification[]): Finding[] {
  return PLACES.flatMap(({ dimension, of, plural }): Finding[] => {
    if (roles.length === 0 || !user.narrowed.includes(dimension)) {
      return [];
    }
    const isShared = roles.some(
      ({ checkedIn }) =>
        !checkedIn.narrowed.includes(dimension) ||
        of(checkedIn).some((name) => of(user).includes(name)),
    );
    const theirs = [...new Set(roles.flatMap(({ checkedIn }) => of(checkedIn)))];
    return isShared
      ? []
      : [
          {
            answer: "missing",
            sentence: `it is narrowed to the ${plural} ${listed(of(user))}, and the role of Remotion's functions to ${listed(theirs)}: nothing is rendered in either`,
          },
        ];
  });
}
