import type { ResourceScope } from "../remotion/resource-scope.js";
import type { SampleScope } from "../remotion/sample-request.js";
import { ExcessFinder } from "./excess.js";
import type { NeededRequest } from "./needed-request.js";
import { type Part, referencePolicy, requirementsOf } from "./requirement.js";
import { Verdicts } from "./verdicts.js";

/** What is expected of whoever has a part: worked out once, for any number of principals. */
export interface Expectation {
  readonly part: Part;
  /** All that must be allowed, each request once. */
  readonly requests: readonly NeededRequest[];
  /** What is said of those who lack some of it, or nothing. */
  readonly verdicts: Verdicts;
  /** Excess is measured against the profile as wide as it can be, so that narrowing is none. */
  readonly excess: ExcessFinder;
}

/** What is expected of whoever has a part, on resources of a scope. */
export function expectationOf(part: Part, scope: SampleScope): Expectation {
  const requirements = requirementsOf(part, scope);
  const calls = requirements.flatMap((requirement) => requirement.calls);
  return {
    part,
    requests: [...new Set(calls.map(({ request }) => request))],
    verdicts: new Verdicts(requirements),
    excess: new ExcessFinder(referencePolicy(part, widestScope(scope))),
  };
}

function widestScope({ partition, lambdaRoleName, lambdaRolePath }: SampleScope): ResourceScope {
  return {
    ...(partition === undefined ? {} : { partition }),
    ...(lambdaRoleName === undefined ? {} : { lambdaRoleName }),
    ...(lambdaRolePath === undefined ? {} : { lambdaRolePath }),
  };
}
