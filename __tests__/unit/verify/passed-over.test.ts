import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { rolePolicy, userPolicy } from "../../../lib/remotion/policies.js";
import { NOTHING_OUTSIDE } from "../../../lib/terraform/outside-facts.js";
import { SureBystanders } from "../../../lib/verify/sure-bystanders.js";
import type { VerifyOptions } from "../../../lib/verify/verify-options.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import {
  arn,
  attached,
  boundary,
  type Details,
  details,
  document,
  group,
  inline,
  LAMBDA_TRUST,
  policy,
  role,
  user,
  version,
} from "../aws-account/support/answers.js";
import { options } from "./support.js";

/* Bystanders of an account are not held while it is read. That may change nothing but how much is held. */

const OF_OTHERS = document("Others", {
  Action: ["dynamodb:GetItem", "s3:GetObject"],
  Resource: ["arn:aws:dynamodb:*:*:table/t", "arn:aws:s3:::of-others/*"],
});

const ALLOW = { Sid: "A", Effect: "Allow" };

const DOCUMENTS: Readonly<Record<string, unknown>> = {
  others: OF_OTHERS,
  logs: document("Logs", { Action: ["logs:CreateLogStream", "logs:PutLogEvents"] }),
  denies: document("Denies", { Effect: "Deny", Action: "*" }),
  everything: document("All", { Action: "*" }),
  user: userPolicy(),
  narrowed: userPolicy({ profile: "render", regions: ["eu-central-1"] }),
  role: rolePolicy(),
  "another function": document("One", {
    Action: "lambda:InvokeFunction",
    Resource: "arn:aws:lambda:us-east-1:*:function:of-others",
  }),
  "by the caller": document("Own", {
    Action: "s3:*",
    Resource: "arn:aws:s3:::${aws:username}-files/*",
  }),
  "all but some": { ...OF_OTHERS, Statement: [{ ...ALLOW, NotAction: "ec2:*", Resource: "*" }] },
  "elsewhere than": {
    ...OF_OTHERS,
    Statement: [{ ...ALLOW, Action: "s3:*", NotResource: "arn:aws:s3:::of-others/*" }],
  },
  "passes app-role": document("Passes", {
    Action: "iam:PassRole",
    Resource: arn("role", "app-role"),
  }),
  "a text": JSON.stringify(OF_OTHERS),
  "in URL encoding": encodeURIComponent(JSON.stringify(OF_OTHERS)),
  "no policy": { Version: "2012-10-17", Statement: [{ Effect: "Maybe" }] },
  "no document": [1],
  "no text": "",
};

const pick = <T>(...of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);

const aDocument = fc.oneof(
  { weight: 12, arbitrary: pick("others", "logs", "denies") },
  { weight: 3, arbitrary: pick(...Object.keys(DOCUMENTS)) },
);

const POLICY_NAMES = ["p0", "p0", "p1", "p1", "p2", "remotion-executionrole-policy"];

const policyArn = fc.oneof(
  { weight: 12, arbitrary: pick(...POLICY_NAMES).map((name) => arn("policy", name)) },
  {
    weight: 1,
    arbitrary: pick(
      "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
      "arn:aws:iam::aws:policy/AdministratorAccess",
      "arn:aws:iam::aws:policy/AWSUnknownPolicy",
      "no ARN",
    ),
  },
);

const oneInMany = <T>(often: T, ...seldom: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(often) },
    { weight: 1, arbitrary: pick(...seldom) },
  );

const inlines = fc
  .uniqueArray(fc.record({ name: pick("one", "two", "remotion-x"), text: aDocument }), {
    maxLength: 2,
    selector: ({ name }) => name,
  })
  .map((all) => all.map(({ name, text }) => inline(name, DOCUMENTS[text])));

const holds = fc.record({
  attached: fc.uniqueArray(policyArn, { maxLength: 2 }),
  inlines,
  boundary: oneInMany<object>(
    {},
    { PermissionsBoundary: boundary(arn("policy", "p0")) },
    { PermissionsBoundary: boundary("no ARN") },
  ),
  odd: oneInMany<object>(
    {},
    { AttachedManagedPolicies: undefined },
    { Path: "/elsewhere/" },
    { AttachedManagedPolicies: [{}] },
    { Tags: [{ Key: "team", Value: "video" }] },
  ),
});

const aRole = fc
  .record({
    name: pick("app-role", "a", "b", "c", "d", "e", "staging-remotion-lambda-role"),
    trust: pick(LAMBDA_TRUST, document("None", { Principal: { AWS: arn("user", "u") } })),
    holds,
  })
  .map(({ name, trust, holds: { inlines: policies, attached: arns, boundary: limit, odd } }) =>
    role(name, {
      AssumeRolePolicyDocument: trust,
      RolePolicyList: policies,
      AttachedManagedPolicies: arns.map(attached),
      ...limit,
      ...odd,
    }),
  );

