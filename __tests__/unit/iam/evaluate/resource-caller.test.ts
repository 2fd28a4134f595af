import { describe, expect, test } from "vitest";
import {
  type ResourceCaller,
  resourceCaller,
} from "../../../../lib/iam/evaluate/resource-caller.js";
import { type PartyNames, prepareParty } from "../../../../lib/iam/evaluate/trust-party.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const ACCOUNT = "123456789012";
const USER = `arn:aws:iam::${ACCOUNT}:user/team/video`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/video`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/video/one`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

/** A name as it reads, with `*` for what is not told. */
const read = (name: unknown): unknown =>
  name instanceof UnknownPart ? (name.pieces ?? ["", ""]).join("*") : name;

/** Names as they read; those that there are none of are left out. */
function readAll(names: PartyNames): Record<string, unknown> {
  const entries = Object.entries(names).map(([key, value]: [string, unknown]) => [
    key,
    Array.isArray(value) ? value.map(read) : read(value),
  ]);
  return Object.fromEntries(
    entries.filter(([, value]) => value !== undefined && String(value) !== ""),
  );
}

const readCaller = (caller: ResourceCaller) =>
  Object.fromEntries(Object.entries(caller).map(([as, names]) => [as, readAll(names)]));

const EVERYBODY = { AWS: ["*"] };
const OF_ACCOUNT = { AWS: [ROOT], account: ACCOUNT, canonicalUser: "*" };

describe("the names that a policy of a resource may mean a caller by", () => {
  test("a user's", () => {
    expect(readCaller(resourceCaller(USER))).toEqual({
      any: { AWS: [USER, ROOT, "*"], account: ACCOUNT, canonicalUser: "*" },
      itself: { AWS: [USER] },
      role: {},
      account: OF_ACCOUNT,
      everybody: EVERYBODY,
    });
  });

  test("a role's, whose sessions may have an identity from outside", () => {
    const sessions = `arn:aws:sts::${ACCOUNT}:assumed-role/video/*`;

    expect(readCaller(resourceCaller(ROLE))).toEqual({
      any: {
        AWS: [ROLE, ROOT, "*"],
        account: ACCOUNT,
        Federated: ["*"],
        canonicalUser: "*",
        sessions,
      },
      itself: { Federated: ["*"], sessions },
      role: { AWS: [ROLE] },
      account: OF_ACCOUNT,
      everybody: EVERYBODY,
    });
  });

  test("a session's, whose role has a path that is not told", () => {
    const ofRole = {
      roleOfSession: `arn:aws:iam::${ACCOUNT}:role/video`,
      roleWithAnyPath: `arn:aws:iam::${ACCOUNT}:role/*video`,
    };

    expect(readCaller(resourceCaller(SESSION))).toEqual({
      any: {
        AWS: [SESSION, ROOT, "*"],
        account: ACCOUNT,
        Federated: ["*"],
        canonicalUser: "*",
        ...ofRole,
      },
      itself: { AWS: [SESSION], Federated: ["*"] },
      role: ofRole,
      account: OF_ACCOUNT,
      everybody: EVERYBODY,
    });
  });

  test("those of a user in an account that is told apart", () => {
    const { any, account } = resourceCaller("arn:aws:iam::*:user/video", ACCOUNT);

    expect(readAll(any)["AWS"]).toEqual([`arn:aws:iam::${ACCOUNT}:user/video`, ROOT, "*"]);
    expect(readAll(account)).toEqual(OF_ACCOUNT);
  });

  test("those of nobody that is told", () => {
    expect(readCaller(resourceCaller(undefined))).toEqual({
      any: { AWS: ["*", "*", "*"], account: "*", Federated: ["*"], canonicalUser: "*" },
      itself: { AWS: ["*"], Federated: ["*"] },
      role: { AWS: ["*"] },
      account: { AWS: ["*"], account: "*", canonicalUser: "*" },
      everybody: EVERYBODY,
    });
  });

  test("say why they are not told, and what to give", () => {
    const { itself, account } = resourceCaller(undefined);

    expect([...itself.AWS, ...itself.Federated, account.canonicalUser]).toMatchObject([
      { cause: "who calls is not told", give: "a file that has the user or the role" },
      {
        cause: "the provider of the caller's identity is not told",
        give: "a policy that names the role",
      },
      {
        cause: "which account a canonical user is does not show in its id",
        give: "a policy that names the account",
      },
    ]);
  });

  test("those of somebody of an account, in either partition", () => {
    const roots = [ROOT, ROOT.replace("aws", "aws-cn")];
    const { any, account } = resourceCaller(undefined, ACCOUNT);

    expect(readAll(any)).toMatchObject({ AWS: [...roots, "*", "*"], account: ACCOUNT });
    expect(readAll(account)).toEqual({ AWS: roots, account: ACCOUNT, canonicalUser: "*" });
  });
});

