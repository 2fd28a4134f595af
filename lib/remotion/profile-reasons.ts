import type { RoleProfile, UserProfile } from "./profile-names.js";

/** The profiles whose statements are derived from calls. */
export type DerivedProfile = Exclude<UserProfile | RoleProfile, "full">;

/**
 * Why a derived profile has a statement, by its Sid: one sentence that is true of these resources for these APIs.
 * Some stand in policies for older releases alone.
 */
export const PROFILE_REASONS: Readonly<Record<DerivedProfile, Readonly<Record<string, string>>>> = {
  render: {
    Listing: "Find the Remotion bucket for props that are too large to be passed to the function.",
    Functions: "Start renders and stills, list compositions, and ask how far a render is.",
    Buckets:
      "See which region a bucket is in, and tell a video that is not there yet from one that is forbidden.",
    Objects: "Read the progress of renders, and presign and download what they made.",
    InputPropsAndCancellation:
      "Store props that are too large to be passed to the function, and mark a render as cancelled.",
  },
  deploy: {
    Listing:
      "Find the functions and the bucket that are there already, and read AWS's usual limit on concurrency.",
    Functions:
      "Create, configure and delete functions, read their settings, and ask each for its version.",
    Layers: "Put the layers with Chrome and the compositor into a function.",
    LayersAndInsights:
      "Put the layers with Chrome and the compositor, and Lambda Insights, into a function.",
    PassRole: "Hand the role that Remotion's functions run as to a function when it is created.",
    Buckets:
      "Create and configure the bucket that Remotion keeps in each region, and list its sites.",
    Sites: "Write, read and delete sites, and clean up after an upload that failed half-way.",
    Logs: "Create a function's log group and set how long its logs are kept.",
    ConcurrencyQuota:
      "Read the limit on concurrent Lambda executions, ask AWS to raise it, and see what became of that.",
  },
  minimal: {
    Functions: "Spread one render over many invocations of the same function.",
    Buckets:
      "Learn that a video, or the mark that cancels a render, is not there, and not merely forbidden.",
    InputProps:
      "Read props that were too large to be passed to the function, and delete them after the render.",
    ResolvedPropsAndRenders:
      "Read and write a render's progress, large props and chunks, write what it made, and delete what is left over.",
    Logs: "Write the function's logs.",
    LogsAndInsightsLogs: "Write the function's logs and its Lambda Insights metrics.",
    InsightsLogGroup: "Let Lambda Insights create its log group on first use.",
  },
};
