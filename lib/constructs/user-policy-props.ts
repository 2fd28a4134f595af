import type { IResolvable } from "cdktf";
import { LAYER_VERSION_ARN } from "../iam/rules.js";
import { kindsOf } from "../iam/value-kind.js";
import { USER_PROFILES } from "../remotion/profile-names.js";
import { userStatements } from "../remotion/profiles.js";
import { CONCERNS } from "./concern.js";
import { choice, FLAG, texts } from "./kinds.js";
import type { PolicyTextProps } from "./policy-text.js";
import { NARROWING, type RemotionNarrowing } from "./remotion-narrowing.js";
import { statementsSource } from "./statements-source.js";

/** What the policy of a user, or of a caller without long-term keys, allows. Each may be a token. */
export interface UserPolicyProps {
  /** `full` (Remotion's own policy), `render` or `deploy`. @default "full" */
  readonly profile?: string;
  /** What Remotion's wildcards are narrowed to. @default nothing */
  readonly narrowing?: RemotionNarrowing;
  /** Layers of one's own for functions, as ARNs with their versions. @default none */
  readonly customLayerArns?: readonly string[] | IResolvable;
  /** Functions may be deployed into a VPC. @default false */
  readonly vpc?: boolean | IResolvable;
  /** Lambda Insights also where AWS publishes it from accounts of the region's own. @default false */
  readonly allInsightsRegions?: boolean | IResolvable;
}

/** The declaration of those props. */
export const USER_POLICY_KINDS = kindsOf<UserPolicyProps>()({
  profile: choice(USER_PROFILES),
  narrowing: NARROWING,
  customLayerArns: texts(LAYER_VERSION_ARN),
  vpc: FLAG,
  allInsightsRegions: FLAG,
});

/** The parts of a policy's text that a user and a caller have in common. */
export function userPolicyText(
  props: UserPolicyProps,
): Omit<PolicyTextProps, "names" | "outputBuckets"> {
  const { profile = "full", narrowing, customLayerArns, vpc, allInsightsRegions } = props;
  return {
    principal: "user",
    profiles: Object.fromEntries(USER_PROFILES.map((name) => [name, userStatements(name)])),
    profile,
    source: statementsSource(profile, "getUserPolicy()"),
    statementsConcern: CONCERNS.userStatements,
    narrowing,
    customLayerArns,
    vpc,
    allInsightsRegions,
  };
}
