import type { Expectation } from "./expectation.js";
import type { OpenRequest } from "./known-answers.js";
import type { ApiRequest } from "./needed-request.js";

/** The profile that a principal is nearest to. */
export interface Nearest {
  readonly expectation: Expectation;
  /** Whether nothing of the profile is missing, and nothing of another one in excess. */
  readonly fits: boolean;
  /** The next nearest, if there is another. */
  readonly next?: Expectation;
}

/**
 * The profile with the fewest requests missing and in excess together, as a share of all that the principal
 * is allowed or the profile asks for: else the smallest profile would be near to everything. Of two that are
 * as near, the wider one. A request counts as allowed where it is on one combination, and what is not told
 * counts for every profile.
 *
 * @param expectations of all profiles, the widest first; at least one
 * @param open what is not allowed of all that any profile asks for
 */
export function nearest(
  expectations: readonly Expectation[],
  open: readonly OpenRequest[],
): Nearest {
  const allowed = allowedOf(expectations, open);
  const ranked = expectations
    .map((expectation) => ({ expectation, distance: distanceTo(expectation, allowed) }))
    // The sort is stable: the wider one stays first.
    .sort((one, other) => one.distance - other.distance);
  const [first, second] = ranked;
  if (first === undefined) {
    throw new Error("There is no profile to choose from.");
  }
  return {
    expectation: first.expectation,
    fits: first.distance === 0,
    ...(second === undefined ? {} : { next: second.expectation }),
  };
}

/** What is allowed of all that any profile asks for; undefined beside what is not told. */
function allowedOf(
  [first]: readonly Expectation[],
  open: readonly OpenRequest[],
): ReadonlyMap<ApiRequest, true | undefined> {
  const allowed = new Map<ApiRequest, true | undefined>();
  for (const { shared, others } of first?.ofAnyProfile ?? []) {
    for (const { request } of [...shared, ...others]) {
      allowed.set(request, true);
    }
  }
  for (const [{ request }, { answer, somewhere }] of open) {
    if (!somewhere && answer === "untold") {
      allowed.set(request, undefined);
    } else if (!somewhere) {
      allowed.delete(request);
    }
  }
  return allowed;
}

/** From 0, where both are the same, to 1, where they share nothing. */
function distanceTo(
  { allowedByProfile }: Expectation,
  allowed: ReadonlyMap<ApiRequest, true | undefined>,
): number {
  let inExcess = 0;
  for (const [request, isTold] of allowed) {
    if (isTold && !allowedByProfile.has(request)) {
      inExcess += 1;
    }
  }
  let both = 0;
  for (const request of allowedByProfile) {
    if (allowed.has(request)) {
      both += 1;
    }
  }
  return 1 - both / Math.max(1, allowedByProfile.size + inExcess);
}