describe("what is not told of a name", () => {
  const because = (name: string | UnknownPart | undefined) =>
    name instanceof UnknownPart ? [name.cause, name.give] : name;
  const BY_ACCOUNT = ["the caller's account is not told", "--account"];
  const BY_ARN = ["who asks is not told in full", "the ARN"];

  test.each<[arn: string, because: unknown]>([
    [USER, USER],
    ["*", BY_ACCOUNT],
    ["arn:aws:iam::*:user/video", BY_ACCOUNT],
    ["arn:aws-cn:iam::*:role/video", BY_ACCOUNT],
    ["arn:aws:sts::*:assumed-role/video/one", BY_ACCOUNT],
    ["arn:*:iam::*:user/video", BY_ARN],
    ["arn:aws:iam::*:user/*", BY_ARN],
    [`arn:aws:iam::${ACCOUNT}:user/*`, BY_ARN],
    ["x-arn:aws:iam::*:user/video", BY_ARN],
  ])("%s", (arn, expected) => {
    const [own] = prepareParty({ arn }).names.AWS;

    expect(because(own)).toEqual(expected);
  });
});

describe("somebody who asks for a role", () => {
  test.each<[what: string, arn: string, account: string | undefined, own: string]>([
    [
      "whose account is filled in",
      "arn:aws:iam::*:user/a",
      ACCOUNT,
      `arn:aws:iam::${ACCOUNT}:user/a`,
    ],
    ["whose account is told already", USER, "210987654321", USER],
    ["whose account is not told", "arn:aws:iam::*:user/a", undefined, "arn:aws:iam::*:user/a"],
    ["whose ARN is none", "video", ACCOUNT, "video"],
  ])("%s", (_, arn, account, own) => {
    const party = prepareParty(account === undefined ? { arn } : { arn, account });

    expect(read(party.names.AWS[0])).toBe(own);
    expect(party.names.AWS.at(-1)).toBe("*");
    expect(party.source).toEqual({
      principal: own,
      context: { "aws:principalisawsservice": "false" },
    });
  });

  test.each<[arn: string, names: Record<string, string>]>([
    [ROLE, { sessions: `arn:aws:sts::${ACCOUNT}:assumed-role/video/*` }],
    [
      SESSION,
      {
        roleOfSession: `arn:aws:iam::${ACCOUNT}:role/video`,
        roleWithAnyPath: `arn:aws:iam::${ACCOUNT}:role/*video`,
      },
    ],
    [USER, {}],
    [`arn:aws:sts::${ACCOUNT}:federated-user/bob`, {}],
    [`arn:aws:sts::${ACCOUNT}:assumed-role`, {}],
    [`arn:aws:sts::${ACCOUNT}:role/video`, {}],
    [`arn:aws:iam::${ACCOUNT}:assumed-role/video/one`, {}],
    [`arn:aws:s3::${ACCOUNT}:role/video`, {}],
  ])("%s has these names beside its own", (arn, names) => {
    const { AWS, account, Service, Federated, ...others } = prepareParty({ arn }).names;

    expect(account).toBe(ACCOUNT);
    expect([Service, Federated]).toEqual([[], []]);
    expect(AWS).toEqual([arn, ROOT, "*"]);
    expect(
      Object.fromEntries(Object.entries(others).map(([key, name]) => [key, read(name)])),
    ).toEqual(names);
    expect(Object.keys(others)).toEqual(Object.keys(names));
  });
});
