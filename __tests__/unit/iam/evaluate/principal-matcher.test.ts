import { describe, expect, test } from "vitest";
import type { Answer } from "../../../../lib/iam/evaluate/answer.js";
import { PolicyError } from "../../../../lib/iam/evaluate/errors.js";
import { principalMatcher } from "../../../../lib/iam/evaluate/principal-matcher.js";
import { resourceCaller } from "../../../../lib/iam/evaluate/resource-caller.js";
import { prepareParty, type TrustParty } from "../../../../lib/iam/evaluate/trust-party.js";
import { UnknownPart } from "../../../../lib/iam/evaluate/unknown-part.js";

const ACCOUNT = "123456789012";
const USER = `arn:aws:iam::${ACCOUNT}:user/video`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/video`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/video/one`;
const open = (...pieces: readonly string[]) => new UnknownPart("policy", "the policy", pieces);
const OPEN = new UnknownPart("policy", "the policy");

function compiled(statement: Readonly<Record<string, unknown>>) {
  const remarks: string[] = [];
  const remark = (sentence: string): void => void remarks.push(sentence);
  return { ...principalMatcher(statement, { remark }, "Statement[0]"), remarks };
}

/** Yes, no, or the causes of the doubt. */
const read = (answer: Answer | undefined): unknown =>
  Array.isArray(answer) ? answer.map(({ cause }) => cause) : answer;

const names = (principal: unknown, by: TrustParty): unknown =>
  read(compiled({ Principal: principal }).names(prepareParty(by).names));

const ONE_SESSION = "it names one session of the role, which the caller chooses";

describe("a principal names", () => {
  test.each<[principal: unknown, by: TrustParty, expected: unknown]>([
    ["*", { arn: USER }, true],
    [{ AWS: "*" }, { arn: USER }, true],
    [{ AWS: USER }, { arn: USER }, true],
    [{ AWS: [`${USER}2`, USER] }, { arn: USER }, true],
    [{ AWS: `${USER}2` }, { arn: USER }, false],
    [{ AWS: ACCOUNT }, { arn: USER }, true],
    [{ AWS: "210987654321" }, { arn: USER }, false],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:root` }, { arn: USER }, true],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:user/*` }, { arn: USER }, false],
    [{ Service: ACCOUNT }, { arn: USER }, false],
    [{ Federated: ACCOUNT }, { arn: USER }, false],
    // A role also by its sessions, and a session by its role, whose path it does not have.
    [{ AWS: ROLE }, { arn: SESSION }, true],
    [{ AWS: ROLE.replace("video", "other") }, { arn: SESSION }, false],
    [{ AWS: SESSION }, { arn: ROLE }, [ONE_SESSION]],
    [{ AWS: SESSION }, { arn: SESSION }, true],
    [{ AWS: SESSION }, { arn: USER }, false],
    [{ AWS: USER }, { arn: ROLE }, false],
    // What is called as the role is, and is none, is another.
    [{ AWS: USER }, { arn: SESSION }, false],
    [{ AWS: `arn:aws:sts::${ACCOUNT}:role/video` }, { arn: SESSION }, false],
    [
      { AWS: `arn:aws:sts::1:2:assumed-role/video/one` },
      { arn: "arn:aws:iam::*:role/video" },
      false,
    ],
    [{ Service: ROLE }, { arn: SESSION }, false],
    [{ Service: "lambda.amazonaws.com" }, { service: "lambda.amazonaws.com" }, true],
    [{ AWS: "lambda.amazonaws.com" }, { service: "lambda.amazonaws.com" }, false],
    // What is not told may be anybody whom its pieces allow.
    [OPEN, { arn: USER }, ["policy"]],
    [{ AWS: OPEN }, { arn: USER }, ["policy"]],
    [{ AWS: open("arn:aws:iam::", ":user/video") }, { arn: USER }, ["policy"]],
    [{ AWS: open("arn:aws:iam::", ":user/other") }, { arn: USER }, false],
    [{ AWS: open("123", "12") }, { arn: USER }, ["policy"]],
    [{ AWS: open("9", "") }, { arn: USER }, false],
    // What is no number is no account, whichever it is.
    [{ AWS: open("arn:aws-cn:iam::", "1") }, { arn: "arn:aws:iam::*:user/video" }, false],
    [{ AWS: open("arn:aws:iam::123", "") }, { arn: ROLE }, ["policy"]],
    [
      { AWS: open("arn:aws:iam::", ":role/x/video") },
      { arn: SESSION },
      ["who asks is not told in full", "policy"],
    ],
    [
      { AWS: open("arn:aws:sts::", ":assumed-role/video/two") },
      { arn: ROLE },
      ["who asks is not told in full", "policy"],
    ],
    [{ Service: open("lambda.", "") }, { service: "lambda.amazonaws.com" }, ["policy"]],
    [{ Service: open("ec2.", "") }, { service: "lambda.amazonaws.com" }, false],
    [{ Service: OPEN }, { arn: USER }, false],
  ])("%j, asked for %j: %j", (principal, by, expected) => {
    expect(names(principal, by)).toEqual(expected);
  });

  test("one session of a role, for which the whole role can be named", () => {
    const { names } = compiled({ Principal: { AWS: SESSION } });

    expect(names(prepareParty({ arn: ROLE }).names)).toEqual([
      { cause: ONE_SESSION, give: "a policy that names the role" },
    ]);
  });

  test("a canonical user, whose account does not show", () => {
    const { names } = compiled({ Principal: { CanonicalUser: "79a59d" } });

    expect(read(names(resourceCaller(USER).any))).toEqual([
      "which account a canonical user is does not show in its id",
    ]);
    expect(names(prepareParty({ arn: USER }).names)).toBe(false);
  });
});