const aUser = fc
  .record({ name: pick("u", "v", "w", "remotion-user"), groups: oneInMany([], ["g"]), holds })
  .map(({ name, groups, holds: { inlines: policies, attached: arns, boundary: limit, odd } }) =>
    user(name, {
      ...(policies.length === 0 ? {} : { UserPolicyList: policies }),
      GroupList: groups,
      AttachedManagedPolicies: arns.map(attached),
      ...limit,
      ...odd,
    }),
  );

const READ_ONLY = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

const anAccount: fc.Arbitrary<Details> = fc.record({
  UserDetailList: some(aUser, "UserName"),
  GroupDetailList: fc.array(
    inlines.map((policies) => group("g", { GroupPolicyList: policies })),
    { maxLength: 1 },
  ),
  RoleDetailList: some(aRole, "RoleName"),
  Policies: some(
    fc
      .record({ name: pick(...POLICY_NAMES), text: aDocument, count: oneInMany(0, 1, 3) })
      .map(({ name, text, count }) =>
        policy(name, {
          PolicyVersionList: [version("v1", DOCUMENTS[text], true)],
          AttachmentCount: count,
        }),
      ),
    "PolicyName",
  ),
});

/** Some of a kind, mostly with different names. */
function some(each: fc.Arbitrary<object>, name: string): fc.Arbitrary<object[]> {
  return fc.oneof(
    {
      weight: 12,
      arbitrary: fc.uniqueArray(each, {
        minLength: 2,
        maxLength: 6,
        selector: (entry) => (entry as Record<string, unknown>)[name],
      }),
    },
    { weight: 1, arbitrary: fc.array(each, { maxLength: 4 }) },
  );
}

const asked: fc.Arbitrary<Partial<VerifyOptions>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: pick<Partial<VerifyOptions>>(
      { named: [{ name: "a", actor: "role", profile: "full" }] },
      { named: [{ name: "p1", actor: "user" }] },
      { named: [{ name: arn("user", "v"), actor: "user", profile: "render" }] },
      { principal: "b" },
      { actor: "role" },
      { scope: { lambdaRoleName: "c" } },
      { scope: { bucketNames: ["of-others"] } },
      { outside: NOTHING_OUTSIDE, collected: NOTHING_OUTSIDE },
      { outputBuckets: [{ name: "of-others", prefix: "", access: "read" }] },
    ),
  },
);

const given = oneInMany<ReadonlyMap<string, unknown>>(
  new Map(),
  new Map([["AWSUnknownPolicy", userPolicy()]]),
  new Map([["one", userPolicy()]]),
  new Map([["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", userPolicy()]]),
);

/** What `verify` says of an account, with bystanders held or not, and how many are not. */
function said(
  text: string,
  about: Partial<VerifyOptions>,
  policies: ReadonlyMap<string, unknown>,
  isAllHeld: boolean,
) {
  const all = options(about);
  try {
    const reading = readPrincipals(text, {
      policies,
      ...(isAllHeld ? {} : { bystanders: new SureBystanders(all) }),
    });
    const { bystanders, ...rest } = verifyReading(reading, all);
    // Those who are not held come last.
    return {
      notHeld: reading.bystanders?.length ?? 0,
      result: { ...rest, bystanders: bystanders.toSorted() },
    };
  } catch (error) {
    if (error instanceof UnreadableFile) {
      // Which of two faults is told, may differ.
      return { notHeld: 0, result: "unreadable" };
    }
    throw error;
  }
}

