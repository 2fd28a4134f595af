import { describe, expect, it } from "vitest";
import { userPolicy } from "../../../lib/remotion/policies.js";
import { PolicyDocuments } from "../../../lib/terraform/policy-text.js";
import type { Principal } from "../../../lib/terraform/principal.js";
import { verifyReading } from "../../../lib/verify/verify-reading.js";
import { options, principal } from "./support.js";

const POLICY = userPolicy();
const FIRST_USER = "arn:aws:iam::123456789012:user/first";
const DENYING = {
  ...POLICY,
  Statement: [
    ...POLICY.Statement,
    { Sid: "NoListing", Effect: "Deny", Action: ["s3:ListAllMyBuckets"], Resource: ["*"] },
    { Sid: "Further", Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::b/*"] },
  ],
};
/** Of users, it may ask about the first one only. */
const FIRST_ONLY = {
  ...POLICY,
  Statement: POLICY.Statement.map((statement) =>
    statement.Action.includes("iam:SimulatePrincipalPolicy")
      ? { ...statement, Resource: [FIRST_USER, "arn:aws:iam::123456789012:role/*"] }
      : statement,
  ),
};

/** What IAM fills in since 2012, and takes as it is written before. */
const VARIABLE = ["$", "{aws:username}"].join("");

const user = (name: string, document: unknown, boundary?: unknown): Principal =>
  principal({
    kind: "user",
    name,
    address: `aws_iam_user.${name}`,
    policies: [{ name: `policy-of-${name}`, address: "", document }],
    boundary: boundary === undefined ? undefined : { arn: `limit-of-${name}`, document: boundary },
  });

const verified = (...principals: Principal[]) =>
  verifyReading(
    { source: "plan", principals },
    options({ profile: "full", roleProfile: "full" }),
  ).verified.map(({ principal: name, apis, excess }) => ({
    principal: name,
    because: [
      ...new Set(
        apis.flatMap(({ calls }) =>
          calls.flatMap(({ answer, because = "" }) => (answer === "allowed" ? [] : [because])),
        ),
      ),
    ],
    excess: excess.map(({ policy }) => policy),
  }));

describe("principals with one and the same document", () => {
  it.each(["first", "last"])("have it as a policy or as a boundary, the boundary %s", (order) => {
    const allowed = (text: object) => [{ name: "p", address: "", document: text }];
    const limited = principal({
      ...{ kind: "user", name: "limited", policies: allowed(FIRST_ONLY) },
      boundary: { arn: "limit", document: POLICY },
    });
    const bare = principal({ ...limited, name: "remotion-user", policies: [] });
    const granted = principal({
      ...{ kind: "user", name: "granted" },
      policies: [...allowed(FIRST_ONLY), ...allowed(POLICY)],
    });
    const alone = principal({ ...granted, name: "alone", policies: allowed(POLICY) });
    const all = [limited, bare, granted, alone];
    const open = new Map(
      verified(...(order === "first" ? all : all.toReversed())).map(
        ({ principal: name, because }) => [name, because.length > 0],
      ),
    );

    expect(Object.fromEntries(open)).toEqual({
      limited: true,
      "remotion-user": true,
      granted: false,
      alone: false,
    });
  });

  it("are told which of their own policies denies or allows too much", () => {
    expect(verified(user("first", DENYING), user("second", DENYING))).toEqual(
      ["first", "second"].map((name) => ({
        principal: name,
        because: [`policy-of-${name}, statement NoListing, denies it`],
        excess: [`policy-of-${name}`],
      })),
    );
  });

  it("are told apart by what names them", () => {
    const [first, second] = verified(user("first", FIRST_ONLY), user("second", FIRST_ONLY));

    expect(first?.because).toEqual([]);
    expect(second?.because).toEqual(["it is allowed on other resources only"]);
  });

  it("are told apart by their boundaries", () => {
    const limit = { Statement: { Effect: "Allow", Action: "s3:*", Resource: "*" } };
    const [free, limited] = verified(user("free", POLICY), user("limited", POLICY, limit));

    expect(free?.because).toEqual([]);
    expect(limited?.because).toEqual(["the permissions boundary does not allow it"]);
  });
});

describe("principals whose documents share statements", () => {
  const statements = userPolicy({ profile: "deploy" }).Statement.map((statement) => ({
    ...statement,
    Resource: statement.Resource.map((resource) =>
      resource.replace(/^(arn:aws:s3:::remotionlambda-)/, `$1${VARIABLE}`),
    ),
  }));
  const plain = userPolicy({ profile: "deploy" }).Statement;
  const bucket = { Effect: "Allow", Action: "s3:*", Resource: "arn:aws:s3:::remotionlambda-*" };
  const odd = { Effect: "Allow", Action: ["s3:Get Object"], Resource: ["*"] };
  const documents: Readonly<Record<string, object>> = {
    whole: { Version: "2012-10-17", Statement: plain },
    reversed: { Version: "2012-10-17", Statement: [...plain].reverse() },
    further: { Version: "2012-10-17", Statement: [bucket, ...plain] },
    variables: { Version: "2012-10-17", Statement: statements },
    "no variables": { Version: "2008-10-17", Statement: statements },
    denying: { Version: "2012-10-17", Statement: [...plain, { ...bucket, Effect: "Deny" }] },
    odd: { Version: "2012-10-17", Statement: [odd, ...plain] },
    "odd, last": { Version: "2012-10-17", Statement: [...plain, odd] },
    refused: { Version: "2012-10-17", Statement: [...plain, plain[0]] },
    ...Object.fromEntries(
      plain.map((statement) => [
        `without ${statement.Sid}`,
        { Version: "2012-10-17", Statement: plain.filter((one) => one !== statement) },
      ]),
    ),
  };
  const principals = (names: readonly string[], boundary?: string) => {
    const parsed = new PolicyDocuments("", new Map());
    const read = (name: string) => parsed.of(JSON.stringify(documents[name]));
    return names.map((name) => ({
      ...user(name, read(name), boundary === undefined ? undefined : read(boundary)),
      name: `user of ${name}`,
    }));
  };
  const verify = (all: readonly Principal[]) =>
    verifyReading({ source: "plan", principals: all }, options()).verified.map((one) =>
      JSON.parse(JSON.stringify(one)),
    );

  it.each([undefined, ...Object.keys(documents).filter((name) => name !== "refused")])(
    "are told the same together as alone, with the boundary %s",
    (boundary) => {
      const names = Object.keys(documents);
      const together = verify(principals(names, boundary));

      expect(together).toEqual(names.flatMap((name) => verify(principals([name], boundary))));
      expect(new Set(together.map(({ apis }) => JSON.stringify(apis))).size).toBeGreaterThan(3);
    },
  );

  it("are told the same where the boundary of one is another's own policy", () => {
    const statement = (action: string) => ({ Effect: "Allow", Action: action, Resource: "*" });
    const [functions, storage, rest] = [
      { Statement: statement("lambda:*") },
      { Statement: statement("s3:*") },
      { Statement: plain.filter(({ Sid }) => Sid !== "Functions") },
    ];
    const holder = (name: string, own: readonly unknown[], boundary: unknown) => ({
      ...user(name, undefined, boundary),
      policies: own.map((document, index) => ({ name: `${index}`, address: "", document })),
    });
    const all = [
      holder("one", [rest], functions),
      holder("two", [rest, functions], storage),
      holder("three", [rest, functions], functions),
    ];

    expect(verify(all)).toEqual(all.flatMap((one) => verify([one])));
  });
});
