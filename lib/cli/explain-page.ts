import { DEFAULT_NAMES } from "../remotion/default-names.js";
import { REMOTION_VERSION } from "../remotion/release.js";
import { needsOfRelease } from "../remotion/releases.js";
import { profilesPage } from "../verify/report/profiles-page.js";
import type { Console } from "./console.js";
import { type ExplainOptions, explainedRelease, roleProfile, userProfile } from "./explain.js";
import { VERSION } from "./version.js";

/**
 * Prints a page with the profiles of a policy side by side.
 *
 * @returns the exit code
 * @throws UsageError when the principal has no such profile, or `remotion` is no release
 */
export function explainPage(
  { principal, profile, remotion }: Omit<ExplainOptions, "format">,
  console: Console,
): number {
  const release = explainedRelease(remotion, console);
  console.result(
    profilesPage({
      ...(principal === "role"
        ? { actor: "role", profile: roleProfile(profile) }
        : { actor: "user", profile: userProfile(profile) }),
      principal,
      name: NAMES[principal],
      version: VERSION,
      needs: release ?? needsOfRelease(REMOTION_VERSION),
    }),
  );
  return 0;
}

const NAMES: Readonly<Record<ExplainOptions["principal"], string>> = {
  user: DEFAULT_NAMES.user,
  role: DEFAULT_NAMES.lambdaRole,
  "execution-role": DEFAULT_NAMES.executionRolePolicy,
};
