import { compilePolicy } from "../iam/evaluate/compile-policy.js";
import { evaluate } from "../iam/evaluate/evaluate.js";
import { PARTITIONS } from "../iam/partition.js";
import { API_ROWS } from "../remotion/api-calls.js";
import { FURTHER_INSIGHTS_LAYERS } from "../remotion/layers.js";
import { sampleRequest } from "../remotion/sample-request.js";
import { sampleRegion } from "./checked-scope.js";
import { type Part, partsOf } from "./part.js";
import { referencePolicy } from "./reference-policy.js";

/** Which calls the policy of a profile allows: for each call 1 or 0. */
interface AllowedIn {
  readonly anyRegion: string;
  /** Where AWS publishes Lambda Insights from an account of the region's own. */
  readonly ownInsights: string;
}

/** Which calls of the table of API calls the policies of the profiles allow. */
export interface ProfileCalls {
  /** Each call once: its action, a blank, its resource. */
  readonly calls: readonly string[];
  /** By the actor, the profile and the partition, with a blank between them. */
  readonly allowed: Readonly<Record<string, AllowedIn>>;
}

/**
 * Worked out by the build, and here when it is first imported: that is a thousand evaluations. What else than the
 * partition a policy is narrowed to, regions, buckets or functions, changes nothing for calls there.
 */
export const PROFILE_CALLS: ProfileCalls = profileCalls();

function profileCalls(): ProfileCalls {
  const calls = new Map(
    API_ROWS.flatMap((row) => row.calls).map((call) => [`${call.action} ${call.resource}`, call]),
  );
  const allowedIn = (part: Part, partition: string, region: string) => {
    const scope = { partition, regions: [region] };
    const policies = { identity: [compilePolicy(referencePolicy(part, scope), "reference")] };
    return Array.from(calls.values(), (call) =>
      evaluate(sampleRequest(call, scope), policies).decision === "allowed" ? "1" : "0",
    ).join("");
  };
  const [, , , ownRegion = ""] = FURTHER_INSIGHTS_LAYERS[0]?.split(":") ?? [];
  const allowed = [...partsOf("user"), ...partsOf("role")].flatMap((part) =>
    PARTITIONS.map((partition): [string, AllowedIn] => [
      `${part.actor} ${part.profile} ${partition}`,
      {
        anyRegion: allowedIn(part, partition, sampleRegion(partition)),
        ownInsights: allowedIn(part, partition, ownRegion),
      },
    ]),
  );
  return { calls: [...calls.keys()], allowed: Object.fromEntries(allowed) };
}