describe("all but a principal", () => {
  test("leaves out whom it names, and is for all others", () => {
    const { names, leavesOut, trustees, doubts } = compiled({ NotPrincipal: { AWS: USER } });
    const [user, role] = [USER, ROLE].map((arn) => prepareParty({ arn }).names);

    expect(user && [names(user), leavesOut?.(user)]).toEqual([false, true]);
    expect(role && [names(role), leavesOut?.(role)]).toEqual([true, false]);
    expect(trustees).toEqual({ services: [], principals: [], federated: [], anybody: true });
    expect(doubts).toEqual([]);
  });

  test("that is not told leaves out nobody for sure", () => {
    const { names, leavesOut, trustees, doubts } = compiled({ NotPrincipal: OPEN });
    const user = prepareParty({ arn: USER }).names;

    expect([read(names(user)), read(leavesOut?.(user))]).toEqual([["policy"], ["policy"]]);
    expect(trustees.anybody).toBe(false);
    expect(doubts).toEqual([OPEN]);
  });
});

test("whom a statement names is told by kind, and what is not told of it", () => {
  const { trustees, doubts, leavesOut } = compiled({
    Principal: {
      AWS: ["*", USER, OPEN],
      Service: ["lambda.amazonaws.com", "*"],
      Federated: "cognito-identity.amazonaws.com",
    },
  });

  expect(trustees).toEqual({
    services: ["lambda.amazonaws.com"],
    principals: [USER],
    federated: ["cognito-identity.amazonaws.com"],
    anybody: true,
  });
  expect(doubts).toEqual([OPEN]);
  expect(leavesOut).toBeUndefined();
  expect(compiled({ Principal: { Service: "*" } }).trustees.anybody).toBe(false);
  expect(compiled({ Principal: OPEN })).toMatchObject({ doubts: [OPEN] });
  expect(compiled({ Principal: OPEN })).not.toHaveProperty("leavesOut");
});

test.each<[statement: Record<string, unknown>, message: string]>([
  [{}, "Statement[0] must have exactly one of Principal and NotPrincipal"],
  [{ Principal: "*", NotPrincipal: "*" }, "Statement[0] must have exactly one of Principal and"],
  [{ Principal: {} }, "Statement[0].Principal is {}"],
  [{ NotPrincipal: "x" }, 'Statement[0].NotPrincipal is "x"'],
  [{ Principal: { Users: "x" } }, 'Statement[0].Principal is {"Users":"x"}'],
  [{ Principal: { AWS: [] } }, "Statement[0].Principal.AWS is []"],
  [{ NotPrincipal: { Service: 7 } }, "Statement[0].NotPrincipal.Service is 7"],
])("%j is refused", (statement, message) => {
  expect(() => compiled(statement)).toThrow(PolicyError);
  expect(() => compiled(statement)).toThrow(message);
});

test.each<[principal: unknown, remark: RegExp]>([
  [
    { AWS: "AIDAEXAMPLE" },
    /^Statement\[0\]\.Principal\.AWS is "AIDAEXAMPLE": that is nobody\. Give the ARN of a user/,
  ],
  [
    { Service: "lambda.*" },
    /^Statement\[0\]\.Principal\.Service is "lambda\.\*": .* full name of a service/,
  ],
  [{ CanonicalUser: "79a59d" }, /CanonicalUser is "79a59d": .* only buckets know canonical users/],
])("%j is nobody, which is remarked", (principal, remark) => {
  expect(compiled({ Principal: principal }).remarks).toEqual([expect.stringMatching(remark)]);
});
