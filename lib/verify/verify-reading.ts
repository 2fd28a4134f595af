import type { RoleProfile, UserProfile } from "../remotion/profile-names.js";
import type { SampleScope } from "../remotion/sample-request.js";
import type { Reading } from "../terraform/principal.js";
import { KnownPolicies } from "./known-policies.js";
import type { Part } from "./requirement.js";
import { RoleFinder } from "./role-finder.js";
import { concernsRemotion, type Verification, Verifier } from "./verification.js";

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
  const { profile, roleProfile, principal: only, scope } = options;
  const parts: Record<Part["actor"], Part> = {
    user: { actor: "user", profile },
    role: { actor: "role", profile: roleProfile },
  };
  const policies = new KnownPolicies();
  const verifier = new Verifier(scope, policies);
  const roles = new RoleFinder(reading, scope, policies);
  const candidates = reading.principals.filter(({ name }) => only === undefined || name === only);
  const verified: Verification[] = [];
  const skipped: string[] = [];
  for (const principal of candidates) {
    const actor = options.actor ?? (roles.isRole(principal) ? "role" : "user");
    const verification = verifier.verify(principal, parts[actor]);
    if (only !== undefined || concernsRemotion(verification)) {
      verified.push(verification);
    } else {
      skipped.push(principal.name);
    }
  }
  return { verified, skipped };
}
