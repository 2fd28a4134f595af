import { describe, expect, it } from "vitest";
import { UnreadableFile } from "../../../lib/json/unreadable-file.js";
import { readPrincipals } from "../../../lib/reading/read-principals.js";
import { type Summary, summaries } from "../terraform/support/summary.js";
import {
  arn,
  attached,
  boundary,
  document,
  group,
  inline,
  policy,
  role,
  user,
  version,
} from "./support/answers.js";

/* Answers about one thing each, as they are when a script asks for one role or user. */

const GET_ROLE = { Role: { ...role("r"), Description: "d", MaxSessionDuration: 3600 } };
const GET_USER = { User: user("u") };
const INLINE_NAMES = { PolicyNames: ["own"] };
const GET_ROLE_POLICY = { RoleName: "r", ...inline("own") };
const GET_USER_POLICY = { UserName: "u", ...inline("own") };
const ATTACHED = { AttachedPolicies: [attached(arn("policy", "p"))] };
const NONE_ATTACHED = { AttachedPolicies: [] };
const GET_POLICY = { Policy: { ...policy("p"), PolicyVersionList: undefined } };
const GET_VERSION = { PolicyVersion: version("v1", document("p"), true) };
const NO_GROUPS = { Groups: [] };

const read = (answers: readonly object[]) =>
  readPrincipals(answers.map((answer) => JSON.stringify(answer)));

const ROLE = `role r, ${arn("role", "r")}`;
const USER = `user u, ${arn("user", "u")}`;
const answerTo = (command: string) => `the answer of \`aws iam ${command}\``;
const UNTOLD = {
  inline: `a policy: which inline policies it has is not in the answers, ${answerTo("list-role-policies --role-name r")}, perhaps`,
  attached: `a policy: which managed policies are attached to it is not in the answers, ${answerTo("list-attached-role-policies --role-name r")}, perhaps`,
  groups: `a policy: which groups it is in is not in the answers, ${answerTo("list-groups-for-user --user-name u")}, perhaps`,
};