describe("bystanders who are not held", () => {
  it("are none who would be anything else, whatever else the account has", () => {
    let notHeld = 0;
    fc.assert(
      fc.property(anAccount, asked, given, (account, about, policies) => {
        const text = details(account);
        const found = said(text, about, policies, false);
        expect(found.result).toEqual(said(text, about, policies, true).result);
        notHeld += found.notHeld;
      }),
      { numRuns: 60 },
    );
    expect(notHeld).toBeGreaterThan(30);
  });

  // As the command line asks, without an option.
  const bystanders = new SureBystanders(
    options({ outside: NOTHING_OUTSIDE, collected: NOTHING_OUTSIDE }),
  );
  const namesIn = (account: Details) => {
    const { principals, bystanders: notHeld = [] } = readPrincipals(details(account), {
      bystanders,
    });
    return { held: principals.map(({ name }) => name), notHeld };
  };
  const passer = role("deployer", {
    RolePolicyList: [inline("passes", DOCUMENTS["passes app-role"])],
  });
  const ofOthers = (name: string, more: object = {}) =>
    role(name, { RolePolicyList: [inline("own", OF_OTHERS)], ...more });
  const attachedTo = (name: string, ...policies: readonly string[]) =>
    role(name, {
      AttachedManagedPolicies: policies.map((one) =>
        attached(one.startsWith("arn:") ? one : arn("policy", one)),
      ),
    });
  const managed = (name: string, text: unknown) =>
    policy(name, { PolicyVersionList: [version("v1", text, true)] });

  it.each<{ readonly of: string; readonly account: Details; readonly held: readonly string[] }>([
    {
      of: "somebody with a policy of others",
      account: { RoleDetailList: [ofOthers("a")] },
      held: [],
    },
    {
      of: "a role that is passed by its name, before and behind who passes it",
      account: { RoleDetailList: [ofOthers("app-role"), passer, ofOthers("a")] },
      held: ["app-role", "deployer"],
    },
    {
      of: "a role that is passed by a policy of somebody who was passed over first",
      account: {
        RoleDetailList: [ofOthers("app-role"), attachedTo("deployer", "p1")],
        Policies: [managed("p1", DOCUMENTS["passes app-role"])],
      },
      held: ["app-role", "deployer"],
    },
    {
      of: "whoever has a managed policy of Remotion's",
      account: {
        RoleDetailList: [attachedTo("a", "p0"), attachedTo("b", "p0", "p1")],
        Policies: [managed("p0", OF_OTHERS), managed("p1", userPolicy())],
      },
      held: ["b"],
    },
    {
      of: "whoever has a managed policy that is not in the answer",
      account: { RoleDetailList: [attachedTo("a", "p0")] },
      held: ["a"],
    },
    {
      of: "whoever has a policy without a text, which may be given beside the file",
      account: {
        RoleDetailList: [
          ofOthers("a", { RolePolicyList: [inline("own", "")] }),
          attachedTo("b", "p0"),
          attachedTo("c", READ_ONLY),
        ],
        Policies: [managed("p0", ""), { ...managed("AmazonS3ReadOnlyAccess", ""), Arn: READ_ONLY }],
      },
      held: ["a", "b", "c"],
    },
    {
      of: "whoever has a managed policy whose version in force is not told",
      account: {
        RoleDetailList: [attachedTo("a", "p0")],
        Policies: [policy("p0", { PolicyVersionList: [version("v1", OF_OTHERS)] })],
      },
      held: ["a"],
    },
    {
      of: "a policy that nobody has, and none that somebody has who is not held",
      account: {
        RoleDetailList: [
          attachedTo("a", "p0"),
          ofOthers("b", { PermissionsBoundary: boundary(arn("policy", "p1")) }),
        ],
        Policies: [managed("p0", OF_OTHERS), managed("p1", OF_OTHERS), managed("p2", OF_OTHERS)],
      },
      held: ["p2"],
    },
    {
      of: "a user in a group",
      account: {
        UserDetailList: [user("u"), user("v", { GroupList: ["g"] })],
        GroupDetailList: [group("g")],
      },
      held: ["v"],
    },
    {
      of: "somebody with a name of Remotion's",
      account: { RoleDetailList: [ofOthers("staging-remotion-lambda-role"), ofOthers("a")] },
      held: ["staging-remotion-lambda-role"],
    },
  ])("hold $of", ({ account, held }) => {
    expect(namesIn(account).held).toEqual(held);
  });

  it("do not hide that somebody is told twice, in two ways", () => {
    const twice = { RoleDetailList: [ofOthers("a"), attachedTo("a", "p0")] };
    expect(() => namesIn(twice)).toThrow(/role\/a/);
  });

  it("do not hide that an answer is of two accounts", () => {
    const other = JSON.parse(JSON.stringify(ofOthers("b")).replace("123456789012", "210987654321"));
    expect(() => namesIn({ RoleDetailList: [ofOthers("a"), other] })).toThrow(/210987654321/);
  });

  it("do not hide a key that stands twice", () => {
    const text = details({ RoleDetailList: [ofOthers("a")] });
    const twice = text.replace('"RoleName"', '"Tags": [], "RoleName"');
    expect(readPrincipals(twice, { bystanders }).principals[0]?.unread).toHaveLength(1);
  });

  it("count among those who have a policy", () => {
    const account = (AttachmentCount: number) => ({
      RoleDetailList: [attachedTo("a", "p0"), attachedTo("b", "p0")],
      Policies: [
        policy("p0", { PolicyVersionList: [version("v1", OF_OTHERS, true)], AttachmentCount }),
      ],
    });
    expect(readPrincipals(details(account(2)), { bystanders }).incomplete).toBeUndefined();
    expect(readPrincipals(details(account(3)), { bystanders }).incomplete).toContain("p0");
  });
});
