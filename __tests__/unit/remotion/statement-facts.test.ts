import { describe, expect, it } from "vitest";
import { PARTITIONS } from "../../../lib/iam/partition.js";
import { BUCKET_GRANTS } from "../../../lib/remotion/bucket-grants.js";
import { explainRole, explainUser } from "../../../lib/remotion/explain.js";
import { OPTION_STATEMENTS } from "../../../lib/remotion/option-statements.js";
import { ROLE_PROFILES, USER_PROFILES } from "../../../lib/remotion/profile-names.js";
import { roleStatements, userStatements } from "../../../lib/remotion/profiles.js";
import { needsOfRelease, releaseStatements } from "../../../lib/remotion/releases.js";
import releases from "../../../lib/remotion/releases.json" with { type: "json" };
import { type StatementFact, templatesOf } from "../../../lib/remotion/statement-fact.js";

/** The statements of a profile, with what they are of. */
interface Profile {
  readonly of: string;
  readonly facts: readonly StatementFact[];
  readonly explained: ReturnType<typeof explainUser>;
}

const PROFILES: readonly Profile[] = [
  ...USER_PROFILES.map((profile) => ({
    of: `user, ${profile}`,
    facts: userStatements(profile),
    explained: explainUser(profile),
  })),
  ...ROLE_PROFILES.map((profile) => ({
    of: `role, ${profile}`,
    facts: roleStatements(profile),
    explained: explainRole(profile),
  })),
];

const FACTS = PROFILES.flatMap(({ of, facts, explained }) =>
  facts.map((fact) => {
    const { neededBy = [] } = explained.find(({ sid }) => sid === fact.sid) ?? {};
    return { of, neededBy, fact };
  }),
);

const ACTION = /^[a-z0-9-]+:[A-Z][A-Za-z]+$/;

/** One sentence, short enough for a comment in code and for a line of a table. */
const SENTENCE = /^(?=.{1,120}$)[A-Z]((?![.!?] )[^\n|])*\.$/;

/** A noun phrase on one line of a table: it is no sentence of its own. */
const PHRASE = /^[a-zA-Z][^\n|]*[^.\n|]$/;

describe.each(FACTS)("the statement $fact.sid of the $of", ({ fact, neededBy }) => {
  it("says what its resources are and, in a sentence, why it is needed", () => {
    expect(fact.scope).toMatch(PHRASE);
    expect(fact.reason).toMatch(SENTENCE);
  });

  it("names each Remotion API that needs it once", () => {
    expect(neededBy.length).toBeGreaterThan(0);
    expect(new Set(neededBy).size).toBe(neededBy.length);
  });

  it("allows single actions, each once", () => {
    expect(fact.actions.length).toBeGreaterThan(0);
    expect(new Set(fact.actions).size).toBe(fact.actions.length);
    for (const action of fact.actions) {
      expect(action).toMatch(ACTION);
    }
  });

  it.each(PARTITIONS)(
    "has resources in %s: * or ARNs that leave the partition open",
    (partition) => {
      const resources = templatesOf(fact, partition);

      expect(resources.length).toBeGreaterThan(0);
      for (const resource of resources) {
        expect(resource).toMatch(/^(\*|arn:\{partition\}:[a-z0-9]+:.*)$/);
      }
    },
  );
});

it.each(OPTION_STATEMENTS)(
  "the statement $sid of an option says in a sentence why it is needed",
  (option) => {
    expect(option.scope).toMatch(PHRASE);
    expect(option.reason).toMatch(SENTENCE);
  },
);

it.each(releases.bands)(
  "every statement for Remotion $last says so, in every profile",
  ({ last }) => {
    const needs = needsOfRelease(last);
    const facts = [
      ...USER_PROFILES.flatMap((profile) => releaseStatements(needs, "user", profile)),
      ...ROLE_PROFILES.flatMap((profile) => releaseStatements(needs, "role", profile)),
    ];

    expect(facts.filter(({ reason }) => !SENTENCE.test(reason))).toEqual([]);
  },
);

describe.each(BUCKET_GRANTS)(
  "the grant $sid",
  ({ actions, condition, scope, reason, resources }) => {
    it("says what its resources are and, in a sentence, why it is needed", () => {
      expect(scope).toMatch(PHRASE);
      expect(reason).toMatch(SENTENCE);
    });

    it("allows S3 actions on named parts of a bucket, or the use of its key through S3", () => {
      const service = resources.includes("key") ? "kms" : "s3";

      expect(resources.length).toBeGreaterThan(0);
      expect(condition === undefined).toBe(service === "s3");
      for (const action of actions) {
        expect(action).toMatch(new RegExp(`^${service}:[A-Z][A-Za-z]+$`));
      }
    });
  },
);

describe("Sids", () => {
  it.each(PROFILES)(
    "are letters and digits, and unique with all extras, of the $of",
    ({ facts }) => {
      const sids = [...facts, ...OPTION_STATEMENTS, ...BUCKET_GRANTS].map(({ sid }) => sid);

      expect(new Set(sids).size).toBe(sids.length);
      for (const sid of sids) {
        expect(sid).toMatch(/^[A-Za-z0-9]+$/);
      }
    },
  );
});
