import { type Explanation, explainRole, explainUser } from "../remotion/explain.js";
import type { RoleProfile, UserProfile } from "../remotion/profile-names.js";
import {
  KNOWN_RELEASES,
  type ReleaseNeeds,
  releaseStatements,
  type StockPolicy,
} from "../remotion/releases.js";
import type { StatementFact } from "../remotion/statement-fact.js";
import type { ALL_PROFILES, EXPLAIN_FORMATS } from "./choices.js";
import type { Console } from "./console.js";
import { profileNotFor } from "./errors.js";
import { remotionRelease } from "./remotion-release.js";

/** What `explain` was asked for. */
export interface ExplainOptions {
  readonly principal: "user" | "role" | "execution-role";
  readonly profile: (typeof ALL_PROFILES)[number];
  readonly format: Exclude<(typeof EXPLAIN_FORMATS)[number], "html">;
  /** The release of Remotion that is used. @default the newest known */
  readonly remotion?: string | undefined;
}

const HEAD = ["Permission", "Scope", "Reason", "Needed by"] as const;

/**
 * Prints what each permission of a policy is for.
 *
 * @returns the exit code
 * @throws UsageError when the principal has no such profile, or `remotion` is no release
 */
export function explain(options: ExplainOptions, console: Console): number {
  const { principal, profile, format, remotion } = options;
  const release = explainedRelease(remotion, console);
  const explanations =
    principal === "role"
      ? explainRole(...profileAndStatements(release, "role", roleProfile(profile)))
      : explainUser(...profileAndStatements(release, "user", userProfile(profile)));
  console.result(FORMATS[format](explanations));
  return 0;
}

/** The release that `--remotion` names, with what is to be said of it; undefined without the option. */
export function explainedRelease(
  remotion: string | undefined,
  console: Console,
): ReleaseNeeds | undefined {
  const release = remotionRelease(remotion, "aws", console);
  if (release?.isCurrent === false) {
    console.note(
      `The statements are those of Remotion ${release.readAs}. What needs them is told by the calls of ${KNOWN_RELEASES.newest}.`,
    );
  }
  return release;
}

/** What explains a profile of a release; without one, the newest is explained. */
function profileAndStatements<Profile extends RoleProfile | UserProfile>(
  release: ReleaseNeeds | undefined,
  principal: StockPolicy,
  profile: Profile,
): [Profile, statements?: readonly StatementFact[]] {
  return release === undefined
    ? [profile]
    : [profile, releaseStatements(release, principal, profile)];
}

/** The profile, if the role of Remotion's functions has it. @throws UsageError when it has not */
export function roleProfile(profile: string): RoleProfile {
  if (profile !== "full" && profile !== "minimal") {
    throw profileNotFor("the role of Remotion's functions", profile, ["full", "minimal"]);
  }
  return profile;
}

/** The profile, if users and callers have it. @throws UsageError when they have not */
export function userProfile(profile: string): UserProfile {
  if (profile !== "full" && profile !== "render" && profile !== "deploy") {
    throw profileNotFor("users and callers", profile, ["full", "render", "deploy"]);
  }
  return profile;
}

const FORMATS: Record<ExplainOptions["format"], (rows: readonly Explanation[]) => string> = {
  json: (rows) => JSON.stringify(rows, null, 2),
  markdown: (rows) =>
    [[...HEAD], HEAD.map(() => "---"), ...rows.map(cellsOf)]
      .map((cells) => `| ${cells.join(" | ")} |`)
      .join("\n"),
  table: (rows) =>
    rows
      .map(({ sid, actions, scope, reason, neededBy, option }) =>
        [
          sid + (option === undefined ? "" : ` (with ${option})`),
          ...actions.map((action) => `  ${action}`),
          `    scope      ${scope}`,
          `    reason     ${reason}`,
          `    needed by  ${neededBy.length > 0 ? neededBy.join(", ") : `nothing in ${KNOWN_RELEASES.newest}`}`,
        ].join("\n"),
      )
      .join("\n\n"),
};

function cellsOf({ actions, scope, reason, neededBy }: Explanation): string[] {
  const code = (text: string) => `\`${text}\``;
  return [actions.map(code).join("<br>"), scope, reason, neededBy.map(code).join(", ")];
}
