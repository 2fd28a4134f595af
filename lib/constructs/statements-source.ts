import { Token } from "cdktf";
import { REMOTION_VERSION } from "../remotion/release.js";

/**
 * Where the statements of a profile come from, for the reader of the Terraform.
 *
 * @param policyFunction Remotion's function that gives the policy of the profile `full`
 */
export function statementsSource(profile: string, policyFunction: string): string {
  if (Token.isUnresolved(profile)) {
    return `Statements by profile: full is Remotion ${REMOTION_VERSION}, ${policyFunction}.`;
  }
  return profile === "full"
    ? `Statements of Remotion ${REMOTION_VERSION}, ${policyFunction}.`
    : `The profile ${profile}: what its APIs call in Remotion ${REMOTION_VERSION}.`;
}
