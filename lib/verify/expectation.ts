import type { ResourceScope } from "../remotion/resource-scope.js";
import type { SampleScope } from "../remotion/sample-request.js";
import { ExcessFinder } from "./excess.js";
import type { NeededCall } from "./needed-call.js";
import { type Part, type Requirement, referencePolicy, requirementsOf } from "./requirement.js";

/** What is expected of whoever has a part: worked out once, for any number of principals. */
export interface Expectation {
  readonly part: Part;
  readonly requirements: readonly Requirement[];
  /** The calls of all requirements, each once. */
  readonly calls: readonly NeededCall[];
  /** Excess is measured against the profile as wide as it can be, so that narrowing is none. */
  readonly excess: ExcessFinder;
}

/** What is expected of whoever has a part, on resources of a scope. */
export function expectationOf(part: Part, scope: SampleScope): Expectation {
  const requirements = requirementsOf(part, scope);
  const calls = requirements.flatMap((requirement) => requirement.calls);
  return {
    part,
    requirements,
    calls: [
      ...new Map(calls.map((each) => [`${each.call.action} ${each.call.resource}`, each])).values(),
    ],
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
