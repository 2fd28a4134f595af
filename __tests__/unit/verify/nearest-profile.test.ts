import { describe, expect, it } from "vitest";
import type { PolicyDocument } from "../../../lib/iam/policy-document.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import type { RoleProfile, UserProfile } from "../../../lib/remotion/profile-names.js";
import type { Narrowing } from "../../../lib/remotion/resource-scope.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, policy, principal } from "./support.js";

type Profile = { actor: "user"; profile: UserProfile } | { actor: "role"; profile: RoleProfile };

const PROFILES: readonly Profile[] = [
  { actor: "user", profile: "full" },
  { actor: "user", profile: "deploy" },
  { actor: "user", profile: "render" },
  { actor: "role", profile: "full" },
  { actor: "role", profile: "minimal" },
];

const NARROWINGS: Record<string, Narrowing> = {
  "as wide as Remotion's": {},
  "narrowed to a region": { regions: ["eu-central-1"] },
  "narrowed to an account, a bucket and a function": {
    accountId: "111122223333",
    regions: ["eu-west-1"],
    bucketNames: ["remotionlambda-euwest1-zzz1234567"],
    functionNames: ["remotion-render-4-0-527-mem2048mb-disk2048mb-240sec"],
  },
};

const documentOf = ({ actor, profile }: Profile, narrowing: Narrowing): PolicyDocument =>
  actor === "user" ? userPolicy({ ...narrowing, profile }) : rolePolicy({ ...narrowing, profile });

/** The document without an action, in whichever statements it stands. */
function without(document: PolicyDocument, action: string): PolicyDocument {
  const Statement = document.Statement.map((statement) => ({
    ...statement,
    Action: statement.Action.filter((each) => each !== action),
  })).filter(({ Action }) => Action.length > 0);
  return { ...document, Statement };
}

function partOf(actor: Profile["actor"], document: PolicyDocument) {
  const { verified } = verifyReading(
    {
      source: "policy",
      principals: [principal({ kind: "policy", name: "p", policies: [policy("p", document)] })],
    },
    options({ actor }),
  );
  return verified.map(({ part }) => part);
}

describe.each(PROFILES)("the profile $profile of a $actor", (whole) => {
  describe.each(Object.entries(NARROWINGS))("%s", (_name, narrowing) => {
    const document = documentOf(whole, narrowing);
    const actions = [...new Set(document.Statement.flatMap(({ Action }) => Action))];

    it("is that profile", () => {
      expect(partOf(whole.actor, document)).toEqual([whole]);
    });

    it("is that profile also without any one of its actions", () => {
      expect(actions.length).toBeGreaterThan(5);
      for (const action of actions) {
        expect({ action, parts: partOf(whole.actor, without(document, action)) }).toEqual({
          action,
          parts: [whole],
        });
      }
    });
  });
});

describe("the nearest profile", () => {
  it.each([
    ["user", "full"],
    ["role", "full"],
  ] as const)("of a %s that is allowed everything is %s", (actor, profile) => {
    const everything = {
      Version: "2012-10-17",
      Statement: [{ Sid: "All", Effect: "Allow", Action: ["*"], Resource: ["*"] }],
    } as const;
    expect(partOf(actor, everything)).toEqual([{ actor, profile }]);
  });

  it("of whoever is allowed nothing is the widest, as it lacks everything", () => {
    const nothing = {
      Version: "2012-10-17",
      Statement: [{ Sid: "Other", Effect: "Allow", Action: ["sqs:SendMessage"], Resource: ["*"] }],
    } as const;
    expect(partOf("user", nothing)).toEqual([{ actor: "user", profile: "full" }]);
  });

  it("is told, with the next one and the option for it", () => {
    const { verified } = verifyReading(
      {
        source: "policy",
        principals: [
          principal({
            kind: "policy",
            name: "p",
            policies: [policy("p", userPolicy({ profile: "render" }))],
          }),
        ],
      },
      options(),
    );
    expect(verified[0]?.reasons).toContain(
      "render is the profile that fits; for full give --user p=full",
    );
  });
});
