import type { RoleProfile, UserProfile } from "../remotion/profile-names.js";
import type { SampleScope } from "../remotion/sample-request.js";
import type { Reading } from "../terraform/principal.js";
import { Actors } from "./actors.js";
import { type Expectation, expectationOf } from "./expectation.js";
import { KnownPolicies } from "./known-policies.js";
import type { Part } from "./requirement.js";
import { concernsRemotion, type Verification, verifyPrincipal } from "./verification.js";

/** What a file is verified for. */
export interface VerifyOptions {
  /** What users and callers are for. */
  readonly profile: UserProfile;
  /** What the role that Remotion's functions run as is for. */
  readonly roleProfile: RoleProfile;
  /** What the principals are to Remotion. @default told by their names, trust and policies */
  readonly actor?: Part["actor"];
  /** Only the principal of this name. @default every one that has to do with Remotion */
  readonly principal?: string;
  /** What the samples of resources are made of. */
  readonly scope: SampleScope;
}

/** What was found in a file. */
export interface VerifiedReading {
  readonly verified: readonly Verification[];
  /** Principals that are allowed nothing that Remotion needs. */
  readonly skipped: readonly string[];
}

/**
 * Verifies every principal of a file that has to do with Remotion.
 *
 * @throws PolicyError when a policy is malformed
 */
export function verifyReading(reading: Reading, options: VerifyOptions): VerifiedReading {
  const { principal: only } = options;
  const candidates = reading.principals.filter(({ name }) => only === undefined || name === only);
  const expectations = expectationsFor(options);
  const known = new KnownPolicies();
  const actors = new Actors(reading, options.scope);
  const verified: Verification[] = [];
  const skipped: string[] = [];
  for (const principal of candidates) {
    const policies = known.attachedTo(principal);
    const actor = options.actor ?? (actors.isRole(principal, policies) ? "role" : "user");
    const expectation = expectations[actor]();
    if (only !== undefined || concernsRemotion(principal, policies, expectation)) {
      verified.push(verifyPrincipal(principal, policies, expectation));
    } else {
      skipped.push(principal.name);
    }
  }
  return { verified, skipped };
}

/** What is expected of users and of roles; worked out when the first of them comes. */
function expectationsFor(options: VerifyOptions): Record<Part["actor"], () => Expectation> {
  const { profile, roleProfile, scope } = options;
  const once = (part: Part) => {
    let expectation: Expectation | undefined;
    return () => {
      expectation ??= expectationOf(part, scope);
      return expectation;
    };
  };
  return {
    user: once({ actor: "user", profile }),
    role: once({ actor: "role", profile: roleProfile }),
  };
}