describe("answers about one role or user are put together", () => {
  const ROWS: Record<string, { answers: readonly object[]; is: Summary }> = {
    "a role, with all that it has": {
      answers: [GET_ROLE, INLINE_NAMES, GET_ROLE_POLICY, ATTACHED, GET_POLICY, GET_VERSION],
      is: {
        is: ROLE,
        policies: [`own: own, ${arn("role", "r")}`, `p: p, ${arn("policy", "p")}`],
      },
    },
    "a role, in another order": {
      answers: [GET_VERSION, ATTACHED, GET_ROLE_POLICY, GET_POLICY, INLINE_NAMES, GET_ROLE],
      is: {
        is: ROLE,
        policies: [`own: own, ${arn("role", "r")}`, `p: p, ${arn("policy", "p")}`],
      },
    },
    "a role whose lists are left out": {
      answers: [GET_ROLE, GET_ROLE_POLICY],
      is: {
        is: ROLE,
        policies: [`own: own, ${arn("role", "r")}`],
        unread: [UNTOLD.inline, UNTOLD.attached],
      },
    },
    "a role with an inline policy of which only the name is told": {
      answers: [GET_ROLE, { PolicyNames: ["own", "other"] }, GET_ROLE_POLICY, NONE_ATTACHED],
      is: {
        is: ROLE,
        policies: [`own: own, ${arn("role", "r")}`],
        unread: [
          `a policy: its inline policy other is not in the answers, ${answerTo("get-role-policy --role-name r --policy-name other")}, perhaps`,
        ],
      },
    },
    "a role with a managed policy whose text is left out": {
      answers: [GET_ROLE, { PolicyNames: [] }, ATTACHED],
      is: {
        is: ROLE,
        unread: [`p: it is not in the file, --policy ${arn("policy", "p")}=FILE`],
      },
    },
    "a role of which a page is missing": {
      answers: [
        GET_ROLE,
        { PolicyNames: [], IsTruncated: true, Marker: "m" },
        { ...ATTACHED, NextToken: "t" },
        GET_POLICY,
        GET_VERSION,
      ],
      is: {
        is: ROLE,
        policies: [`p: p, ${arn("policy", "p")}`],
        unread: [UNTOLD.inline, UNTOLD.attached],
      },
    },
    "a role of which all pages are there": {
      answers: [
        GET_ROLE,
        { PolicyNames: [], IsTruncated: true, Marker: "m" },
        { ...INLINE_NAMES, IsTruncated: false },
        GET_ROLE_POLICY,
        { ...NONE_ATTACHED, NextToken: "t" },
        ATTACHED,
        GET_POLICY,
        GET_VERSION,
      ],
      is: {
        is: ROLE,
        policies: [`own: own, ${arn("role", "r")}`, `p: p, ${arn("policy", "p")}`],
      },
    },
    "a policy whose text is left out": {
      answers: [
        GET_ROLE,
        { PolicyNames: [] },
        ATTACHED,
        { Policy: { ...policy("p"), DefaultVersionId: "v2" } },
      ],
      is: {
        is: ROLE,
        policies: [
          `p: (the text of its version in force is not in the answers), ${arn("policy", "p")}`,
        ],
      },
    },
    "a user in no group": {
      answers: [GET_USER, INLINE_NAMES, GET_USER_POLICY, NONE_ATTACHED, NO_GROUPS],
      is: { is: USER, policies: [`own: own, ${arn("user", "u")}`] },
    },
    "a user whose groups are left out": {
      answers: [GET_USER, INLINE_NAMES, GET_USER_POLICY, NONE_ATTACHED],
      is: { is: USER, policies: [`own: own, ${arn("user", "u")}`], unread: [UNTOLD.groups] },
    },
    "a user in a group, of which no more is told": {
      answers: [
        GET_USER,
        INLINE_NAMES,
        GET_USER_POLICY,
        NONE_ATTACHED,
        { Groups: [{ ...group("g"), GroupPolicyList: undefined }] },
      ],
      is: {
        is: USER,
        policies: [`own: own, ${arn("user", "u")}`],
        unread: ["g: the group g is not in the file, a file that has the group"],
      },
    },
    "a boundary": {
      answers: [
        { Role: role("r", { PermissionsBoundary: boundary(arn("policy", "p")) }) },
        INLINE_NAMES,
        GET_ROLE_POLICY,
        NONE_ATTACHED,
        GET_POLICY,
        GET_VERSION,
      ],
      is: {
        is: ROLE,
        policies: [`own: own, ${arn("role", "r")}`],
        boundary: `${arn("policy", "p")}: p`,
      },
    },
  };

  it.each(Object.entries(ROWS))("%s", (_what, { answers, is }) => {
    const reading = read(answers);
    const [principal] = Object.values(summaries(reading));

    expect(reading.source).toBe("account");
    expect(principal).toEqual(is);
  });

  it("in one file, as a script appends them", () => {
    const answers = [GET_ROLE, INLINE_NAMES, GET_ROLE_POLICY, ATTACHED, GET_POLICY, GET_VERSION];
    const file = answers.map((answer) => `${JSON.stringify(answer, null, 4)}\n`).join("");

    expect(summaries(readPrincipals(file))).toEqual(summaries(read(answers)));
  });

  it("policies of somebody who is not there are nobody's", () => {
    expect(read([GET_ROLE_POLICY, { ...GET_USER_POLICY, PolicyName: "other" }])).toMatchObject({
      principals: [
        {
          kind: "policy",
          name: "own",
          notes: [
            'It is attached to the role "r", which is not in the file: what else that role may do is not seen.',
          ],
        },
        { kind: "policy", name: "other" },
      ],
    });
  });
});

describe("what does not say whom it is about is of nobody", () => {
  it.each<[string, readonly object[], string]>([
    ["a list alone", [ATTACHED], "does not say whom it is about"],
    ["lists alone", [ATTACHED, INLINE_NAMES], "does not say whom it is about"],
    [
      "a list of one of two roles",
      [GET_ROLE, { Role: role("q") }, ATTACHED],
      "as `aws iam list-attached-role-policies` gives it does not say whom it is about",
    ],
    [
      "a list of a user or a group",
      [GET_USER, { Group: group("g"), Users: [] }, INLINE_NAMES],
      "list-role-policies",
    ],
    ["a version without its policy", [GET_ROLE, ATTACHED, GET_VERSION], "--policy ARN=FILE"],
    [
      "a version of one of two policies",
      [GET_ROLE, ATTACHED, GET_POLICY, { Policy: policy("q") }, GET_VERSION],
      "--policy ARN=FILE",
    ],
    [
      "another version than the one in force",
      [GET_ROLE, ATTACHED, GET_POLICY, { PolicyVersion: version("v2", document("p")) }],
      "--policy ARN=FILE",
    ],
    ["a policy without a holder", [GET_ROLE, inline("own")], "has no RoleName, UserName"],
    ["a policy twice", [GET_ROLE, GET_ROLE_POLICY, GET_ROLE_POLICY], "or comes twice"],
    ["a role and a user alone", [GET_ROLE, GET_USER], "does not have the text of a policy"],
  ])("%s", (_what, answers, says) => {
    expect(() => read(answers)).toThrow(UnreadableFile);
    expect(() => read(answers)).toThrow(says);
  });
});
