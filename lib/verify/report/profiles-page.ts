import { htmlPage } from "../../html/page.js";
import { policyDocument } from "../../iam/policy-document.js";
import { type Explanation, explainRole, explainUser } from "../../remotion/explain.js";
import { policyOf } from "../../remotion/policies.js";
import { lacksCall, type ReleaseNeeds, releaseStatements } from "../../remotion/releases.js";
import type { StatementFact } from "../../remotion/statement-fact.js";
import type { Part } from "../part.js";
import { partsOf } from "../part.js";
import { verifyReading } from "../verify-reading.js";
import { PageContent, signOf } from "./page-content.js";
import { printable } from "./printable.js";
import { TOOL } from "./report.js";

/** What a page about profiles is of. */
export interface ProfilesPage {
  readonly actor: Part["actor"];
  /** Whose policy it is, as `explain` was asked for it. */
  readonly principal: string;
  /** What that is called which has these profiles. */
  readonly name: string;
  /** The profile that stands first. */
  readonly profile: Part["profile"];
  /** The version of this program. */
  readonly version: string;
  /** The release of Remotion that is used. */
  readonly needs: ReleaseNeeds;
}

/**
 * The profiles of a policy, side by side: each is asked for all that the widest is for, so that it is seen what of
 * Remotion works with it and what it leaves out.
 */
export function profilesPage(page: ProfilesPage): string {
  const { actor, principal, name, profile, version, needs } = page;
  const statementsOf = (part: Part) => releaseStatements(needs, part.actor, part.profile);
  const explain = (part: Part): readonly Explanation[] =>
    part.actor === "user"
      ? explainUser(part.profile, statementsOf(part))
      : explainRole(part.profile, statementsOf(part));
  const content = new PageContent(explain);
  const parts = partsOf(actor).toSorted(
    (one, other) => Number(other.profile === profile) - Number(one.profile === profile),
  );
  for (const part of parts) {
    const { verified } = verifyReading(
      { source: "policy", principals: [principalOf(part.profile, statementsOf(part), actor)] },
      {
        named: [],
        actor,
        ...(actor === "user" ? { profile: "full" } : { roleProfile: "full" }),
        scope: {},
        outputBuckets: [],
        forbid: [],
        tellsShares: true,
        makes: (of, call) => !lacksCall(needs, of, call),
        // No statement of a profile asks for the time.
        now: new Date(0),
      },
    );
    for (const one of verified) {
      content.add({ ...one, part }, { part: PART[actor], reasons: [], checked: [], notes: [] });
    }
  }
  return htmlPage(
    {
      about: "explain",
      tool: TOOL,
      version,
      remotion: needs.readAs,
      title: `What the profiles of ${name} allow`,
      source: `explain ${principal}`,
      sign: signOf("allowed"),
      remarks: [REMARK],
      ...content.lists(),
      bystanders: [],
      furtherBystanders: 0,
    },
    printable,
  );
}

const PART = { user: "users and callers", role: "the role of Remotion's functions" } as const;

const REMARK =
  "Each profile is asked for all that full is for: what it leaves out is what Remotion cannot do with it, and what nobody can do with it who has got hold of its keys.";

/** A profile as somebody who has it, with a policy for each statement: so each tells what it allows by itself. */
function principalOf(
  profile: string,
  statements: readonly StatementFact[],
  actor: Part["actor"],
): Parameters<typeof verifyReading>[0]["principals"][number] {
  const whole = policyOf(statements, actor, { profile });
  return {
    kind: "policy",
    name: profile,
    arn: undefined,
    address: "",
    policies: whole.Statement.map((statement) => ({
      name: statement.Sid,
      address: "",
      document: policyDocument([statement]),
    })),
    unread: [],
    boundary: undefined,
    trust: undefined,
    moduleSources: [],
    runs: [],
    notes: [],
  };
}
